// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.console.control.ControlServer;
import org.citywall.masking.config.AuditTarget;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.discovery.CatalogueComparison;
import org.citywall.masking.proxy.MaskingProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The masking proxy as a process: its decisions are durable in a log in its own data folder. */
final class ProxyNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyNode.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  static final String ORIGIN = "citywall.example/masking-proxy";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final MaskingProxy proxy;

  private ProxyNode(Path config, Map<String, String> environment, Clock clock) {
    try {
      this.proxy = run(config, environment, clock);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts and returns when the port listens; {@code CLI-0005} where the file names no log. */
  static ProxyNode start(Path config, Map<String, String> environment, Clock clock) {
    return new ProxyNode(config, environment, clock);
  }

  private MaskingProxy run(Path config, Map<String, String> environment, Clock clock) {
    SecureRandom random = new SecureRandom();
    ProxyVault secrets = keep(ProxyVault.open(config, clock));
    PolicyFiles files = new PolicyFiles(config, environment, secrets.store(), Analysers::check);
    AuditTarget audit = files.current().audit();
    if (audit == null) {
      throw new PlatformException(
          CliErrorCode.CONFIGURATION_INVALID,
          config + ": audit.data names the folder in which decisions are recorded");
    }
    DataFolder data = new DataFolder(audit.data());
    new InstalledFiles(data, random).createFolder();
    FileKeyVault vault = keep(FileKeyVault.open(data.root(), environment, clock, random));
    KeptLog log =
        keep(
            EvidenceLogs.open(
                data.root(),
                LogOptions.defaults(),
                LogAccess.writing(ORIGIN, vault),
                clock,
                random));
    AuditTarget.Ingest ingest = audit.ingest();
    LogShipping shipping = ingest == null ? null : keep(shipping(ingest, log, data));
    MaskingProxy running = keep(MaskingProxy.start(files, Analysers.best(), log, clock, random));
    Map<String, ControlServer.Handler> commands = new HashMap<>();
    commands.put("status", arguments -> status(running, log, files, shipping));
    commands.put(CatalogueRun.COMMAND, arguments -> compared(files, log, clock));
    commands.put(
        "stop",
        arguments -> {
          requestStop();
          return Map.of();
        });
    keep(ControlServer.start(data.controlSocket(), commands));
    return running;
  }

  private static LogShipping shipping(AuditTarget.Ingest ingest, KeptLog log, DataFolder data) {
    return new LogShipping(
        log, data.root().resolve("shipped"), new IngestClient(ingest), FIRST_WAIT, LONGEST_WAIT);
  }

  private static Map<String, Object> status(
      MaskingProxy proxy, KeptLog log, PolicyFiles files, @Nullable LogShipping shipping) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("pid", ProcessHandle.current().pid());
    status.put("proxy", Server.hostPort(proxy.address()));
    status.put("proxy.connections", proxy.connections());
    status.put("policy.version", files.current().policy().version());
    status.put("policy.failures", files.failures());
    status.put("log.entries", log.size());
    if (shipping != null) {
      status.put("shipping.lag", shipping.lag());
      status.put("shipping.failures", shipping.failures());
    }
    return status;
  }

  private static Map<String, Object> compared(PolicyFiles files, KeptLog log, Clock clock) {
    CatalogueComparison comparison = CatalogueRun.compare(files.current());
    CatalogueRun.append(log, comparison, clock.instant());
    return Map.of("gaps", comparison.gaps().size());
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public String readyLine() {
    return "citywall ready: proxy=" + Server.hostPort(proxy.address());
  }

  @Override
  public void requestStop() {
    stop.countDown();
  }

  @Override
  public void awaitStop() throws InterruptedException {
    stop.await();
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.atError().setCause(e).log("a part could not be closed");
      }
    }
  }
}

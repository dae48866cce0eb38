// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.console.control.ControlServer;
import org.citywall.masking.config.AuditTarget;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.proxy.MaskingProxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The masking proxy as a process: its decisions are durable in a log in its own data folder. */
final class ProxyNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyNode.class);
  private static final String ORIGIN = "citywall.example/masking-proxy";

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
    PolicyFiles files = new PolicyFiles(config, environment, Optional.empty());
    AuditTarget audit = files.current().audit();
    if (audit == null) {
      throw new PlatformException(
          CliErrorCode.CONFIGURATION_INVALID,
          config + ": audit.data names the folder in which decisions are recorded");
    }
    if (audit.ingest() != null) {
      throw new PlatformException(
          CliErrorCode.CONFIGURATION_INVALID,
          config + ": audit.ingest is not built yet; the log stays in audit.data");
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
    MaskingProxy running = keep(MaskingProxy.start(files, Analysers.best(), log, clock, random));
    Map<String, ControlServer.Handler> commands = new HashMap<>();
    commands.put("status", arguments -> status(running, log, files));
    commands.put(
        "stop",
        arguments -> {
          requestStop();
          return Map.of();
        });
    keep(ControlServer.start(data.controlSocket(), commands));
    return running;
  }

  private static Map<String, Object> status(MaskingProxy proxy, KeptLog log, PolicyFiles files) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("pid", ProcessHandle.current().pid());
    status.put("proxy", Server.hostPort(proxy.address()));
    status.put("proxy.connections", proxy.connections());
    status.put("policy.version", files.current().policy().version());
    status.put("policy.failures", files.failures());
    status.put("log.entries", log.size());
    return status;
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

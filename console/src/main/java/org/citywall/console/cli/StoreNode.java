// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.store.StoreAccess;
import org.citywall.audit.store.StoreCredentials;
import org.citywall.audit.store.StoreLimits;
import org.citywall.audit.store.StoreServer;
import org.citywall.audit.store.StoreServerConfig;
import org.citywall.console.control.ControlServer;
import org.citywall.console.evidence.EvidenceOrders;
import org.citywall.console.retention.RetentionCommands;
import org.citywall.console.retention.RetentionWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role store: a process that keeps the evidence log and serves it to the others. */
final class StoreNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(StoreNode.class);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private final ServerConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final StoreServer server;

  private StoreNode(ServerConfig config, int port, List<String> hosts, Clock clock) {
    this.config = config;
    this.clock = clock;
    try {
      this.server = run(port, hosts);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the store and returns when its port listens.
   *
   * @param hosts names and addresses by which clients reach it, beside those of loopback
   */
  static StoreNode start(ServerConfig config, int port, List<String> hosts, Clock clock) {
    return new StoreNode(config, port, hosts, clock);
  }

  private StoreServer run(int port, List<String> hosts) {
    DataFolder data = config.data();
    new InstalledFiles(data, random).createFolder();
    KeyVault vault = keep(config.keys().open(data.root(), System.getenv(), clock, random));
    KeptLog log =
        keep(
            EvidenceLogs.open(
                data.root(),
                LogOptions.defaults(),
                LogAccess.writing(config.origin(), vault),
                clock,
                random));
    RetentionWork retention = keep(RetentionWork.start(log, config.retention()));
    VerifierKey key = EvidenceLogs.statedKey(data.root());
    StoreAccess access = StoreClients.read(data.storeClients());
    access.clients().keySet().forEach(name -> issue(vault, name, key));
    TlsIdentity identity = vault.serverIdentity("store", hosts);
    StoreServer store =
        keep(
            StoreServer.start(
                new StoreServerConfig(
                    new InetSocketAddress(config.bindAddress(), port),
                    identity,
                    List.of(identity.chain().getLast()),
                    access,
                    StoreLimits.DEFAULT),
                log,
                clock));
    Anchoring anchors = keep(Anchoring.start(log, data.root(), config.anchors(), clock, random));
    Map<String, ControlServer.Handler> commands =
        new HashMap<>(commands(store, log, retention, anchors));
    commands.putAll(anchors.commands());
    EvidenceDesk desk = new EvidenceDesk(log, data.root(), clock);
    commands.putAll(new EvidenceOrders(desk, null, null, clock).handlers());
    keep(ControlServer.start(data.controlSocket(), commands));
    return store;
  }

  /** Makes the folder that is carried to a client, unless it has one that is good for a while. */
  private void issue(KeyVault vault, String client, VerifierKey logKey) {
    Path folder = config.data().storeClient(client);
    if (Files.exists(folder)
        && StoreCredentials.certificate(folder)
            .getNotAfter()
            .toInstant()
            .isAfter(clock.instant().plus(RENEW_BEFORE))) {
      return;
    }
    StoreCredentials.write(folder, vault.issueClientIdentity(client), logKey);
    LOG.atInfo()
        .addKeyValue("store.client", client)
        .addKeyValue("file.path", folder)
        .log("credentials were issued; carry the folder to the client and delete its key here");
  }

  private Map<String, ControlServer.Handler> commands(
      StoreServer store, StoredLog log, RetentionWork retention, Anchoring anchors) {
    Map<String, ControlServer.Handler> commands =
        new HashMap<>(RetentionCommands.ofStore(retention, clock).handlers());
    commands.put("status", arguments -> status(store, log, retention, anchors));
    commands.put(
        "stop",
        arguments -> {
          requestStop();
          return Map.of();
        });
    return commands;
  }

  private static Map<String, Object> status(
      StoreServer store, StoredLog log, RetentionWork retention, Anchoring anchors) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("pid", ProcessHandle.current().pid());
    status.put("store", Server.hostPort(store.address()));
    status.put("log.entries", log.size());
    log.checkpoint().ifPresent(last -> status.put("log.checkpoint", last.size()));
    status.put("retention.state", retention.health().state().name());
    anchors.addTo(status);
    return status;
  }

  InetSocketAddress address() {
    return server.address();
  }

  @Override
  public String readyLine() {
    return "citywall ready: store=" + Server.hostPort(server.address());
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
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

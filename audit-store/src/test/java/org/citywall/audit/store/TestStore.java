// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.store.StoreAccess.Rights;

/** A store on loopback with certificates of its own, and clients of it. */
public final class TestStore implements AutoCloseable {

  static final String CONSOLE = "console";
  static final String COLLECTOR = "collector-1";
  static final String READER = "reader";
  static final String AUDITOR = "auditor";
  static final String SYSLOG_ONLY = "collector-2";

  static final StoreAccess ACCESS =
      new StoreAccess(
          Map.of(
              CONSOLE, Rights.of(StoreVerb.values()),
              COLLECTOR, Rights.of(StoreVerb.APPEND),
              READER, Rights.of(StoreVerb.READ),
              AUDITOR, Rights.of(StoreVerb.PROVE),
              SYSLOG_ONLY, new Rights(Set.of(StoreVerb.APPEND), List.of("syslog/"))));

  /** Gives up soon, so that a test of a failure does not wait long. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final LogOptions OPTIONS =
      LogOptions.defaults()
          .withSegmentBytes(1 << 16)
          .withIntervals(Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ZERO);

  /** Making keys takes longer than most tests: all stores share them. */
  private static final FileKeyVault VAULT =
      FileKeyVault.open(
          Path.of("target", "store-keys"), Map.of(), Clock.systemUTC(), new SecureRandom());

  private static final NoteSigner SIGNER =
      new NoteSigner("test.example/log", VAULT.signingKey("test"));
  private static final TlsIdentity SERVER = VAULT.serverIdentity("store", List.of());
  private static final Map<String, TlsIdentity> IDENTITIES = new HashMap<>();

  private final Path folder;
  private final StoreLimits limits;
  private final SwitchedLog log;
  private StoreServer server;

  private TestStore(Path folder, StoredLog log, StoreLimits limits, int port) {
    this.folder = folder;
    this.limits = limits;
    this.log = new SwitchedLog(log);
    this.server = serve(port);
  }

  /** A store that keeps its log and keys in this folder. */
  public static TestStore start(Path folder) {
    return start(folder, StoreLimits.DEFAULT);
  }

  static TestStore start(Path folder, StoreLimits limits) {
    return start(folder, limits, 0);
  }

  static TestStore start(Path folder, StoreLimits limits, int port) {
    return new TestStore(folder, openLog(folder), limits, port);
  }

  /** A store of this log, which it closes; what clients remember is in the folder. */
  static TestStore serving(Path folder, StoredLog log) {
    return new TestStore(folder, log, StoreLimits.DEFAULT, 0);
  }

  /** A store whose log signs only when it is asked to. */
  static TestStore startQuiet(Path folder) {
    return new TestStore(folder, openQuietLog(folder), StoreLimits.DEFAULT, 0);
  }

  static StoredLog openLog(Path folder) {
    return open(folder, OPTIONS);
  }

  static StoredLog openQuietLog(Path folder) {
    return open(
        folder, OPTIONS.withIntervals(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO));
  }

  private static StoredLog open(Path folder, LogOptions options) {
    return EvidenceLogs.open(folder, options, SIGNER, Clock.systemUTC(), new SecureRandom());
  }

  private StoreServer serve(int port) {
    return StoreServer.start(
        new StoreServerConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            SERVER,
            authorities(),
            ACCESS,
            limits),
        log,
        Clock.systemUTC());
  }

  static List<X509Certificate> authorities() {
    return List.of(SERVER.chain().getLast());
  }

  static TlsIdentity serverIdentity() {
    return SERVER;
  }

  static TlsIdentity identity(String client) {
    synchronized (IDENTITIES) {
      return IDENTITIES.computeIfAbsent(client, VAULT::issueClientIdentity);
    }
  }

  public static VerifierKey key() {
    return SIGNER.verifierKey();
  }

  public StoredLog log() {
    return log;
  }

  /** Serves another log from now on; returns the one until now, which the caller closes. */
  StoredLog become(StoredLog other) {
    return log.become(other);
  }

  /** What is served, without the switch. */
  StoredLog current() {
    return log.current();
  }

  int port() {
    return server.address().getPort();
  }

  /** Stops the server and starts it again at the same port. */
  void restart() {
    int port = port();
    server.close();
    server = serve(port);
  }

  void stopServer() {
    server.close();
  }

  /** A client with every right. */
  public RemoteLog client() {
    return client(CONSOLE);
  }

  /** A client with every right of a log that another key signs. */
  RemoteLog client(VerifierKey logKey) {
    RemoteLogOptions usual = options(CONSOLE);
    return RemoteLog.open(
        new RemoteLogOptions(
            usual.store(), usual.identity(), usual.authorities(), logKey, usual.memory()));
  }

  RemoteLog client(String name) {
    return RemoteLog.open(options(name));
  }

  RemoteLogOptions options(String name) {
    return options(name, port());
  }

  RemoteLogOptions options(String name, int port) {
    return options(name, port, folder.resolve("remembered-" + name));
  }

  static RemoteLogOptions options(String name, int port, Path memory) {
    return new RemoteLogOptions(
            URI.create("https://127.0.0.1:" + port), identity(name), authorities(), key(), memory)
        .withTimes(PATIENCE, Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  @Override
  public void close() {
    server.close();
    log.close();
  }
}

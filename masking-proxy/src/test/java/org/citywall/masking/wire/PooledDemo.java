// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.client.CitywallIdentity;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.proxy.MaskingProxy;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.postgres.PostgresAnalyser;

/**
 * A proxy as its files describe it, with the applications {@code portal}, which is refused without
 * a person, and {@code kiosk}, which then has its floor, and fifty clerks: those of odd numbers see
 * phones. Everybody's password is {@code secret}.
 */
final class PooledDemo implements AutoCloseable {

  static final int CLERKS = 50;

  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      defaults:
        phone:
          level: 3
          mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4, replace-char: "*"}
      tables:
        - name: public.person
          columns:
            id: {level: 1}
            name: {level: 2}
            phone: {category: phone}
            id_card: {level: 4}
            salary: {level: 2}
        - name: public.orders
          needs: {purpose: required, purposes: [statistics]}
          columns:
            id: {level: 1}
            amount: {level: 2}
      """;

  private static final String PROXY =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: demo, user: app, password: app}
      mode: MODE
      users:
        - {name: ana, password: secret, clearance: 3, purposes: [statistics, service]}
        - name: portal
          password: secret
          clearance: 3
          purposes: [statistics, service]
          application:
            keys: [{id: k1, public-key: KEY}, {id: old, public-key: KEY, valid-until: 2026-01-01T00:00:00Z}]
            may-act-for: {departments: [MZJ], persons: [stranger]}
            session-max-age: 10m
        - name: kiosk
          password: secret
          clearance: 2
          application:
            keys: [{id: k1, public-key: KEY}]
            may-act-for: {departments: [MZJ]}
            missing: floor
            stale: floor
            floor: 1
        - {name: stranger, clearance: 3, department: FY}
        - {name: outsider, clearance: 4, department: FY}
      """;

  final MemoryLog log = new MemoryLog();
  final MutableClock clock = MutableClock.at(Instant.parse("2026-11-02T08:00:00Z"));
  final DemoDatabase database;
  private final KeyPair keys;
  private final MaskingProxy proxy;

  private PooledDemo(Path folder) throws IOException, SQLException, NoSuchAlgorithmException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    database = DemoDatabase.start();
    proxy = proxy(folder, "enforce");
  }

  private MaskingProxy proxy(Path folder, String mode) throws IOException {
    write(folder.resolve("catalogue.yaml"), CATALOGUE);
    write(folder.resolve("proxy.yaml"), file(mode));
    return MaskingProxy.start(
        new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.empty(), config -> {}),
        PostgresAnalyser.installed().orElseThrow(),
        log,
        clock,
        new SecureRandom());
  }

  static PooledDemo start(Path folder) throws Exception {
    return new PooledDemo(folder);
  }

  /** Another proxy before the same database, which changes nothing. */
  MaskingProxy observing(Path folder) throws IOException {
    return proxy(folder, "observe");
  }

  private String file(String mode) {
    StringBuilder file =
        new StringBuilder(
            PROXY
                .replace("PORT", Integer.toString(database.port()))
                .replace("MODE", mode)
                .replace("KEY", Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
    for (int i = 0; i < CLERKS; i++) {
      file.append("  - {name: %s, clearance: %d, department: MZJ".formatted(clerk(i), 2 + i % 2));
      file.append(", purposes: [statistics]}\n");
    }
    return file.append("catalogue: catalogue.yaml\n").toString();
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  static String clerk(int number) {
    return "clerk-" + number;
  }

  int port() {
    return proxy.address().getPort();
  }

  RawClient client(String user, String... parameters) throws IOException {
    return RawClient.loggedIn(port(), user, "secret", parameters);
  }

  /** Signs as this application does. */
  CitywallIdentity identity(String application) {
    return new CitywallIdentity(application, "k1", keys.getPrivate(), clock);
  }

  /** Signs by a key that is not valid any more. */
  CitywallIdentity identityByOldKey() {
    return new CitywallIdentity("portal", "old", keys.getPrivate(), clock);
  }

  /** Signs by a key that the proxy has never seen. */
  CitywallIdentity forger() throws NoSuchAlgorithmException {
    return new CitywallIdentity(
        "portal",
        "k1",
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate(),
        clock);
  }

  /** What was recorded, in its order. */
  List<Event> events() {
    return log.read(0, 100_000).stream().map(LoggedEntry::event).toList();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    database.close();
  }
}

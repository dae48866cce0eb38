// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.config.AdminBackend;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.hardened.HardenedGap;
import org.citywall.masking.hardened.HardenedMode;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy in hardened mode as its files describe it. */
class HardenedProxyIT {

  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      defaults:
        personal.phone: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4, replace-char: "*"}}
      tables:
        - name: public.person
          columns:
            id: {level: 1}
            name: {level: 4}
            phone: {level: 3, category: personal.phone}
            dept: {level: 1}
        - name: public.orders
          columns: {id: {level: 1}, person_id: {level: 1}, contact_phone: {level: 1}, amount: {level: 1}}
      """;
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  @TempDir private Path folder;
  private final MutableClock clock = MutableClock.at(NOW.toString());
  private DemoDatabase database;
  private PolicyFiles files;
  private MaskingProxy proxy;

  @BeforeEach
  void start() throws Exception {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    database = DemoDatabase.start();
    write("catalogue.yaml", CATALOGUE);
    write(
        "proxy.yaml",
        """
        listen: 127.0.0.1:0
        backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: demo, user: app, password: app}
        hardened: {enabled: true}
        users:
          - {name: low, password: secret-of-low, clearance: 1}
          - {name: also, password: secret-of-also, clearance: 1}
          - {name: high, password: secret-of-high, clearance: 4, valid-until: 2026-06-01T00:00:00Z}
        catalogue: catalogue.yaml
        """
            .replace("PORT", Integer.toString(database.port())));
    files = new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.empty(), config -> {});
    proxy =
        MaskingProxy.start(
            files,
            PostgresAnalyser.installed().orElseThrow(),
            new MemoryLog(),
            clock,
            new SecureRandom());
  }

  @AfterEach
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
      database.close();
    }
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private HardenedMode mode() {
    List<PersonRights> profiles = HardenedMode.profiles(files.current(), clock.instant());
    return new HardenedMode(
        AdminBackend.of(database.port()),
        "app",
        PostgresAnalyser.installed().orElseThrow(),
        profiles,
        files.current().policy().version());
  }

  private String seenBy(String user) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                    + proxy.address().getPort()
                    + "/demo?socketTimeout=20",
                user,
                "secret-of-" + user);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT p.name, p.phone FROM person p JOIN orders o ON o.person_id = p.id"
                    + " ORDER BY p.id")) {
      row.next();
      return row.getString(1) + " " + row.getString(2);
    }
  }

  @Test
  void readsTheViewsOfEachPersonAndNoneBehindTheirTerm() throws Exception {
    assertThat(HardenedMode.profiles(files.current(), NOW)).hasSize(2);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> seenBy("low"))
        .withMessageContaining("MSK-0050");

    mode().apply(false);

    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(seenBy("low")).isEqualTo("null 138****5678"));
    assertThat(seenBy("also")).isEqualTo("null 138****5678");
    assertThat(seenBy("high")).isEqualTo("欧阳测试 13847195678");
    assertThat(mode().verify()).isEmpty();
    try (Connection app = database.connect("app");
        Statement statement = app.createStatement()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.execute("SELECT dept FROM person"))
          .withMessageContaining("permission denied");
      // what everybody may see stays as it was
      assertThat(statement.execute("SELECT amount FROM orders")).isTrue();
    }

    clock.set(Instant.parse("2026-07-01T00:00:00Z"));

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> seenBy("high"))
        .withMessageContaining("MSK-0050");
    assertThat(mode().verify())
        .extracting(HardenedGap::kind)
        .containsExactly(HardenedGap.Kind.VIEWS_LEFT);
  }
}

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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.config.OwnConnection;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy whose logins at the database are lent for a while. */
class LentLoginIT {

  private static final Duration LONG = Duration.ofHours(1);

  private static DemoDatabase database;

  @TempDir private Path folder;
  private final MutableClock clock = MutableClock.at("2026-05-01T00:00:00Z");
  private LenderOfLogins lender;
  private PolicyFiles files;
  private MaskingProxy proxy;

  @BeforeAll
  static void startDatabase() throws Exception {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    database = DemoDatabase.start();
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    lender = new LenderOfLogins(database, clock);
    write("catalogue.yaml", "scheme: zhejiang-4\ntables: []\n");
    write(
        "proxy.yaml",
        """
        listen: 127.0.0.1:0
        backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: demo, user: app, vault-role: ROLE}
        unknown-table: observe
        users:
          - {name: ana, password: secret-of-ana, clearance: 1}
        catalogue: catalogue.yaml
        """
            .replace("PORT", Integer.toString(database.port()))
            .replace("ROLE", LenderOfLogins.ROLE));
    files =
        new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.of(lender), config -> {});
  }

  @AfterEach
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
    lender.forgetAll();
  }

  private void write(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void start() {
    proxy =
        MaskingProxy.start(
            files,
            PostgresAnalyser.installed().orElseThrow(),
            new MemoryLog(),
            clock,
            new SecureRandom());
  }

  private Connection ana() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/demo?socketTimeout=20",
        "ana",
        "secret-of-ana");
  }

  private static int amount(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Logins of the proxy with a connection of a client. */
  private Set<String> connected() throws SQLException {
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT usename FROM pg_stat_activity WHERE usename LIKE 'v-%'"
                    + " AND application_name NOT LIKE 'citywall%'")) {
      Set<String> logins = new TreeSet<>();
      while (rows.next()) {
        logins.add(rows.getString(1));
      }
      return logins;
    }
  }

  @Test
  void movesToTheNextLoginBetweenTransactions() throws Exception {
    lender.lend("v-first", Duration.ofSeconds(16));
    start();
    try (Connection atRest = ana();
        Connection busy = ana()) {
      int orders = amount(atRest);
      busy.setAutoCommit(false);
      assertThat(amount(busy)).isEqualTo(orders);
      assertThat(connected()).containsExactly("v-first");

      lender.lend("v-second", LONG);

      Awaitility.await()
          .atMost(Duration.ofSeconds(12))
          .untilAsserted(() -> assertThat(atRest.isValid(5)).isFalse());
      assertThat(amount(busy)).as("what is begun is finished").isEqualTo(orders);
      busy.commit();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(connected()).isEmpty());
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> amount(busy))
          .satisfies(e -> assertThat(e.getSQLState()).isIn("57P01", "08006"));
      lender.forget("v-first");
      try (Connection next = ana()) {
        assertThat(amount(next)).isEqualTo(orders);
        assertThat(connected()).containsExactly("v-second");
      }
    }
  }

  @Test
  void endsWhatRunsBeforeTheDatabaseForgetsTheLogin() throws Exception {
    lender.lend("v-first", Duration.ofSeconds(2));
    start();
    try (Connection busy = ana()) {
      busy.setAutoCommit(false);
      amount(busy);

      lender.fallSilent();

      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(connected()).isEmpty());
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> amount(busy))
          .withMessageContaining("MSK-0092")
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
      assertThatExceptionOfType(SQLException.class)
          .as("no login, no session")
          .isThrownBy(this::ana)
          .withMessageContaining("MSK-0065");
    }
  }

  @Test
  void staysWithALoginThatIsExtended() throws Exception {
    lender.lend("v-first", Duration.ofSeconds(3));
    start();
    try (Connection connection = ana()) {
      int orders = amount(connection);
      clock.advance(Duration.ofSeconds(-3600)); // as if an hour had been added to the term

      Awaitility.await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(() -> assertThat(amount(connection)).isEqualTo(orders));
    }
  }

  @Test
  void givesALoginBackThatItNeededForAWhile() throws Exception {
    lender.lend("v-first", LONG);
    try (OwnConnection own = files.current().backend().connect("test")) {
      assertThat(own.sql().isValid(5)).isTrue();
      assertThat(lender.givenBack()).isEmpty();
    }
    assertThat(lender.givenBack()).containsExactly("v-first");
    lender.forget("v-first");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> files.current().backend().connect("test"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.BACKEND_UNREACHABLE));
    assertThat(lender.givenBack()).hasSize(2);
  }
}

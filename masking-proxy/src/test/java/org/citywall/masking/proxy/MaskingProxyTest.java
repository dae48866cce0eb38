// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy as its files describe it, before a real database and a log. */
class MaskingProxyTest {

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
            id_card: {level: 4}
            birth: {level: 2}
        - name: public.orders
          columns: {id: {level: 1}, person_id: {level: 1}, contact_phone: {level: 1}, amount: {level: 1}}
        - name: public.visit
          columns: {id: {level: 1}, person_phone: {level: 3}, place: {level: 1}, day: {level: 1}}
      """;

  @TempDir private Path folder;
  private final MemoryLog log = new MemoryLog();
  private DemoDatabase database;
  private MaskingProxy proxy;

  @BeforeEach
  void start() throws Exception {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    database = DemoDatabase.start();
    write("catalogue.yaml", CATALOGUE);
    write("proxy.yaml", file(2));
    proxy =
        MaskingProxy.start(
            new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.empty(), config -> {}),
            PostgresAnalyser.installed().orElseThrow(),
            log,
            Clock.systemUTC(),
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

  private String file(int clearance) {
    return """
        listen: 127.0.0.1:0
        backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: demo, user: app, password: app}
        mode: enforce
        unknown-table: deny
        users:
          - {name: low, password: secret-of-low, clearance: 1}
          - {name: middle, password: secret-of-middle, clearance: CLEARANCE}
          - {name: high, password: secret-of-high, clearance: 4}
        catalogue: catalogue.yaml
        """
        .replace("PORT", Integer.toString(database.port()))
        .replace("CLEARANCE", Integer.toString(clearance));
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/demo?socketTimeout=20",
        user,
        "secret-of-" + user);
  }

  private static String first(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT name, phone FROM person WHERE phone <> '1' ORDER BY id")) {
      row.next();
      return row.getString(1) + " " + row.getString(2);
    }
  }

  private String seenBy(String user) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      return first(statement);
    }
  }

  @Test
  void showsThreePeopleThreeThingsAndRecordsWhoSawThem() throws Exception {
    String low = seenBy("low");
    String high = seenBy("high");

    assertThat(low).startsWith("null ").contains("****");
    assertThat(high).doesNotContain("*", "null");
    Awaitility.await().until(() -> kinds().contains(EntryKind.COMPLETION));
    List<LoggedEntry> decisions =
        log.read(0, 1000).stream().filter(one -> one.kind() == EntryKind.DECISION).toList();
    assertThat(decisions)
        .extracting(one -> one.event().text(Field.USER_NAME))
        .containsExactly("low", "high");
    assertThat(decisions.getFirst().event().text(Field.DB_STATEMENT)).doesNotContain("'1'");
    assertThat(decisions.getFirst().event().number(Field.GOV_DATA_LEVEL, -1)).isLessThan(3);
    assertThat(decisions.getLast().event().number(Field.GOV_DATA_LEVEL, -1)).isEqualTo(4);
  }

  private List<EntryKind> kinds() {
    return log.read(0, 1000).stream().map(LoggedEntry::kind).toList();
  }

  @Test
  void takesAChangedPolicyOverWhileSessionsRun() throws Exception {
    try (Connection connection = connect("middle");
        Statement statement = connection.createStatement()) {
      assertThat(first(statement)).contains("****");

      write("proxy.yaml", file(3));

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(first(statement)).doesNotContain("****"));
      write("proxy.yaml", "nonsense");
      assertThat(first(statement)).doesNotContain("****");
    }
  }

  @Test
  void looksUpByAGrantAndKeepsADigest() throws Exception {
    write(
        "grants.yaml",
        """
        grants:
          - id: G-1
            person: low
            categories: [personal.phone]
            kind: look-up
            look-ups: {values: 1000, period: PT24H}
            valid-from: 2020-01-01T00:00:00+08:00
            valid-until: 2099-01-01T00:00:00+08:00
            approver: lin
            reason: counter
        """);
    write("proxy.yaml", file(2) + "grants: grants.yaml\nlook-up-key: a key of sixteen bytes\n");

    try (Connection connection = connect("low");
        Statement statement = connection.createStatement()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(byPhone(statement)).isEqualTo("138****5678"));
    }
    Event found =
        log.read(0, 1000).stream()
            .map(LoggedEntry::event)
            .filter(event -> !event.texts(Field.GOV_LOOK_UP_DIGESTS).isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(found.texts(Field.GOV_LOOK_UP_COLUMNS)).containsExactly("public.person.phone");
    assertThat(found.texts(Field.GOV_GRANT_ID)).containsExactly("G-1");
    assertThat(found.texts(Field.GOV_LOOK_UP_DIGESTS).getFirst()).matches("[0-9a-f]{64}");
    assertThat(found.toString()).doesNotContain("13847195678");
  }

  private static String byPhone(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT phone FROM person WHERE phone = '13847195678'")) {
      return row.next() ? row.getString(1) : "nobody";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM v_harmless",
        "SELECT * FROM mv_harmless",
        "SELECT place FROM visit_2026",
        "CREATE TEMP TABLE t AS SELECT phone FROM person; SELECT * FROM t",
        "CREATE TEMP VIEW t AS SELECT phone FROM person; SELECT * FROM t",
        "SELECT tel FROM v_person",
      })
  void showsWhatTheCatalogueLacksWhereItIsMadeOfWhatTheyMaySee(String statements)
      throws SQLException {
    try (Connection connection = connect("low");
        Statement statement = connection.createStatement()) {
      for (String sql : statements.split("; ", -1)) {
        statement.execute(sql);
      }

      assertThat(statement.getResultSet().next()).isTrue();
      assertThat(statement.getResultSet().getString(1)).doesNotContain("4719");
    }
  }

  @Test
  void letsNobodyInWithAnotherPassword() {
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/demo",
                    "high",
                    "secret-of-low"))
        .isInstanceOf(SQLException.class);
    Awaitility.await().until(() -> log.size() > 0);
    assertThat(log.read(0, 1).getFirst().event().text(Field.EVENT_OUTCOME)).isEqualTo("failure");
  }
}

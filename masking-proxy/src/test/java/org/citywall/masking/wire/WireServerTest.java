// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.citywall.masking.sql.TestRights;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of PostgreSQL before a real database, with the proxy between. */
class WireServerTest {

  private static final String FIRST = "SELECT name, phone FROM person ORDER BY id LIMIT 1";
  private static TestProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    proxy = TestProxy.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
  }

  @BeforeEach
  void forget() {
    proxy.with("ana", TestRights.ofMore()).with("boss", TestRights.withoutMasks());
    proxy.recorder.waitFor(CompletableFuture.completedFuture(null));
    proxy.recorder.decisions.clear();
    proxy.recorder.completions.clear();
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static void assertRefused(String code, String state, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getMessage()).contains(code);
              assertThat(e.getSQLState()).isEqualTo(state);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
  void showsEachPersonWhatTheyMaySee(String mode) throws SQLException {
    try (Connection ana = proxy.connect("ana", "preferQueryMode=" + mode);
        Connection boss = proxy.connect("boss", "preferQueryMode=" + mode);
        Statement masked = ana.createStatement();
        Statement plain = boss.createStatement()) {
      String seen = rows(masked, FIRST).getFirst();
      String real = rows(plain, FIRST).getFirst();

      assertThat(seen).contains("****").isNotEqualTo(real);
      assertThat(real).doesNotContain("*");
    }
  }

  @Test
  void masksInBinaryAndOverAndOver() throws SQLException {
    try (Connection ana =
            proxy.connect(
                "ana",
                "binaryTransfer=true",
                "prepareThreshold=-1",
                "binaryTransferEnable=25,1043,23");
        PreparedStatement statement =
            ana.prepareStatement("SELECT id, name, phone FROM person WHERE id = ?")) {
      for (int i = 0; i < 10; i++) {
        statement.setInt(1, 1);
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(1);
          assertThat(row.getString(3)).contains("****");
        }
      }
    }
  }

  @Test
  void refusesWithCodeReasonAndPosition() throws SQLException {
    try (Connection ana = proxy.connect("ana");
        Statement statement = ana.createStatement()) {
      assertRefused(
          "MSK-0024", "42501", () -> rows(statement, "SELECT pg_read_file('/etc/passwd')"));
      assertRefused("MSK-0021", "42601", () -> rows(statement, "SELEC 1"));
      assertThat(rows(statement, "SELECT 1")).containsExactly("1");
    }
    assertThat(proxy.recorder.decisions)
        .filteredOn(decision -> decision.outcome() == Decision.Outcome.DENY)
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended"})
  void abortsTheTransactionOfARefusedStatement(String mode) throws SQLException {
    try (Connection boss = proxy.connect("boss", "preferQueryMode=" + mode);
        Statement statement = boss.createStatement()) {
      boss.setAutoCommit(false);
      assertThat(rows(statement, "SELECT 1")).containsExactly("1");
      assertRefused(
          "MSK-0024", "42501", () -> rows(statement, "SELECT pg_sleep(0), pg_ls_dir('.')"));
      assertRefused("", "25P02", () -> rows(statement, "SELECT 1"));
      boss.rollback();
      assertThat(rows(statement, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void followsTheSearchPathBackAndForth() throws SQLException {
    try (Connection ana = proxy.connect("ana");
        Statement statement = ana.createStatement()) {
      ana.setAutoCommit(false);
      String here = rows(statement, FIRST).getFirst();
      statement.execute("SET search_path = other");
      assertThat(rows(statement, "SELECT count(*) FROM person")).hasSize(1);
      ana.rollback();
      assertThat(rows(statement, FIRST)).containsExactly(here);
    }
  }

  @Test
  void goesOnAfterAFailedTransactionThatChangedNames() throws SQLException {
    for (String mode : List.of("simple", "extended")) {
      try (Connection ana = proxy.connect("ana", "preferQueryMode=" + mode);
          Statement statement = ana.createStatement()) {
        String here = rows(statement, FIRST).getFirst();
        ana.setAutoCommit(false);
        statement.execute("SET search_path = other");
        assertRefused("", "42703", () -> rows(statement, "SELECT nothing FROM person"));
        assertRefused("", "25P02", () -> rows(statement, FIRST));
        ana.rollback();
        assertThat(rows(statement, FIRST)).containsExactly(here);
      }
    }
  }

  @Test
  void knowsTemporaryTablesOfTheSessionOnly() throws SQLException {
    try (Connection ana = proxy.connect("ana");
        Connection other = proxy.connect("ana");
        Statement statement = ana.createStatement();
        Statement elsewhere = other.createStatement()) {
      statement.execute("CREATE TEMP TABLE mine AS SELECT id, phone FROM person");

      assertThat(rows(statement, "SELECT phone FROM mine LIMIT 1").getFirst()).contains("****");
      assertRefused("MSK-0025", "42P01", () -> rows(elsewhere, "SELECT * FROM mine"));
      statement.execute("DISCARD ALL");
      assertRefused("MSK-0025", "42P01", () -> rows(statement, "SELECT * FROM mine"));
    }
  }

  @Test
  void preparesAgainWhenRightsHaveChanged() throws SQLException {
    TestRights open = TestRights.withoutMasks();
    proxy.with("ana", open);
    try (Connection ana = proxy.connect("ana", "prepareThreshold=1");
        PreparedStatement statement = ana.prepareStatement(FIRST)) {
      assertThat(phone(statement)).doesNotContain("*");
      assertThat(phone(statement)).doesNotContain("*");

      proxy.with("ana", TestRights.ofMore());

      assertThat(phone(statement)).contains("****");
      assertThat(phone(statement)).contains("****");
      proxy.with("ana", open);
      assertThat(phone(statement)).doesNotContain("*");
    }
  }

  private static String phone(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString("phone");
    }
  }

  @Test
  void readsCursorsInPieces() throws SQLException {
    try (Connection ana = proxy.connect("ana");
        Statement statement = ana.createStatement()) {
      ana.setAutoCommit(false);
      statement.setFetchSize(1);
      assertThat(rows(statement, "SELECT phone FROM person"))
          .hasSizeGreaterThan(2)
          .allSatisfy(phone -> assertThat(phone).contains("****"));
      statement.setFetchSize(0);
      statement.execute("DECLARE c CURSOR FOR SELECT phone FROM person");
      assertThat(rows(statement, "FETCH 2 FROM c"))
          .hasSize(2)
          .allSatisfy(phone -> assertThat(phone).contains("****"));
    }
  }

  @Test
  void letsNothingRunBeforeItsDecisionIsDurable() throws Exception {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    try (Connection boss = proxy.connect("boss");
        Connection owner = proxy.database.connect("postgres");
        Statement statement = boss.createStatement();
        Statement look = owner.createStatement()) {
      proxy.recorder.waitFor(durable);
      CompletableFuture<Integer> updated =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.executeUpdate("UPDATE big SET note = 'x' WHERE id = 7");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      Awaitility.await().until(() -> !proxy.recorder.decisions.isEmpty());
      try {
        assertThat(updated).isNotDone();
        assertThat(rows(look, "SELECT count(*) FROM big WHERE note = 'x'")).containsExactly("0");
      } finally {
        durable.complete(null);
      }

      assertThat(updated.get(10, TimeUnit.SECONDS)).isPositive();
    }
  }

  @Test
  void refusesWhatCannotBeRecorded() throws SQLException {
    for (String mode : List.of("simple", "extended")) {
      try (Connection boss = proxy.connect("boss", "preferQueryMode=" + mode);
          Statement statement = boss.createStatement()) {
        proxy.recorder.waitFor(
            CompletableFuture.failedFuture(new IllegalStateException("disk full")));
        assertRefused("MSK-0064", "58000", () -> rows(statement, FIRST));
        proxy.recorder.waitFor(CompletableFuture.completedFuture(null));
        assertThat(rows(statement, "SELECT 1")).containsExactly("1");
      }
    }
  }

  @Test
  void recordsRowsAndFailuresOfEachStatement() throws SQLException {
    try (Connection ana = proxy.connect("ana", "ApplicationName=dbeaver");
        Statement statement = ana.createStatement()) {
      proxy.recorder.completions.clear();
      List<String> all = rows(statement, "SELECT phone FROM person");
      assertThatThrownBy(() -> rows(statement, "SELECT phone::int FROM person"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("withholds");

      Awaitility.await().until(() -> proxy.recorder.completions.size() == 2);
      Completion good = proxy.recorder.completions.get(0);
      assertThat(good.rows()).isEqualTo(all.size());
      assertThat(good.tag()).isEqualTo("SELECT " + all.size());
      assertThat(good.decision().kind()).isEqualTo(StatementKind.SELECT);
      assertThat(good.decision().outcome()).isEqualTo(Decision.Outcome.MASK);
      assertThat(good.decision().access().application()).isEqualTo("dbeaver");
      assertThat(proxy.recorder.completions.get(1).state()).isEqualTo("22P02");
    }
  }

  @Test
  void cancelsWhatRuns() throws Exception {
    try (Connection boss = proxy.connect("boss");
        Statement statement = boss.createStatement()) {
      statement.setQueryTimeout(1);
      assertRefused(
          "",
          "57014",
          () -> rows(statement, "SELECT count(*) FROM big a, big b, big c, big d, big e"));
      statement.setQueryTimeout(0);
      assertThat(rows(statement, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void tellsNobodyWhetherANameExists() {
    assertRefused("password authentication failed", "28P01", () -> proxy.connect("nobody"));
    assertRefused(
        "password authentication failed", "28P01", () -> proxy.connect("ana", "password=wrong"));
    assertThat(proxy.recorder.refusals).contains("nobody: no such account");
  }

  @Test
  void takesOneDatabaseAndOneEncoding() {
    assertRefused(
        "3D000",
        "3D000",
        () -> {
          try (Connection none =
              java.sql.DriverManager.getConnection(
                  "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres",
                  "ana",
                  TestProxy.PASSWORD)) {
            assertThat(none).isNull();
          } catch (SQLException e) {
            throw new SQLException(e.getMessage() + e.getSQLState(), e.getSQLState());
          }
        });
    assertRefused(
        "no parameter",
        "0A000",
        () -> proxy.connect("ana", "options=-c session_preload_libraries=x"));
  }

  @Test
  void answersTheQuestionsOfDrivers() throws SQLException {
    try (Connection ana = proxy.connect("ana")) {
      var meta = ana.getMetaData();
      assertThat(meta.getDatabaseProductName()).isEqualTo("PostgreSQL");
      assertThat(meta.getUserName()).isEqualTo("ana");
      try (ResultSet columns = meta.getColumns(null, "public", "person", "%")) {
        assertThat(columns.next()).isTrue();
      }
      try (ResultSet tables = meta.getTables(null, "public", "%", new String[] {"TABLE"})) {
        assertThat(tables.next()).isTrue();
      }
      assertThat(ana.isValid(5)).isTrue();
    }
  }
}

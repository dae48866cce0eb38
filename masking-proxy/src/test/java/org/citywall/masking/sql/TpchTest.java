// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The questions of TPC-H where what identifies a customer is masked. */
class TpchTest {

  private static final String PLANS = "EXPLAIN (FORMAT JSON) ";

  private static EmbeddedPostgres server;
  private static Connection app;
  private static Connection owner;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    owner = server.getPostgresDatabase().getConnection();
    try (Statement statement = owner.createStatement()) {
      statement.execute(DemoDatabase.resource("tpch-setup.sql"));
      statement.execute("SET search_path = masked, public");
    }
    app =
        DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "app", "app");
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    app.close();
    owner.close();
    server.close();
  }

  private static TestRights rights() {
    TestRights rights = new TestRights();
    Stream.of("region", "nation", "supplier", "part", "partsupp", "customer", "orders", "lineitem")
        .forEach(table -> rights.know("public." + table));
    Treatment hidden = new Treatment.Hidden("above clearance");
    return rights
        .mask("public.customer", "c_name", new CharacterMask.KeepFirstLast(1, 0, '*'))
        .mask("public.customer", "c_phone", new CharacterMask.KeepFirstLast(3, 4, '*'))
        .treat("public.customer", "c_address", hidden)
        .treat("public.customer", "c_comment", hidden);
  }

  @Test
  @EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
  void answersAsOverMaskedViewsByTheServersOwnGrammar() throws IOException, SQLException {
    answersAsOverMaskedViews(PostgresLibrary.analyser());
  }

  @Test
  void answersAsOverMaskedViewsByTheOtherGrammar() throws IOException, SQLException {
    answersAsOverMaskedViews(new GrammarAnalyser());
  }

  private static void answersAsOverMaskedViews(StatementAnalyser analyser)
      throws IOException, SQLException {
    SqlGate gate = new SqlGate(analyser);
    DatabaseSchema schema = new DatabaseSchema(app);
    List<String> queries =
        Stream.of(DemoDatabase.resource("tpch-queries.sql").split("\n\n", -1)).skip(1).toList();
    int rows = 0;
    double worst = 0;
    for (String query : queries) {
      Verdict verdict = PatientGate.judge(gate, query, schema, rights());
      assertThat(verdict).as(query).isInstanceOf(Verdict.Allowed.class);
      String rewritten = ((Verdict.Allowed) verdict).sql();
      List<String> answer = rows(app, rewritten);

      assertThat(answer).as(rewritten).isEqualTo(rows(owner, query));
      rows += answer.size();
      worst = Math.max(worst, cost(app, rewritten) / cost(owner, query));
    }
    assertThat(queries).hasSize(22);
    assertThat(rows).isGreaterThan(200);
    assertThat(worst)
        .as("estimated cost of the rewritten query over that of the query on masked views")
        .isLessThan(1.5);
    System.getLogger("tpch")
        .log(
            System.Logger.Level.INFO,
            String.format(Locale.ROOT, "%d rows, worst cost ratio %.3f", rows, worst));
  }

  private static double cost(Connection connection, String query) throws SQLException {
    String plan = String.join("", rows(connection, PLANS + query));
    return Double.parseDouble(plan.replaceFirst("(?s).*?\"Total Cost\": ([0-9.]+).*", "$1"));
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= width; i++) {
          row.append(result.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}

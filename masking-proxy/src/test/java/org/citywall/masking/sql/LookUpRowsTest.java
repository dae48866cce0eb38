// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What look-ups show in a real PostgreSQL: the rows of the value, masked, and nothing else. */
class LookUpRowsTest {

  /** Another value that looks the same behind its mask, but for one that the statement names. */
  private static final String DISGUISED =
      """
      CREATE FUNCTION disguised(value text, statement text) RETURNS text LANGUAGE sql AS $$
        SELECT CASE
          WHEN position(quote_literal(value) IN statement) > 0 THEN value
          WHEN length(value) = 11 THEN overlay(value PLACING '0000' FROM 4)
          WHEN length(value) = 18 THEN overlay(value PLACING '0000000000' FROM 7)
          ELSE left(value, 1) || repeat('某', length(value) - 1) END $$;
      """;

  private static final String VARYING = "[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]+";

  /** What is another with every row written and every statement run, whatever the values. */
  private static final Pattern MOMENTARY =
      Pattern.compile("\\b(nextval|ctid|xmin|pg_stat_activity)\\b");

  private static final List<String> CHANGES =
      List.of(
          "UPDATE person SET phone = f(phone), id_card = f(id_card), name = f(name)",
          "UPDATE visit SET person_phone = f(person_phone)",
          "UPDATE contact_private SET label = f(label), secret_phone = f(secret_phone)",
          "UPDATE \"Odd Name\" SET \"Tel No\" = f(\"Tel No\")",
          "UPDATE case_file SET note = f(note) WHERE unit = 'west'",
          "UPDATE uncatalogued SET secret = f(secret)");

  private static final int TRIES = 5;

  private static final Map<SqlGate, Integer> GATES = gates();

  private static DemoDatabase database;
  private static Connection app;
  private static DatabaseSchema schema;

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = DemoDatabase.start();
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(RandomLookUp.TABLES + DISGUISED);
    }
    app = database.connect("app");
    schema = new DatabaseSchema(app);
    app.setAutoCommit(false);
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    app.close();
    database.close();
  }

  /** Each analyser's, the preferred one first, and how many statements it is asked in a run. */
  private static Map<SqlGate, Integer> gates() {
    Map<SqlGate, Integer> gates = new LinkedHashMap<>();
    if (PostgresLibrary.isInstalled()) {
      gates.put(new SqlGate(PostgresLibrary.analyser()), 100);
    }
    gates.put(new SqlGate(new GrammarAnalyser()), 10);
    return gates;
  }

  private static SqlGate gate() {
    return GATES.keySet().iterator().next();
  }

  @RandomizedTest(iterations = 5)
  void areTheRowsOfTheDirectQueryBehindTheirMasks(RandomGenerator random) throws SQLException {
    int found = 0;
    for (Map.Entry<SqlGate, Integer> entry : GATES.entrySet()) {
      SqlGate gate = entry.getKey();
      for (int i = 0; i < entry.getValue(); i++) {
        RandomLookUp one = new RandomLookUp(random);
        Verdict verdict = PatientGate.judge(gate, one.sql(), schema, one.seen());

        assertThat(verdict).as(one.sql()).isInstanceOf(Verdict.Allowed.class);
        Verdict.Allowed allowed = (Verdict.Allowed) verdict;
        assertThat(allowed.lookUps()).as(one.sql()).hasSize(one.lookUps());
        List<String> rows = rows(allowed.sql(), one.parameters());
        assertThat(rows)
            .as("%s%nas %s%nfor %s", one.sql(), allowed.sql(), one.parameters())
            .containsExactlyInAnyOrderElementsOf(rows(one.direct(), one.parameters()));
        found += rows.isEmpty() ? 0 : 1;
      }
    }
    assertThat(found).as("statements that found rows").isGreaterThan(20);
  }

  @Test
  void useTheIndexAsTheDirectQueryDoes() throws SQLException {
    Verdict.Allowed verdict =
        (Verdict.Allowed)
            gate()
                .judge(
                    "SELECT phone FROM citizen WHERE phone IN ('13900000000', '13900000001')",
                    schema,
                    RandomLookUp.rights());

    try (Statement statement = app.createStatement()) {
      statement.execute("SET LOCAL enable_seqscan = off");
    }
    assertThat(rows("EXPLAIN " + verdict.sql(), List.of()))
        .anyMatch(line -> line.contains("Index Cond: (phone = ANY ("));
  }

  @Test
  void tellTwoDatabasesApartByTheValueLookedUpAlone() throws SQLException {
    change(List.of("'13847195678'"), true);

    assertThat(rows("SELECT phone FROM person ORDER BY id", List.of()))
        .containsExactly("13847195678|", "13900006789|", "13600007890|");
  }

  /** Whether it gives the same twice; plans, which look nothing up, tell of time and memory. */
  private static boolean isSteady(CorpusCase one) {
    return one.steps().stream()
        .noneMatch(step -> step.startsWith("EXPLAIN") || MOMENTARY.matcher(step).find());
  }

  static Stream<CorpusCase> cases() throws IOException {
    return BypassCorpusContract.cases().stream().filter(LookUpRowsTest::isSteady);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void showNothingOfOtherValuesWhateverIsTried(CorpusCase one) throws SQLException, IOException {
    requireSame(gate(), one);
  }

  @RandomizedTest(iterations = 4)
  void showNothingOfOtherValuesInRandomStatements(RandomGenerator random)
      throws SQLException, IOException {
    List<String> values = List.of("13847195678", "110101198706142233", "欧阳测试", "13700001111");
    int lookedUp = 0;
    int found = 0;
    for (Map.Entry<SqlGate, Integer> entry : GATES.entrySet()) {
      SqlGate gate = entry.getKey();
      for (int i = 0; i < entry.getValue(); i++) {
        List<String> steps = new RandomSql(random, values).steps();
        CorpusCase one = new CorpusCase("R" + i, "random", "mask", "value", steps, List.of());
        if (!isSteady(one)) {
          continue;
        }
        int lookUps = lookUps(gate, steps);
        lookedUp += lookUps;
        found += requireSame(gate, one) && lookUps > 0 ? 1 : 0;
      }
    }
    assertThat(lookedUp).as("values looked up").isGreaterThan(5);
    assertThat(found).as("statements that looked up what is there").isPositive();
  }

  /**
   * Compares what a case gives in two databases; whether it gives anything. Where values tell, they
   * tell each time; time-outs and the order of rows on their pages do not.
   */
  private static boolean requireSame(SqlGate gate, CorpusCase one)
      throws SQLException, IOException {
    List<String> named = new ArrayList<>(one.steps());
    one.parameters().forEach(value -> named.add("'" + value + "'"));
    CorpusRun.Outcome here = run(gate, one, named, false);
    CorpusRun.Outcome there = run(gate, one, named, true);
    for (int i = 1; i < TRIES && !steady(here).equals(steady(there)); i++) {
      here = run(gate, one, named, false);
      there = run(gate, one, named, true);
    }
    assertThat(steady(there))
        .as("%s%nas %s", one.steps(), here.rewritten())
        .isEqualTo(steady(here));
    return !here.output().isEmpty() && here.failed() == null;
  }

  private static CorpusRun.Outcome run(
      SqlGate gate, CorpusCase one, List<String> named, boolean disguised)
      throws SQLException, IOException {
    change(named, disguised);
    return new CorpusRun(gate, TestRights.ofLookUps(), schema).run(app, one);
  }

  private static int lookUps(SqlGate gate, List<String> steps) {
    return steps.stream()
        .map(step -> PatientGate.judge(gate, step, schema, TestRights.ofLookUps()))
        .mapToInt(verdict -> verdict instanceof Verdict.Allowed v ? v.lookUps().size() : 0)
        .sum();
  }

  /** Without what differs from run to run. */
  private static List<String> steady(CorpusRun.Outcome outcome) {
    return outcome.output().stream().map(line -> line.replaceAll(VARYING, "")).sorted().toList();
  }

  /** Writes every row anew, so that both databases keep them in the same order. */
  private static void change(List<String> steps, boolean disguised) throws SQLException {
    app.setAutoCommit(false);
    app.rollback();
    String text = "$statement$" + String.join("\n", steps) + "$statement$";
    try (Statement statement = app.createStatement()) {
      for (String change : CHANGES) {
        statement.execute(
            disguised
                ? change.replaceAll(
                    "f\\(([^)]*)\\)", "disguised($1, " + Matcher.quoteReplacement(text) + ")")
                : change.replaceAll("f\\(([^)]*)\\)", "$1"));
      }
    }
  }

  private static List<String> rows(String sql, List<String> parameters) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (PreparedStatement statement = app.prepareStatement(sql.replaceAll("\\$[0-9]+", "?"))) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i), Types.OTHER);
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.append(result.getString(i)).append('|');
          }
          rows.add(row.toString());
        }
      }
    } finally {
      app.rollback();
    }
    return rows;
  }
}

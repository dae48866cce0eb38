// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Random statements over planted values: 2,000 of them, 100,000 under {@code -Pdeep}. */
class RandomSqlTest {

  private static final int CASES = Boolean.getBoolean("tests.deep") ? 500 : 200;

  private static DemoDatabase database;
  private static Connection app;
  private static SqlGate gate;
  private static DatabaseSchema schema;

  @BeforeAll
  static void start() throws IOException, SQLException {
    Optional<StatementAnalyser> analyser = PostgresAnalyser.installed();
    assumeThat(analyser).as("the library of libpg-query1504.0").isPresent();
    gate = new SqlGate(analyser.orElseThrow());
    database = DemoDatabase.start();
    app = database.connect("app");
    schema = new DatabaseSchema(app);
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    if (database != null) {
      app.close();
      database.close();
    }
  }

  @RandomizedTest(iterations = 10)
  void showNothingAboveTheClearance(RandomGenerator random) throws SQLException, IOException {
    int answered = 0;
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      List<String> steps = new RandomSql(random).steps();
      CorpusCase one = new CorpusCase("R" + i, "random", "mask", "value", steps, List.of());

      CorpusRun.Outcome outcome = new CorpusRun(gate, TestRights.ofMore(), schema).run(app, one);

      assertThat(Sentinels.in(outcome.output(), steps))
          .as("%s%nas %s%ngave %s", steps, outcome.rewritten(), outcome.output())
          .isEmpty();
      refused += outcome.refused() == null ? 0 : 1;
      answered += outcome.refused() == null && outcome.failed() == null ? 1 : 0;
    }
    assertThat(answered).as("statements that ran").isGreaterThan(CASES / 3);
    assertThat(refused).as("statements that were refused").isPositive();
  }

  @RandomizedTest(iterations = 1)
  void findWhatIsNotMasked(RandomGenerator random) throws SQLException, IOException {
    int found = 0;
    for (int i = 0; i < 200; i++) {
      List<String> steps = new RandomSql(random).steps();
      CorpusCase one = new CorpusCase("R" + i, "random", "allow", "value", steps, List.of());

      CorpusRun.Outcome outcome =
          new CorpusRun(gate, TestRights.withoutMasks(), schema).run(app, one);

      found += Sentinels.in(outcome.output(), steps).isPresent() ? 1 : 0;
    }
    assertThat(found).as("statements that show a planted value").isGreaterThan(20);
  }
}

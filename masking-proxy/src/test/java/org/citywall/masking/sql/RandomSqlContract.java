// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Random statements over planted values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RandomSqlContract {

  private DemoDatabase database;
  private Connection app;
  private final StatementAnalyser analyser;
  private final SqlGate gate;
  private final int cases;
  private DatabaseSchema schema;

  /**
   * @param cases statements of one run; there are ten runs, or two hundred under {@code -Pdeep}
   */
  RandomSqlContract(StatementAnalyser analyser, int cases) {
    this.analyser = analyser;
    gate = new SqlGate(analyser);
    this.cases = cases;
  }

  @BeforeAll
  void start() throws IOException, SQLException {
    database = DemoDatabase.start();
    app = database.connect("app");
    schema = new DatabaseSchema(app);
  }

  @AfterAll
  void stop() throws IOException, SQLException {
    app.close();
    database.close();
  }

  @RandomizedTest(iterations = 10)
  void showNothingAboveTheClearance(RandomGenerator random) throws SQLException, IOException {
    int answered = 0;
    int refused = 0;
    for (int i = 0; i < cases; i++) {
      List<String> steps = new RandomSql(random).steps();
      CorpusCase one = new CorpusCase("R" + i, "random", "mask", "value", steps, List.of());

      CorpusRun.Outcome outcome = new CorpusRun(gate, TestRights.ofMore(), schema).run(app, one);

      assertThat(Sentinels.in(outcome.output(), steps))
          .as("%s%nas %s%ngave %s", steps, outcome.rewritten(), outcome.output())
          .isEmpty();
      refused += outcome.refused() == null ? 0 : 1;
      answered += outcome.refused() == null && outcome.failed() == null ? 1 : 0;
    }
    assertThat(answered).as("statements that ran").isGreaterThan(cases / 10);
    assertThat(refused).as("statements that were refused").isLessThan(cases);
  }

  @RandomizedTest(iterations = 2)
  void areJudgedFromWhatIsKnownAsTheyWouldBeAnew(RandomGenerator random) throws IOException {
    List<String> statements = new ArrayList<>(SwappedConstants.STATEMENTS);
    BypassCorpusContract.cases().forEach(one -> statements.addAll(one.steps()));
    List<TestRights> persons =
        List.of(TestRights.ofMore(), TestRights.withoutMasks(), TestRights.ofLookUps());
    KnownShapes shapes = new KnownShapes(analyser, random.nextInt(4) == 0 ? "citywall" : null);
    // a slow analyser has so few cases that by chance none is of a shape that is known
    for (int i = 0; i < cases || shapes.served() == 0 && i < 100 * cases; i++) {
      List<String> steps =
          random.nextInt(3) == 0
              ? new RandomSql(random).steps()
              : List.of(
                  statements.get(
                      random.nextInt(
                          random.nextBoolean()
                              ? SwappedConstants.STATEMENTS.size()
                              : statements.size())));
      for (String step : steps) {
        shapes.check(step, schema, persons.get(random.nextInt(persons.size())), random);
      }
    }
    assertThat(shapes.served()).as("verdicts on what was never read").isPositive();
  }

  @RandomizedTest(iterations = 1)
  void findWhatIsNotMasked(RandomGenerator random) throws SQLException, IOException {
    int found = 0;
    for (int i = 0; i < cases; i++) {
      List<String> steps = new RandomSql(random).steps();
      CorpusCase one = new CorpusCase("R" + i, "random", "allow", "value", steps, List.of());

      CorpusRun.Outcome outcome =
          new CorpusRun(gate, TestRights.withoutMasks(), schema).run(app, one);

      found += Sentinels.in(outcome.output(), steps).isPresent() ? 1 : 0;
    }
    assertThat(found).as("statements that show a planted value").isPositive();
  }
}

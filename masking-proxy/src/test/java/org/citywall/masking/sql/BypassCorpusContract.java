// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements that try to see above a clearance, run in a real PostgreSQL after their rewriting. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BypassCorpusContract {

  /** Let through, and then the database makes nothing of a masked value or of the name. */
  private static final Set<String> FAILING =
      Set.of("E05", "E21", "F07", "F08", "OA09", "OB08", "OQ22", "OQ23", "HJ01");

  private DemoDatabase database;
  private Connection app;
  private final SqlGate gate;

  private final Set<String> stricter;

  /**
   * @param analyser reads the statements
   * @param stricter cases that this one refuses though they could pass
   */
  BypassCorpusContract(StatementAnalyser analyser, Set<String> stricter) {
    gate = new SqlGate(analyser);
    this.stricter = stricter;
  }

  @BeforeAll
  void start() throws IOException, SQLException {
    database = DemoDatabase.start();
    app = database.connect("app");
  }

  @AfterAll
  void stop() throws IOException, SQLException {
    app.close();
    database.close();
  }

  static List<CorpusCase> cases() throws IOException {
    List<CorpusCase> cases =
        new ArrayList<>(CorpusCase.read(DemoDatabase.resource("bypass-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("more-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("hostile-corpus.sql")));
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void showsNothingAboveTheClearance(CorpusCase one) throws SQLException, IOException {
    CorpusRun.Outcome outcome = new CorpusRun(gate, TestRights.ofMore(), null).run(app, one);

    assertThat(Sentinels.in(outcome.output(), one.steps()))
        .as("%s of %s", outcome.output(), outcome.rewritten())
        .isEmpty();
    if (one.check().equals("infer")) {
      assertThat(outcome.rows()).as("rows of %s", outcome.rewritten()).isZero();
    }
    if (stricter.contains(one.id())) {
      assertThat(outcome.refused()).as("%s", outcome.rewritten()).isNotNull();
      return;
    }
    switch (one.ideal()) {
      case "deny" -> assertThat(outcome.refused()).as("%s", outcome.rewritten()).isNotNull();
      case "allow" -> {
        assertThat(outcome.refused()).as(one.id()).isNull();
        assertThat(outcome.failed()).as("%s", outcome.rewritten()).isNull();
        assertThat(outcome.rows()).isPositive();
      }
      default -> {
        assertThat(outcome.refused()).as(one.id()).isNull();
        assertThat(outcome.failed() != null)
            .as(outcome.failed())
            .isEqualTo(FAILING.contains(one.id()));
      }
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.CorpusCase;
import org.citywall.masking.sql.Sentinels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpora past the proxy, as its login and as nobody rewrote them: what every guard before the
 * database might let through.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardenedRawLoginIT {

  /** They show statements of the same login, which hold the values that others look for. */
  private static final Set<String> SHOW_STATEMENTS = Set.of("F13", "OA24", "OA30");

  /** They read nothing closed: an expression or a statement of their own, what they made. */
  private static final Set<String> READ_NOTHING =
      Set.of(
          "HH17", "HH18", "HH19", "OA08", "OF05", "OK12", "OQ02", "OQ03", "OQ04", "OQ05", "OQ07");

  /** They show so much of tables that everybody may see that a part of a value is among it. */
  private static final Set<String> SHOW_MUCH = Set.of("F03", "HA21", "OA28", "OA29");

  private static final List<String> WHOLE = List.of("13847195678", "110101198706142233", "欧阳测试");

  private ProxiedDemo demo;
  private Connection app;

  @BeforeAll
  void start() throws Exception {
    demo = ProxiedDemo.hardened();
    connect();
  }

  private void connect() throws SQLException {
    app = demo.proxy().database.connect("app");
    app.setAutoCommit(false);
  }

  @AfterAll
  void stop() throws Exception {
    app.close();
    demo.close();
  }

  static List<CorpusCase> cases() throws IOException {
    return CorpusContract.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRefusedInTheDatabase(CorpusCase one) throws SQLException {
    if (app.isClosed()) {
      // the driver ends a connection whose encoding is changed
      connect();
    }
    List<String> output = new ArrayList<>();
    String state = run(one, output);

    if (SHOW_MUCH.contains(one.id())) {
      assertThat(String.join(" ", output)).doesNotContain(WHOLE);
    } else if (!SHOW_STATEMENTS.contains(one.id())) {
      assertThat(Sentinels.in(output, one.steps())).as("%s", output).isEmpty();
    }
    if (one.ideal().equals("mask") && !READ_NOTHING.contains(one.id())) {
      assertThat(state).as("%s", output).isNotEmpty();
    }
  }

  /** The first error's SQLSTATE, or an empty text. */
  private String run(CorpusCase one, List<String> output) throws SQLException {
    try (Statement statement = app.createStatement()) {
      for (String step : one.steps()) {
        boolean rows = statement.execute(CorpusContract.withLiterals(step, one.parameters()));
        read(statement, rows, output);
      }
      return "";
    } catch (SQLException e) {
      // a position is a number like any other
      output.add(String.valueOf(e.getMessage()).replaceAll("\\n +Position: [0-9]+", ""));
      return String.valueOf(e.getSQLState());
    } finally {
      if (!app.isClosed()) {
        forget();
      }
    }
  }

  private void forget() throws SQLException {
    app.rollback();
    try (Statement statement = app.createStatement()) {
      statement.execute("DEALLOCATE ALL");
      statement.execute("RESET ALL");
    }
    app.commit();
  }

  private static void read(Statement statement, boolean rows, List<String> output)
      throws SQLException {
    boolean more = rows;
    do {
      if (more) {
        try (ResultSet result = statement.getResultSet()) {
          int width = result.getMetaData().getColumnCount();
          while (result.next()) {
            for (int i = 1; i <= width; i++) {
              output.add(String.valueOf(result.getString(i)));
            }
          }
        }
      }
      more = statement.getMoreResults();
    } while (more || statement.getUpdateCount() != -1);
  }
}

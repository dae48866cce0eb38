// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.masking.sql.CorpusCase;
import org.postgresql.PGConnection;

/** The corpora by pgjdbc, with properties of the connection that say in which way. */
abstract class JdbcCorpus extends CorpusContract {

  private final String[] options;
  private Connection connection;

  JdbcCorpus(String... options) {
    this.options = options;
  }

  @Override
  void begin(ProxiedDemo to) throws SQLException {
    connection = to.proxy().connect(ProxiedDemo.USER, options);
    connection.setAutoCommit(false);
  }

  @Override
  Set<String> splits() {
    return Set.of("OE13");
  }

  @Override
  void end() throws SQLException {
    connection.close();
  }

  @Override
  Outcome run(CorpusCase one) throws SQLException, IOException {
    List<String> output = new ArrayList<>();
    int rows = 0;
    try {
      for (String step : one.steps()) {
        rows = execute(step, one.parameters(), output);
      }
      return new Outcome(output, rows, null);
    } catch (SQLException e) {
      output.add(String.valueOf(e.getMessage()));
      return new Outcome(output, 0, e.getMessage());
    } finally {
      connection.rollback();
      try (PreparedStatement statement = connection.prepareStatement("DEALLOCATE ALL")) {
        statement.execute();
      }
      connection.commit();
    }
  }

  private int execute(String step, List<String> parameters, List<String> output)
      throws SQLException, IOException {
    if (step.toLowerCase(Locale.ROOT).matches("(?s)copy .*to stdout.*")) {
      StringWriter copied = new StringWriter();
      long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(step, copied);
      output.add(copied.toString());
      return (int) rows;
    }
    // the driver takes a question mark of an operator for a parameter
    String sql = parameters.isEmpty() ? step.replace("?", "??") : step;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      return rows(statement, statement.execute(), output);
    }
  }

  private static int rows(PreparedStatement statement, boolean query, List<String> output)
      throws SQLException {
    int rows = 0;
    boolean more = query;
    do {
      if (more) {
        rows = 0;
        try (ResultSet result = statement.getResultSet()) {
          int width = result.getMetaData().getColumnCount();
          while (result.next()) {
            rows++;
            for (int i = 1; i <= width; i++) {
              output.add(shown(result, i));
            }
          }
        }
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        output.add(w.getMessage());
      }
      statement.clearWarnings();
      more = statement.getMoreResults();
    } while (more || statement.getUpdateCount() != -1);
    return rows;
  }

  // the driver gives an array of bytes as the name of its object, which shows nothing and is a
  // number by chance
  private static String shown(ResultSet result, int column) throws SQLException {
    String text = String.valueOf(result.getString(column));
    return text.startsWith("[B@")
        ? new String(result.getBytes(column), StandardCharsets.UTF_8)
        : text;
  }
}

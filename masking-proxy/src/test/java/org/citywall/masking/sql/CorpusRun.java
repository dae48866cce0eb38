// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Runs cases through a gate, as the proxy's login, and keeps all that comes back. */
final class CorpusRun {

  private static final Set<StatementKind> CHANGE_NAMES =
      Set.of(StatementKind.CREATE_TABLE_AS, StatementKind.CREATE_VIEW, StatementKind.SET);

  /**
   * What came of a case.
   *
   * @param refused why a step was refused; null where every step was let through
   * @param output all texts that came back: cells, notices, errors
   * @param rows rows of the last step
   * @param failed what the database said against a step; null for none
   */
  record Outcome(
      Verdict.@Nullable Refused refused,
      List<String> output,
      int rows,
      @Nullable String failed,
      List<String> rewritten) {}

  private final SqlGate gate;
  private final TestRights rights;
  private @Nullable DatabaseSchema schema;

  /**
   * @param schema what names mean at first; null to ask the database
   */
  CorpusRun(SqlGate gate, TestRights rights, @Nullable DatabaseSchema schema) {
    this.gate = gate;
    this.rights = rights;
    this.schema = schema;
  }

  Outcome run(Connection connection, CorpusCase one) throws SQLException, IOException {
    connection.setAutoCommit(false);
    List<String> output = new ArrayList<>();
    List<String> rewritten = new ArrayList<>();
    int rows = 0;
    try {
      for (String step : one.steps()) {
        String sql = one.parameters().isEmpty() ? step : numbered(step);
        switch (gate.judge(sql, schema(connection), rights)) {
          case Verdict.Refused refused -> {
            return new Outcome(refused, output, 0, null, rewritten);
          }
          case Verdict.Allowed allowed -> {
            rewritten.add(allowed.sql());
            rows = execute(connection, allowed, one.parameters(), output);
            if (CHANGE_NAMES.contains(allowed.kind())) {
              schema = null;
            }
            if (allowed.kind() == StatementKind.CREATE_TABLE_AS) {
              // as the proxy does: what a session makes of what it saw is the session's to see
              schema(connection).tables().forEach(rights::knowNew);
            }
          }
        }
      }
      return new Outcome(null, output, rows, null, rewritten);
    } catch (SQLException e) {
      // a position is a number like any other
      output.add(String.valueOf(e.getMessage()).replaceAll("\\n +Position: [0-9]+", ""));
      return new Outcome(null, output, 0, e.getMessage(), rewritten);
    } finally {
      connection.rollback();
      try (Statement statement = connection.createStatement()) {
        statement.execute("DISCARD PLANS");
        statement.execute("DEALLOCATE ALL");
        statement.execute("RESET ALL");
      }
      connection.commit();
    }
  }

  private DatabaseSchema schema(Connection connection) throws SQLException {
    DatabaseSchema known = schema;
    if (known == null) {
      known = new DatabaseSchema(connection);
      schema = known;
    }
    return known;
  }

  /** The driver's parameters as the server has them. */
  private static String numbered(String sql) {
    StringBuilder numbered = new StringBuilder();
    int number = 0;
    for (char c : sql.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++number : String.valueOf(c));
    }
    return numbered.toString();
  }

  private static int execute(
      Connection connection, Verdict.Allowed allowed, List<String> parameters, List<String> output)
      throws SQLException, IOException {
    if (allowed.kind() == StatementKind.COPY_OUT) {
      StringWriter copied = new StringWriter();
      long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(allowed.sql(), copied);
      output.add(copied.toString());
      return (int) rows;
    }
    String sql = parameters.isEmpty() ? allowed.sql() : allowed.sql().replaceAll("\\$[0-9]+", "?");
    try (PreparedStatement statement = connection.prepareStatement(escaped(sql, parameters))) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      return rows(statement, statement.execute(), output);
    }
  }

  /** The driver takes a question mark of an operator for a parameter. */
  private static String escaped(String sql, List<String> parameters) {
    return parameters.isEmpty() ? sql.replace("?", "??") : sql;
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
              output.add(String.valueOf(result.getString(i)));
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
}

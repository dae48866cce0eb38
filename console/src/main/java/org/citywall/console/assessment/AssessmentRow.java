// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.Journal;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of the table of rounds with its frameworks. */
final class AssessmentRow {

  private static final int HUNDREDTHS = 2;

  private AssessmentRow() {}

  static Assessment get(JdbcClient jdbc, AssessmentId id) {
    List<String> frameworks =
        jdbc.sql(
                """
                select reference from assessment_framework where assessment = :ordinal
                order by position
                """)
            .param("ordinal", id.ordinal())
            .query(String.class)
            .list();
    return jdbc.sql("select * from assessment where ordinal = :ordinal")
        .param("ordinal", id.ordinal())
        .query((row, n) -> of(row, frameworks))
        .optional()
        .orElseThrow(
            () -> new PlatformException(ConsoleErrorCode.ASSESSMENT_UNKNOWN, id.toString()));
  }

  /** The round, which must be open: {@code CON-0060}. */
  static Assessment open(Journal journal, AssessmentId id) {
    Assessment round = get(journal.jdbc(), id);
    if (!round.open()) {
      throw new PlatformException(ConsoleErrorCode.ASSESSMENT_CLOSED, id.toString());
    }
    return round;
  }

  /** Rounds of a system, the latest first. */
  static List<Assessment> ofSystem(JdbcClient jdbc, SystemId system) {
    return jdbc
        .sql("select ordinal from assessment where system = :system order by round desc")
        .param("system", system.ordinal())
        .query(Long.class)
        .list()
        .stream()
        .map(ordinal -> get(jdbc, new AssessmentId(ordinal)))
        .toList();
  }

  private static Assessment of(ResultSet row, List<String> frameworks) throws SQLException {
    return new Assessment(
        new AssessmentId(row.getLong("ordinal")),
        new SystemId(row.getLong("system")),
        row.getInt("round"),
        LocalDate.ofEpochDay(row.getLong("cover")),
        BigDecimal.valueOf(row.getInt("attention"), HUNDREDTHS),
        frameworks,
        Objects.requireNonNull(Rows.time(row, "begun_at")),
        row.getString("begun_by"),
        Rows.time(row, "closed_at"),
        row.getString("closed_by"),
        row.getString("scores"));
  }

  static void insert(JdbcClient jdbc, Assessment round) {
    jdbc.sql(
            """
            insert into assessment (ordinal, system, round, cover, attention, begun_at, begun_by)
            values (:ordinal, :system, :round, :cover, :attention, :at, :by)
            """)
        .param("ordinal", round.id().ordinal())
        .param("system", round.system().ordinal())
        .param("round", round.round())
        .param("cover", round.cover().toEpochDay())
        .param("attention", round.attention().movePointRight(HUNDREDTHS).intValueExact())
        .param("at", Micros.of(round.begunAt()))
        .param("by", round.begunBy())
        .update();
  }
}

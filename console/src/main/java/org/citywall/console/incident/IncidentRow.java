// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A row of the table of incidents.
 *
 * @param ordinal order in which incidents were raised, from 1
 */
record IncidentRow(long ordinal, IncidentSummary summary, List<String> techniques) {

  static final String COLUMNS =
      """
      select ordinal, number, state, version, severity, rule_id, rule_version, group_key,
             parameters, techniques, first_seen, last_seen, event_count, assignee, raised_at
      from incident
      """;

  static IncidentRow of(ResultSet row, int n) throws SQLException {
    return new IncidentRow(
        row.getLong("ordinal"),
        new IncidentSummary(
            new IncidentId(row.getString("number")),
            IncidentState.valueOf(row.getString("state")),
            row.getLong("version"),
            Columns.severity(row.getLong("severity")),
            row.getString("rule_id"),
            row.getString("rule_version"),
            row.getString("group_key"),
            Columns.parameters(row.getString("parameters")),
            Columns.time(row, "first_seen"),
            Columns.time(row, "last_seen"),
            row.getLong("event_count"),
            row.getString("assignee"),
            Columns.time(row, "raised_at")),
        Columns.words(row.getString("techniques")));
  }

  static Optional<IncidentRow> find(JdbcClient jdbc, IncidentId id) {
    return jdbc.sql(COLUMNS + " where number = :number")
        .param("number", id.number())
        .query(IncidentRow::of)
        .optional();
  }

  static IncidentRow get(JdbcClient jdbc, long ordinal) {
    return jdbc.sql(COLUMNS + " where ordinal = :ordinal")
        .param("ordinal", ordinal)
        .query(IncidentRow::of)
        .single();
  }

  void insert(JdbcClient jdbc) {
    jdbc.sql(
            """
            insert into incident (ordinal, number, state, version, severity, rule_id, rule_version,
              group_key, parameters, techniques, first_seen, last_seen, event_count, raised_at)
            values (:ordinal, :number, :state, :version, :severity, :rule, :ruleVersion,
              :group, :parameters, :techniques, :first, :last, :count, :raised)
            """)
        .param("ordinal", ordinal)
        .param("number", summary.id().number())
        .param("state", summary.state().name())
        .param("version", summary.version())
        .param("severity", Columns.severity(summary.severity()))
        .param("rule", summary.ruleId())
        .param("ruleVersion", summary.ruleVersion())
        .param("group", summary.groupKey())
        .param("parameters", Columns.parameters(summary.parameters()))
        .param("techniques", String.join(",", techniques))
        .param("first", Micros.of(summary.firstSeen()))
        .param("last", Micros.of(summary.lastSeen()))
        .param("count", summary.eventCount())
        .param("raised", Micros.of(summary.raisedAt()))
        .update();
  }

  /** Moves the incident and counts the decision. */
  void move(JdbcClient jdbc, IncidentState state, @Nullable String assignee) {
    jdbc.sql(
            """
            update incident set state = :state, assignee = :assignee, version = version + 1
            where ordinal = :ordinal
            """)
        .param("state", state.name())
        .param("assignee", assignee)
        .param("ordinal", ordinal)
        .update();
  }
}

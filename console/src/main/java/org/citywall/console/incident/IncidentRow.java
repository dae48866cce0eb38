// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A row of the table of incidents with the alert that names it.
 *
 * @param ordinal order in which incidents were raised, from 1
 */
record IncidentRow(long ordinal, IncidentSummary summary) {

  static final String COLUMNS =
      "select i.ordinal, i.number, i.state, i.version, i.severity as gravest, i.rule_id,"
          + " i.rule_version, i.group_key, i.first_seen as seen_from, i.last_seen as seen_to,"
          + " i.event_count as events, i.assignee, i.raised_at, "
          + AlertRow.COLUMNS
          + " from incident i join alert a on a.id = i.lead_alert";

  static IncidentRow of(ResultSet row, int n) throws SQLException {
    return new IncidentRow(
        row.getLong("ordinal"),
        new IncidentSummary(
            new IncidentId(row.getString("number")),
            IncidentState.valueOf(row.getString("state")),
            row.getLong("version"),
            Columns.severity(row.getLong("gravest")),
            row.getString("rule_id"),
            Integer.toString(row.getInt("rule_version")),
            row.getString("group_key"),
            AlertRow.alert(row),
            Columns.time(row, "seen_from"),
            Columns.time(row, "seen_to"),
            row.getLong("events"),
            row.getString("assignee"),
            Columns.time(row, "raised_at")));
  }

  static Optional<IncidentRow> find(JdbcClient jdbc, IncidentId id) {
    return jdbc.sql(COLUMNS + " where i.number = :number")
        .param("number", id.number())
        .query(IncidentRow::of)
        .optional();
  }

  static IncidentRow get(JdbcClient jdbc, long ordinal) {
    return jdbc.sql(COLUMNS + " where i.ordinal = :ordinal")
        .param("ordinal", ordinal)
        .query(IncidentRow::of)
        .single();
  }

  void insert(JdbcClient jdbc) {
    jdbc.sql(
            """
            insert into incident (ordinal, number, state, version, severity, rule_id, rule_version,
              group_key, lead_alert, first_seen, last_seen, event_count, raised_at)
            values (:ordinal, :number, :state, :version, :severity, :rule, :ruleVersion,
              :group, :alert, :first, :last, :count, :raised)
            """)
        .param("ordinal", ordinal)
        .param("number", summary.id().number())
        .param("state", summary.state().name())
        .param("version", summary.version())
        .param("severity", Columns.severity(summary.severity()))
        .param("rule", summary.ruleId())
        .param("ruleVersion", summary.alert().ruleVersion())
        .param("group", summary.groupKey())
        .param("alert", summary.alert().id().value())
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

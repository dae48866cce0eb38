// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EventId;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.correlation.Severity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queries over incidents. */
final class IncidentReader {

  private static final int MAX_COUNT = 10_000;

  private final JdbcClient jdbc;

  IncidentReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  IncidentQueue queue(IncidentFilter filter, @Nullable IncidentId after, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    String where = where(filter, parameters);
    parameters.put("before", after == null ? Long.MAX_VALUE : row(after).ordinal());
    parameters.put("limit", limit + 1);
    List<IncidentSummary> found =
        jdbc
            .sql(
                IncidentRow.COLUMNS
                    + " where i.ordinal < :before"
                    + where
                    + " order by i.ordinal desc limit :limit")
            .params(parameters)
            .query(IncidentRow::of)
            .list()
            .stream()
            .map(IncidentRow::summary)
            .toList();
    return found.size() <= limit
        ? new IncidentQueue(found, null)
        : new IncidentQueue(found.subList(0, limit), found.get(limit - 1).id());
  }

  long count(IncidentFilter filter) {
    Map<String, Object> parameters = new HashMap<>();
    String where = where(filter, parameters);
    parameters.put("max", MAX_COUNT);
    return jdbc.sql(
            "select count(*) from (select 1 from incident i where i.ordinal > 0"
                + where
                + " limit :max) as matching")
        .params(parameters)
        .query(Long.class)
        .single();
  }

  Map<Severity, Long> countOpen() {
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    Map<String, Object> parameters = new HashMap<>();
    String where = where(IncidentFilter.OPEN, parameters);
    jdbc.sql(
            "select i.severity, count(*) from incident i where i.ordinal > 0"
                + where
                + " group by i.severity")
        .params(parameters)
        .query(
            (ResultSet row) -> {
              counts.put(Columns.severity(row.getLong(1)), row.getLong(2));
            });
    return counts;
  }

  Incident get(IncidentId id) {
    IncidentRow row = row(id);
    return new Incident(
        row.summary(),
        AlertRow.of(jdbc, row.ordinal()),
        AlertLeaves.of(jdbc, row.ordinal(), -1, Incident.MAX_LEAVES),
        history(row.ordinal()));
  }

  List<Long> leaves(IncidentId id, long after, int limit) {
    return AlertLeaves.of(jdbc, row(id).ordinal(), after, limit);
  }

  IncidentRow row(IncidentId id) {
    return IncidentRow.find(jdbc, id)
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.INCIDENT_UNKNOWN, id.number()));
  }

  private List<HistoryEntry> history(long ordinal) {
    return jdbc.sql("select * from incident_history where incident = :incident order by position")
        .param("incident", ordinal)
        .query(IncidentReader::historyEntry)
        .list();
  }

  private static HistoryEntry historyEntry(ResultSet row, int n) throws SQLException {
    long leaf = row.getLong("leaf");
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(leaf);
    String reason = row.getString("reason");
    return new HistoryEntry(
        EventId.parse(row.getString("event_id")),
        known,
        Columns.time(row, "at_micros"),
        row.getString("actor"),
        HistoryAction.valueOf(row.getString("action")),
        IncidentState.valueOf(row.getString("previous_state")),
        IncidentState.valueOf(row.getString("state")),
        row.getString("assignee"),
        reason == null ? null : DismissReason.valueOf(reason),
        row.getString("note"),
        row.getBoolean("undone"));
  }

  private static String where(IncidentFilter filter, Map<String, Object> parameters) {
    StringBuilder where = new StringBuilder();
    if (!filter.states().isEmpty()) {
      where.append(" and i.state in (:states)");
      parameters.put("states", filter.states().stream().map(Enum::name).toList());
    }
    if (!filter.severities().isEmpty()) {
      where.append(" and i.severity in (:severities)");
      parameters.put("severities", filter.severities().stream().map(Columns::severity).toList());
    }
    if (filter.assignee() != null) {
      where.append(" and i.assignee = :assignee");
      parameters.put("assignee", filter.assignee());
    }
    return where.toString();
  }
}

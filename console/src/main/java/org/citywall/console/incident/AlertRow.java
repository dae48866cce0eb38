// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.Optional;
import org.citywall.audit.event.Micros;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is known of a stored alert.
 *
 * @param incident ordinal of the incident it belongs to
 */
record AlertRow(long incident, Severity severity, long eventCount, long triggerLeaf) {

  private static final String INSERT =
      """
      insert into alert (id, incident, position, severity, parameters, first_seen, last_seen,
        event_count, leaves, trigger_leaf)
      values (:id, :incident,
        (select coalesce(max(position), 0) + 1 from alert where incident = :incident),
        :severity, :parameters, :first, :last, :count, :leaves, :trigger)
      """;

  private static final String UPDATE =
      """
      update alert set severity = :severity, parameters = :parameters, first_seen = :first,
        last_seen = :last, event_count = :count, leaves = :leaves, trigger_leaf = :trigger
      where id = :id
      """;

  static Optional<AlertRow> find(JdbcClient jdbc, String id) {
    return jdbc.sql(
            "select incident, severity, event_count, trigger_leaf from alert where id = :id")
        .param("id", id)
        .query(
            (row, n) ->
                new AlertRow(
                    row.getLong(1),
                    Columns.severity(row.getLong(2)),
                    row.getLong(3),
                    row.getLong(4)))
        .optional();
  }

  static void insert(JdbcClient jdbc, long incident, RaisedAlert alert) {
    with(jdbc.sql(INSERT).param("incident", incident), alert).update();
  }

  static void update(JdbcClient jdbc, RaisedAlert alert) {
    with(jdbc.sql(UPDATE), alert).update();
  }

  private static JdbcClient.StatementSpec with(
      JdbcClient.StatementSpec statement, RaisedAlert alert) {
    return statement
        .param("id", alert.id())
        .param("severity", Columns.severity(alert.severity()))
        .param("parameters", Columns.parameters(alert.parameters()))
        .param("first", Micros.of(alert.firstSeen()))
        .param("last", Micros.of(alert.lastSeen()))
        .param("count", alert.eventCount())
        .param("leaves", Columns.leaves(alert.leaves()))
        .param("trigger", alert.triggerLeaf());
  }
}

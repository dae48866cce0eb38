// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Alert;
import org.citywall.correlation.AlertId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A stored alert.
 *
 * @param incident ordinal of the incident it belongs to
 */
record AlertRow(long incident, Alert alert, long triggerLeaf) {

  /** Columns that {@link #alert} reads, of a table named {@code a}. */
  static final String COLUMNS =
      """
      a.id as alert_id, a.rule_id as alert_rule, a.rule_version as alert_rule_version,
      a.variant, a.severity as alert_severity, a.group_key as alert_group, a.entity,
      a.first_seen, a.last_seen, a.first_leaf, a.event_count, a.parameters, a.techniques
      """;

  private static final String INSERT =
      """
      insert into alert (id, incident, position, rule_id, rule_version, variant, severity,
        group_key, entity, first_seen, last_seen, first_leaf, event_count, parameters, techniques,
        trigger_leaf)
      values (:id, :incident,
        (select coalesce(max(position), 0) + 1 from alert where incident = :incident),
        :rule, :ruleVersion, :variant, :severity, :group, :entity, :first, :last, :firstLeaf,
        :count, :parameters, :techniques, :trigger)
      """;

  private static final String UPDATE =
      """
      update alert set variant = :variant, severity = :severity, entity = :entity,
        first_seen = :first, last_seen = :last, event_count = :count, parameters = :parameters,
        techniques = :techniques, trigger_leaf = :trigger
      where id = :id
      """;

  static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        new AlertId(row.getString("alert_id")),
        row.getString("alert_rule"),
        row.getInt("alert_rule_version"),
        row.getString("variant"),
        Columns.severity(row.getLong("alert_severity")),
        row.getString("alert_group"),
        row.getString("entity"),
        Columns.time(row, "first_seen"),
        Columns.time(row, "last_seen"),
        row.getLong("first_leaf"),
        List.of(),
        row.getLong("event_count"),
        Columns.parameters(row.getString("parameters")),
        Columns.words(row.getString("techniques")));
  }

  static Optional<AlertRow> find(JdbcClient jdbc, AlertId id) {
    return jdbc.sql("select incident, trigger_leaf, " + COLUMNS + " from alert a where id = :id")
        .param("id", id.value())
        .query((row, n) -> new AlertRow(row.getLong(1), alert(row), row.getLong(2)))
        .optional();
  }

  static List<Alert> of(JdbcClient jdbc, long incident) {
    return jdbc.sql(
            "select " + COLUMNS + " from alert a where incident = :incident order by position")
        .param("incident", incident)
        .query((row, n) -> alert(row))
        .list();
  }

  static void insert(JdbcClient jdbc, long incident, RaisedAlert raised) {
    Alert alert = raised.alert();
    changing(jdbc.sql(INSERT), raised)
        .param("incident", incident)
        .param("rule", alert.ruleId())
        .param("ruleVersion", alert.ruleVersion())
        .param("group", alert.groupKey())
        .param("firstLeaf", alert.firstLeaf())
        .update();
    AlertLeaves.add(jdbc, alert.id(), raised.added());
  }

  static void update(JdbcClient jdbc, RaisedAlert raised) {
    changing(jdbc.sql(UPDATE), raised).update();
    AlertLeaves.add(jdbc, raised.alert().id(), raised.added());
  }

  /** Keeps of an alert and of its incident only what this alert has. */
  static void erase(JdbcClient jdbc, long incident, Alert erased) {
    jdbc.sql(
            """
            update alert set group_key = :group, entity = :entity, parameters = :parameters
            where id = :id
            """)
        .param("group", erased.groupKey())
        .param("entity", erased.entity())
        .param("parameters", Columns.parameters(erased.parameters()))
        .param("id", erased.id().value())
        .update();
    jdbc.sql("update incident set group_key = :group where ordinal = :incident")
        .param("group", erased.groupKey())
        .param("incident", incident)
        .update();
  }

  private static JdbcClient.StatementSpec changing(
      JdbcClient.StatementSpec statement, RaisedAlert raised) {
    Alert alert = raised.alert();
    return statement
        .param("id", alert.id().value())
        .param("variant", alert.variant())
        .param("severity", Columns.severity(alert.severity()))
        .param("entity", alert.entity())
        .param("first", Micros.of(alert.firstSeen()))
        .param("last", Micros.of(alert.lastSeen()))
        .param("count", alert.total())
        .param("parameters", Columns.parameters(alert.parameters()))
        .param("techniques", String.join(",", alert.techniques()))
        .param("trigger", raised.triggerLeaf());
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.state.Journal;
import org.citywall.console.state.LeafListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes acts twice, as rows and as entries of the log, and notes where the log put them. */
public final class Acts implements LeafListener {

  static final String PREFIX = "compliance-";
  private static final int MAX_NOTE = 4000;

  /** An act as pages show it; the leaf is empty for the instant until the log has it. */
  public record Done(
      String action,
      java.time.Instant at,
      String actor,
      String controls,
      String outcome,
      String note,
      OptionalLong leaf) {}

  static void write(Journal journal, Act act) {
    EventId event = journal.record(entry -> fill(entry, act));
    journal
        .jdbc()
        .sql(
            """
            insert into compliance_act (ordinal, event_id, at_micros, system, assessment, task, actor, action,
              controls, outcome, note)
            values (:ordinal, :event, :at, :system, :assessment, :task, :actor, :action, :controls, :outcome,
              :note)
            """)
        .param("ordinal", Rows.next(journal.jdbc(), "compliance_act"))
        .param("event", event.toString())
        .param("at", Micros.of(journal.now()))
        .param("system", act.system().ordinal())
        .param("assessment", act.assessment() == null ? null : act.assessment().ordinal())
        .param("task", act.task() == null ? null : act.task().ordinal())
        .param("actor", act.actor().user())
        .param("action", act.action())
        .param("controls", shortened(String.join(" ", act.controls())))
        .param("outcome", act.outcome() == null ? "" : act.outcome())
        .param("note", shortened(act.note()))
        .update();
  }

  private static void fill(Event.Builder entry, Act act) {
    entry
        .put(Field.EVENT_ACTION, PREFIX + act.action())
        .put(Field.USER_NAME, act.actor().user())
        .put(Field.SOURCE_IP, act.actor().address())
        .put(Field.GOV_SYSTEM_ID, act.system().toString())
        .put(Field.GOV_ASSESSMENT_ID, act.assessment() == null ? null : act.assessment().toString())
        .put(Field.GOV_TASK_ID, act.task() == null ? null : act.task().toString())
        .put(Field.GOV_CONTROL_ID, act.controls())
        .put(Field.GOV_CONTROL_OBJECT, act.object())
        .put(Field.GOV_CONTROL_OUTCOME, act.outcome())
        .put(Field.GOV_LEAVES, act.leaves().stream().map(String::valueOf).toList())
        .put(Field.GOV_NOTE, shortened(act.note()));
  }

  static List<Done> of(JdbcClient jdbc, String column, long ordinal, int limit) {
    return jdbc.sql(
            "select * from compliance_act where "
                + column
                + " = :of order by ordinal desc limit :limit")
        .param("of", ordinal)
        .param("limit", limit)
        .query(Acts::done)
        .list();
  }

  private static Done done(ResultSet row, int n) throws SQLException {
    long leaf = row.getLong("leaf");
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(leaf);
    return new Done(
        row.getString("action"),
        Micros.toInstant(row.getLong("at_micros")),
        row.getString("actor"),
        row.getString("controls"),
        row.getString("outcome"),
        row.getString("note"),
        known);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_NOTE ? text : text.substring(0, MAX_NOTE);
  }

  @Override
  public void noted(JdbcClient jdbc, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      if (entry.event().has(Field.GOV_SYSTEM_ID)) {
        jdbc.sql("update compliance_act set leaf = :leaf where event_id = :event")
            .param("leaf", entry.leaf())
            .param("event", entry.event().id().toString())
            .update();
      }
    }
  }

  @Override
  public void published(List<LoggedEntry> entries) {
    // Pages read acts when they are opened.
  }

  static String words(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.citywall.console.state.LeafListener;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes acts on the index twice, as rows and as entries of the log. */
public final class IndexActs implements LeafListener {

  private static final String PREFIX = "compliance-index-";
  private static final int MAX_NOTE = 4000;

  /** An act; the leaf is null for the instant until the log has it. */
  public record Done(String action, Instant at, String actor, String note, @Nullable Long leaf) {}

  /**
   * Writes one.
   *
   * @param indicators that it is about
   * @param leaves entries of the log that it names
   */
  static void write(
      Journal journal,
      Actor actor,
      String period,
      String action,
      List<String> indicators,
      List<Long> leaves,
      String note) {
    String text = note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE);
    EventId event =
        journal.record(
            entry ->
                entry
                    .put(Field.EVENT_ACTION, PREFIX + action)
                    .put(Field.USER_NAME, actor.user())
                    .put(Field.SOURCE_IP, actor.address())
                    .put(Field.GOV_CONTROL_ID, indicators)
                    .put(Field.GOV_CONTROL_OBJECT, period)
                    .put(Field.GOV_LEAVES, leaves.stream().map(String::valueOf).toList())
                    .put(Field.GOV_NOTE, text));
    journal
        .jdbc()
        .sql(
            """
            insert into index_act (ordinal, event_id, at_micros, period, actor, action, note)
            values ((select coalesce(max(ordinal), 0) + 1 from index_act), :event, :at, :period,
              :actor, :action, :note)
            """)
        .param("event", event.toString())
        .param("at", Micros.of(journal.now()))
        .param("period", period)
        .param("actor", actor.user())
        .param("action", action)
        .param("note", text)
        .update();
  }

  static List<Done> of(JdbcClient jdbc, String period, int limit) {
    return jdbc.sql(
            "select * from index_act where period = :period order by ordinal desc limit :limit")
        .param("period", period)
        .param("limit", limit)
        .query(IndexActs::done)
        .list();
  }

  private static Done done(ResultSet row, int n) throws SQLException {
    long leaf = row.getLong("leaf");
    Long known = row.wasNull() ? null : leaf;
    return new Done(
        row.getString("action"),
        Micros.toInstant(row.getLong("at_micros")),
        row.getString("actor"),
        row.getString("note"),
        known);
  }

  @Override
  public void noted(JdbcClient jdbc, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      String action = entry.event().text(Field.EVENT_ACTION);
      if (action != null && action.startsWith(PREFIX)) {
        jdbc.sql("update index_act set leaf = :leaf where event_id = :event")
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
}

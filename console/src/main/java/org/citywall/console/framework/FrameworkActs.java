// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes acts on frameworks twice, as rows and as entries of the log. */
public final class FrameworkActs {

  static final String PREFIX = "compliance-framework-";
  private static final int MAX_NOTE = 4000;

  private FrameworkActs() {}

  /**
   * An act as pages show it; the leaf is empty for the instant until the log has it.
   *
   * @param action with the word {@code framework-}
   * @param controls what it was about
   */
  public record Done(
      String action,
      Instant at,
      String actor,
      String controls,
      String outcome,
      String note,
      OptionalLong leaf) {}

  static void write(
      Journal journal,
      Actor actor,
      String action,
      String framework,
      List<String> places,
      String note) {
    String told = shortened(note);
    List<String> controls = places.stream().map(place -> framework + "/" + place).toList();
    EventId event =
        journal.record(
            entry ->
                entry
                    .put(Field.EVENT_ACTION, PREFIX + action)
                    .put(Field.USER_NAME, actor.user())
                    .put(Field.SOURCE_IP, actor.address())
                    .put(Field.GOV_CONTROL_ID, controls)
                    .put(Field.GOV_NOTE, told));
    JdbcClient jdbc = journal.jdbc();
    jdbc.sql(
            """
            insert into framework_act (ordinal, event_id, at_micros, framework, actor, action, places, note)
            values ((select coalesce(max(ordinal), 0) + 1 from framework_act), :event, :at, :framework,
              :actor, :action, :places, :note)
            """)
        .param("event", event.toString())
        .param("at", Micros.of(journal.now()))
        .param("framework", framework)
        .param("actor", actor.user())
        .param("action", "framework-" + action)
        .param("places", shortened(String.join(" ", places)))
        .param("note", told)
        .update();
  }

  static List<Done> of(JdbcClient jdbc, String framework, int limit) {
    return jdbc.sql(
            """
            select * from framework_act where framework = :framework order by ordinal desc
            limit :limit
            """)
        .param("framework", framework)
        .param("limit", limit)
        .query(FrameworkActs::done)
        .list();
  }

  static void noted(JdbcClient jdbc, EventId event, long leaf) {
    jdbc.sql("update framework_act set leaf = :leaf where event_id = :event")
        .param("leaf", leaf)
        .param("event", event.toString())
        .update();
  }

  private static Done done(ResultSet row, int n) throws SQLException {
    long leaf = row.getLong("leaf");
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(leaf);
    return new Done(
        row.getString("action"),
        Micros.toInstant(row.getLong("at_micros")),
        row.getString("actor"),
        row.getString("places"),
        "",
        row.getString("note"),
        known);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_NOTE ? text : text.substring(0, MAX_NOTE);
  }
}

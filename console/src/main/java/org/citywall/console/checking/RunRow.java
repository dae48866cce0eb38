// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Micros;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.checking.RecordedRun.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of the table of runs. */
final class RunRow {

  private static final int MAX_SAID = 400;

  private RunRow() {}

  static CheckRunId insert(
      JdbcClient jdbc, @Nullable SystemId system, Instant now, String by, int targets) {
    long ordinal =
        jdbc.sql("select coalesce(max(ordinal), 0) + 1 from check_run").query(Long.class).single();
    jdbc.sql(
            """
            insert into check_run (ordinal, state, system, started_at, started_by, targets, said)
            values (:ordinal, :state, :system, :at, :by, :targets, '')
            """)
        .param("ordinal", ordinal)
        .param("state", State.RUNNING.name())
        .param("system", system == null ? null : system.ordinal())
        .param("at", Micros.of(now))
        .param("by", by)
        .param("targets", targets)
        .update();
    return new CheckRunId(ordinal);
  }

  static void finish(
      JdbcClient jdbc,
      CheckRunId run,
      State state,
      Instant now,
      @Nullable String digest,
      String said,
      EventId event) {
    jdbc.sql(
            """
            update check_run set state = :state, finished_at = :at, digest = :digest, said = :said,
              event_id = :event where ordinal = :ordinal
            """)
        .param("state", state.name())
        .param("at", Micros.of(now))
        .param("digest", digest)
        .param("said", said.length() <= MAX_SAID ? said : said.substring(0, MAX_SAID))
        .param("event", event.toString())
        .param("ordinal", run.ordinal())
        .update();
  }

  static Optional<RecordedRun> find(JdbcClient jdbc, CheckRunId run) {
    return jdbc.sql("select * from check_run where ordinal = :ordinal")
        .param("ordinal", run.ordinal())
        .query(RunRow::of)
        .optional();
  }

  /** The latest first. */
  static List<RecordedRun> latest(JdbcClient jdbc, int most) {
    return jdbc.sql("select * from check_run order by ordinal desc limit :most")
        .param("most", most)
        .query(RunRow::of)
        .list();
  }

  static List<RecordedRun> running(JdbcClient jdbc) {
    return jdbc.sql("select * from check_run where state = :state order by ordinal")
        .param("state", State.RUNNING.name())
        .query(RunRow::of)
        .list();
  }

  /** The last run before another one that looked at the same. */
  static Optional<RecordedRun> before(JdbcClient jdbc, RecordedRun run) {
    return jdbc.sql(
            """
            select * from check_run where ordinal < :ordinal and state = :state
              and coalesce(system, 0) = :system order by ordinal desc limit 1
            """)
        .param("ordinal", run.id().ordinal())
        .param("state", State.DONE.name())
        .param("system", run.system() == null ? 0 : run.system().ordinal())
        .query(RunRow::of)
        .optional();
  }

  static void noted(JdbcClient jdbc, EventId event, long leaf) {
    jdbc.sql("update check_run set leaf = :leaf where event_id = :event")
        .param("leaf", leaf)
        .param("event", event.toString())
        .update();
  }

  private static RecordedRun of(ResultSet row, int n) throws SQLException {
    Long system = number(row, "system");
    Long finished = number(row, "finished_at");
    return new RecordedRun(
        new CheckRunId(row.getLong("ordinal")),
        State.valueOf(row.getString("state")),
        system == null ? null : new SystemId(system),
        Micros.toInstant(row.getLong("started_at")),
        row.getString("started_by"),
        finished == null ? null : Micros.toInstant(finished),
        row.getInt("targets"),
        row.getString("digest"),
        row.getString("said"),
        number(row, "leaf"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.citywall.audit.event.Micros;
import org.citywall.console.Actor;
import org.citywall.console.incident.HistoryWriter.Step;
import org.citywall.console.incident.IncidentChange.Grew;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes incidents of alerts. A new alert joins the open incident of its rule and group, else raises
 * one. A known alert that grew updates its incident; where it grew worse, that is an entry, and a
 * closed incident opens again. An update that was stored before changes nothing, so alerts may be
 * replayed.
 */
public final class IncidentIntake {

  private final StateChanges changes;
  private final IncidentChanges subscribers;
  private final ZoneId zone;

  /** {@code zone} is where days begin for the numbers of incidents. */
  public IncidentIntake(StateChanges changes, IncidentChanges subscribers, ZoneId zone) {
    this.changes = changes;
    this.subscribers = subscribers;
    this.zone = zone;
  }

  /** Stores these alerts and, in the same transaction, what {@code marks} writes. */
  public void accept(List<RaisedAlert> alerts, Consumer<JdbcClient> marks) {
    List<Grew> grown =
        changes.change(
            journal -> {
              List<Grew> grew = new ArrayList<>();
              for (RaisedAlert alert : alerts) {
                accept(journal, alert).ifPresent(grew::add);
              }
              marks.accept(journal.jdbc());
              return grew;
            });
    subscribers.publish(grown);
  }

  private Optional<Grew> accept(Journal journal, RaisedAlert alert) {
    JdbcClient jdbc = journal.jdbc();
    Optional<AlertRow> known = AlertRow.find(jdbc, alert.id());
    if (known.isPresent()) {
      return grow(journal, known.get(), alert);
    }
    Optional<IncidentRow> open = open(jdbc, alert);
    if (open.isPresent()) {
      join(journal, open.get(), alert);
    } else {
      raise(journal, alert);
    }
    return Optional.empty();
  }

  private static Optional<Grew> grow(Journal journal, AlertRow known, RaisedAlert alert) {
    if (alert.triggerLeaf() <= known.triggerLeaf()) {
      return Optional.empty();
    }
    JdbcClient jdbc = journal.jdbc();
    IncidentRow before = IncidentRow.get(jdbc, known.incident());
    AlertRow.update(jdbc, alert);
    widen(jdbc, before, alert, alert.eventCount() - known.eventCount());
    IncidentRow after = IncidentRow.get(jdbc, known.incident());
    IncidentSummary now = after.summary();
    if (now.severity().compareTo(before.summary().severity()) > 0) {
      IncidentState state = now.state().open() ? now.state() : IncidentState.NEW;
      String assignee = now.state().open() ? now.assignee() : null;
      HistoryWriter.write(
          journal,
          new Step(Actor.SYSTEM, after, HistoryAction.WORSENED, state, assignee, null, ""),
          alert);
      if (state != now.state()) {
        after.move(jdbc, state, assignee);
      }
    }
    return Optional.of(new Grew(now.id(), now.severity(), now.eventCount()));
  }

  private static void join(Journal journal, IncidentRow open, RaisedAlert alert) {
    AlertRow.insert(journal.jdbc(), open.ordinal(), alert);
    widen(journal.jdbc(), open, alert, alert.eventCount());
    IncidentRow after = IncidentRow.get(journal.jdbc(), open.ordinal());
    IncidentSummary now = after.summary();
    HistoryWriter.write(
        journal,
        new Step(
            Actor.SYSTEM, after, HistoryAction.ALERT_ADDED, now.state(), now.assignee(), null, ""),
        alert);
  }

  private void raise(Journal journal, RaisedAlert alert) {
    JdbcClient jdbc = journal.jdbc();
    LocalDate day = LocalDate.ofInstant(journal.now(), zone);
    long ordinal =
        jdbc.sql("select coalesce(max(ordinal), 0) + 1 from incident").query(Long.class).single();
    IncidentSummary summary =
        new IncidentSummary(
            IncidentId.of(day, DayCount.next(jdbc, day)),
            IncidentState.NEW,
            1,
            alert.severity(),
            alert.ruleId(),
            alert.ruleVersion(),
            alert.groupKey(),
            alert.parameters(),
            alert.firstSeen(),
            alert.lastSeen(),
            alert.eventCount(),
            null,
            journal.now());
    IncidentRow row = new IncidentRow(ordinal, summary, alert.techniques());
    row.insert(jdbc);
    AlertRow.insert(jdbc, ordinal, alert);
    HistoryWriter.write(
        journal,
        new Step(Actor.SYSTEM, row, HistoryAction.RAISED, IncidentState.NEW, null, null, ""),
        alert);
  }

  private static Optional<IncidentRow> open(JdbcClient jdbc, RaisedAlert alert) {
    return jdbc.sql(
            IncidentRow.COLUMNS
                + """
                 where rule_id = :rule and group_key = :group
                   and state in ('NEW', 'TAKEN', 'ESCALATED')
                 order by ordinal desc limit 1
                """)
        .param("rule", alert.ruleId())
        .param("group", alert.groupKey())
        .query(IncidentRow::of)
        .optional();
  }

  private static void widen(
      JdbcClient jdbc, IncidentRow incident, RaisedAlert alert, long moreEvents) {
    jdbc.sql(
            """
            update incident set severity = greatest(severity, :severity),
              first_seen = least(first_seen, :first), last_seen = greatest(last_seen, :last),
              event_count = event_count + :more, parameters = :parameters
            where ordinal = :ordinal
            """)
        .param("severity", Columns.severity(alert.severity()))
        .param("first", Micros.of(alert.firstSeen()))
        .param("last", Micros.of(alert.lastSeen()))
        .param("more", moreEvents)
        .param("parameters", Columns.parameters(alert.parameters()))
        .param("ordinal", incident.ordinal())
        .update();
  }
}

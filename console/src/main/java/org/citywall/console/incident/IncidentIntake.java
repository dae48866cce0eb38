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
import org.citywall.correlation.Alert;
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

  private Optional<Grew> accept(Journal journal, RaisedAlert raised) {
    JdbcClient jdbc = journal.jdbc();
    Optional<AlertRow> known = AlertRow.find(jdbc, raised.alert().id());
    if (known.isPresent()) {
      return grow(journal, known.get(), raised);
    }
    Optional<IncidentRow> open = open(jdbc, raised.alert());
    if (open.isPresent()) {
      join(journal, open.get(), raised);
    } else {
      raise(journal, raised);
    }
    return Optional.empty();
  }

  private static Optional<Grew> grow(Journal journal, AlertRow known, RaisedAlert raised) {
    if (raised.triggerLeaf() <= known.triggerLeaf()) {
      return Optional.empty();
    }
    JdbcClient jdbc = journal.jdbc();
    IncidentRow before = IncidentRow.get(jdbc, known.incident());
    AlertRow.update(jdbc, raised);
    widen(jdbc, before, raised.alert(), raised.alert().total() - known.alert().total());
    IncidentRow after = IncidentRow.get(jdbc, known.incident());
    IncidentSummary now = after.summary();
    if (now.severity().compareTo(before.summary().severity()) > 0) {
      IncidentState state = now.state().open() ? now.state() : IncidentState.NEW;
      String assignee = now.state().open() ? now.assignee() : null;
      HistoryWriter.write(
          journal,
          new Step(Actor.SYSTEM, after, HistoryAction.WORSENED, state, assignee, null, ""),
          raised);
      if (state != now.state()) {
        after.move(jdbc, state, assignee);
      }
    }
    return Optional.of(new Grew(now.id(), now.severity(), now.eventCount()));
  }

  private static void join(Journal journal, IncidentRow open, RaisedAlert raised) {
    AlertRow.insert(journal.jdbc(), open.ordinal(), raised);
    widen(journal.jdbc(), open, raised.alert(), raised.alert().total());
    IncidentRow after = IncidentRow.get(journal.jdbc(), open.ordinal());
    IncidentSummary now = after.summary();
    HistoryWriter.write(
        journal,
        new Step(
            Actor.SYSTEM, after, HistoryAction.ALERT_ADDED, now.state(), now.assignee(), null, ""),
        raised);
  }

  private void raise(Journal journal, RaisedAlert raised) {
    JdbcClient jdbc = journal.jdbc();
    Alert alert = raised.alert();
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
            Integer.toString(alert.ruleVersion()),
            alert.groupKey(),
            alert,
            alert.firstSeen(),
            alert.lastSeen(),
            alert.total(),
            null,
            journal.now());
    IncidentRow row = new IncidentRow(ordinal, summary);
    row.insert(jdbc);
    AlertRow.insert(jdbc, ordinal, raised);
    HistoryWriter.write(
        journal,
        new Step(Actor.SYSTEM, row, HistoryAction.RAISED, IncidentState.NEW, null, null, ""),
        raised);
  }

  private static Optional<IncidentRow> open(JdbcClient jdbc, Alert alert) {
    return jdbc.sql(
            IncidentRow.COLUMNS
                + " where i.rule_id = :rule and i.group_key = :group"
                + " and i.state in ('NEW', 'TAKEN', 'ESCALATED')"
                + " order by i.ordinal desc limit 1")
        .param("rule", alert.ruleId())
        .param("group", alert.groupKey())
        .query(IncidentRow::of)
        .optional();
  }

  private static void widen(JdbcClient jdbc, IncidentRow incident, Alert alert, long moreEvents) {
    jdbc.sql(
            """
            update incident set severity = greatest(severity, :severity),
              first_seen = least(first_seen, :first), last_seen = greatest(last_seen, :last),
              event_count = event_count + :more,
              lead_alert = case when severity < :severity then :alert else lead_alert end
            where ordinal = :ordinal
            """)
        .param("severity", Columns.severity(alert.severity()))
        .param("first", Micros.of(alert.firstSeen()))
        .param("last", Micros.of(alert.lastSeen()))
        .param("more", moreEvents)
        .param("alert", alert.id().value())
        .param("ordinal", incident.ordinal())
        .update();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.citywall.correlation.Alert;
import org.jspecify.annotations.Nullable;

/** Writes what is done to incidents twice: as a row of their history and as an entry of the log. */
final class HistoryWriter {

  static final String ACTION_PREFIX = "incident-";
  private static final int MAX_LEAVES = 1000;

  /** One thing done; the incident is as it was before. */
  record Step(
      Actor actor,
      IncidentRow incident,
      HistoryAction action,
      IncidentState state,
      @Nullable String assignee,
      @Nullable DismissReason reason,
      String note) {}

  private HistoryWriter() {}

  static void write(Journal journal, Step step) {
    write(journal, step, event -> {});
  }

  /** As {@link #write(Journal, Step)}, where an alert is the cause. */
  static void write(Journal journal, Step step, RaisedAlert raised) {
    Alert alert = raised.alert();
    List<Long> leaves = raised.added().subList(0, Math.min(MAX_LEAVES, raised.added().size()));
    write(
        journal,
        step,
        event ->
            event
                .put(Field.GOV_ALERT_ID, alert.id().value())
                .put(Field.THREAT_TECHNIQUE_ID, alert.techniques())
                .put(Field.GOV_LEAVES, leaves.stream().map(String::valueOf).toList()));
  }

  /** Name of an action in entries of the log, for example {@code incident-alert-added}. */
  static String actionName(HistoryAction action) {
    return ACTION_PREFIX + action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void write(Journal journal, Step step, Consumer<Event.Builder> cause) {
    IncidentSummary before = step.incident().summary();
    EventId id =
        journal.record(
            event -> {
              event
                  .put(Field.EVENT_ACTION, actionName(step.action()))
                  .put(Field.EVENT_SEVERITY, Columns.severity(before.severity()))
                  .put(Field.USER_NAME, step.actor().user())
                  .put(Field.SOURCE_IP, step.actor().address())
                  .put(Field.RULE_ID, before.ruleId())
                  .put(Field.RULE_VERSION, before.ruleVersion())
                  .put(Field.GOV_INCIDENT_ID, before.id().number())
                  .put(Field.GOV_INCIDENT_STATE, step.state().name())
                  .put(Field.GOV_INCIDENT_PREVIOUS_STATE, before.state().name())
                  .put(Field.GOV_INCIDENT_ASSIGNEE, step.assignee())
                  .put(Field.EVENT_REASON, step.reason() == null ? null : step.reason().name())
                  .put(Field.GOV_NOTE, step.note());
              cause.accept(event);
            });
    insert(journal, step, id);
  }

  private static void insert(Journal journal, Step step, EventId id) {
    journal
        .jdbc()
        .sql(
            """
            insert into incident_history (incident, position, event_id, at_micros, actor, action,
              previous_state, previous_assignee, state, assignee, reason, note, undone)
            values (:incident,
              (select coalesce(max(position), 0) + 1 from incident_history
               where incident = :incident),
              :event, :at, :actor, :action,
              :previousState, :previousAssignee, :state, :assignee, :reason, :note, false)
            """)
        .param("incident", step.incident().ordinal())
        .param("event", id.toString())
        .param("at", Micros.of(journal.now()))
        .param("actor", step.actor().user())
        .param("action", step.action().name())
        .param("previousState", step.incident().summary().state().name())
        .param("previousAssignee", step.incident().summary().assignee())
        .param("state", step.state().name())
        .param("assignee", step.assignee())
        .param("reason", step.reason() == null ? null : step.reason().name())
        .param("note", step.note())
        .update();
  }
}

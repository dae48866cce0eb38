// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.incident.HistoryWriter.Step;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.citywall.correlation.Severity;
import org.jspecify.annotations.Nullable;

/** Incidents in the state database. */
public final class StoredIncidents implements Incidents {

  private final StateChanges changes;

  public StoredIncidents(StateChanges changes) {
    this.changes = changes;
  }

  @Override
  public IncidentQueue queue(IncidentFilter filter, @Nullable IncidentId after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1.." + MAX_PAGE);
    }
    return changes.store().read(jdbc -> new IncidentReader(jdbc).queue(filter, after, limit));
  }

  @Override
  public Map<Severity, Long> countOpen() {
    return changes.store().read(jdbc -> new IncidentReader(jdbc).countOpen());
  }

  @Override
  public long count(IncidentFilter filter) {
    return changes.store().read(jdbc -> new IncidentReader(jdbc).count(filter));
  }

  @Override
  public Incident get(IncidentId id) {
    return changes.store().read(jdbc -> new IncidentReader(jdbc).get(id));
  }

  @Override
  public List<Long> leaves(IncidentId id, long after, int limit) {
    if (limit < 1 || limit > Incident.MAX_LEAVES) {
      throw new IllegalArgumentException("limit must be 1.." + Incident.MAX_LEAVES);
    }
    return changes.store().read(jdbc -> new IncidentReader(jdbc).leaves(id, after, limit));
  }

  @Override
  public Incident take(Actor actor, IncidentId id, long version) {
    return decide(
        id,
        version,
        incident -> {
          IncidentState state = incident.summary().state();
          require(state.open() && !actor.user().equals(incident.summary().assignee()), incident);
          return new Step(
              actor,
              incident,
              HistoryAction.TAKEN,
              state == IncidentState.NEW ? IncidentState.TAKEN : state,
              actor.user(),
              null,
              "");
        });
  }

  @Override
  public Incident note(Actor actor, IncidentId id, String note) {
    if (note.isBlank()) {
      throw new PlatformException(ConsoleErrorCode.NOTE_INVALID, "the note is empty");
    }
    requireNote(note);
    changes.change(
        journal -> {
          IncidentRow row = new IncidentReader(journal.jdbc()).row(id);
          IncidentSummary now = row.summary();
          HistoryWriter.write(
              journal,
              new Step(actor, row, HistoryAction.NOTED, now.state(), now.assignee(), null, note));
          return id;
        });
    return get(id);
  }

  @Override
  public Incident escalate(Actor actor, IncidentId id, long version, String note) {
    return decide(
        id,
        version,
        incident -> {
          IncidentState state = incident.summary().state();
          require(state.open() && state != IncidentState.ESCALATED, incident);
          return step(actor, incident, HistoryAction.ESCALATED, IncidentState.ESCALATED, note);
        });
  }

  @Override
  public Incident dismiss(
      Actor actor, IncidentId id, long version, DismissReason reason, String note) {
    requireNote(note);
    return decide(
        id,
        version,
        incident -> {
          require(incident.summary().state().open(), incident);
          return new Step(
              actor,
              incident,
              HistoryAction.DISMISSED,
              IncidentState.DISMISSED,
              actor.user(),
              reason,
              note);
        });
  }

  @Override
  public Incident resolve(Actor actor, IncidentId id, long version, String note) {
    return decide(
        id,
        version,
        incident -> {
          require(incident.summary().state().open(), incident);
          return step(actor, incident, HistoryAction.RESOLVED, IncidentState.RESOLVED, note);
        });
  }

  @Override
  public Incident reopen(Actor actor, IncidentId id, long version, String note) {
    return decide(
        id,
        version,
        incident -> {
          require(!incident.summary().state().open(), incident);
          return step(actor, incident, HistoryAction.REOPENED, IncidentState.TAKEN, note);
        });
  }

  @Override
  public Incident undo(Actor actor, IncidentId id, long version) {
    changes.change(
        journal -> {
          IncidentRow row = current(journal, id, version);
          Optional<Undoing.Decision> top = Undoing.top(journal.jdbc(), row.ordinal());
          if (top.isEmpty() || !top.get().takenBackBy(actor)) {
            throw new PlatformException(ConsoleErrorCode.NOTHING_TO_UNDO, id.number());
          }
          return apply(journal, Undoing.step(journal.jdbc(), actor, row, top.get()));
        });
    return get(id);
  }

  private interface Rule {
    Step decide(IncidentRow incident);
  }

  private Incident decide(IncidentId id, long version, Rule rule) {
    changes.change(journal -> apply(journal, rule.decide(current(journal, id, version))));
    return get(id);
  }

  private static IncidentId apply(Journal journal, Step step) {
    HistoryWriter.write(journal, step);
    step.incident().move(journal.jdbc(), step.state(), step.assignee());
    return step.incident().summary().id();
  }

  private static IncidentRow current(Journal journal, IncidentId id, long version) {
    IncidentRow row = new IncidentReader(journal.jdbc()).row(id);
    IncidentSummary now = row.summary();
    if (now.version() != version) {
      throw new PlatformException(
          ConsoleErrorCode.INCIDENT_CHANGED,
          id.number() + " is " + now.state() + " of " + now.assignee() + " by now");
    }
    return row;
  }

  private static Step step(
      Actor actor, IncidentRow incident, HistoryAction action, IncidentState state, String note) {
    requireNote(note);
    return new Step(actor, incident, action, state, actor.user(), null, note);
  }

  private static void require(boolean allowed, IncidentRow incident) {
    if (!allowed) {
      IncidentSummary now = incident.summary();
      throw new PlatformException(
          ConsoleErrorCode.INCIDENT_STATE,
          now.id().number() + " is " + now.state() + " of " + now.assignee());
    }
  }

  private static void requireNote(String note) {
    if (note.length() > MAX_NOTE) {
      throw new PlatformException(
          ConsoleErrorCode.NOTE_INVALID, "the note has " + note.length() + " characters");
    }
  }
}

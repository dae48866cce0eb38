// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import org.citywall.console.incident.HistoryEntry;
import org.citywall.console.incident.Incident;
import org.citywall.console.incident.IncidentSummary;
import org.jspecify.annotations.Nullable;

/**
 * An incident as its page shows it.
 *
 * @param facts who, from where, which data
 * @param timeline its events over time, or null for fewer than two
 * @param demo whether its events are made up
 * @param events a page of its events, oldest first
 * @param nextEvents leaf behind which the next page of events begins, or null
 */
public record IncidentView(
    Incident incident,
    IncidentText text,
    List<Fact> facts,
    @Nullable Chart timeline,
    boolean demo,
    List<EventLine> events,
    @Nullable Long nextEvents) {

  /**
   * A fact with the values found, most frequent first.
   *
   * @param name message key of its name
   * @param more how many further values there are
   */
  public record Fact(String name, List<String> values, int more) {}

  public IncidentView {
    facts = List.copyOf(facts);
    events = List.copyOf(events);
  }

  /** Whether the decision on top is this reader's to take back. */
  public boolean undoable(String reader) {
    for (HistoryEntry entry : incident.history().reversed()) {
      if (entry.action().undoable() && !entry.undone()) {
        return entry.actor().equals(reader);
      }
    }
    return false;
  }

  public IncidentSummary summary() {
    return incident.summary();
  }

  public String id() {
    return incident.id().number();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.incident.IncidentChange.Acted;
import org.citywall.console.state.LeafListener;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes the leaf of each step in the history of its incident and tells subscribers of it. */
public final class ChangePublisher implements LeafListener {

  private final IncidentChanges subscribers;

  /**
   * {@code logSize} is the log's size at start: what is below was not seen by these subscribers.
   */
  public ChangePublisher(IncidentChanges subscribers, long logSize) {
    this.subscribers = subscribers;
    subscribers.startAfter(logSize - 1);
  }

  @Override
  public void noted(JdbcClient jdbc, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      if (entry.event().has(Field.GOV_INCIDENT_ID)) {
        jdbc.sql("update incident_history set leaf = :leaf where event_id = :event")
            .param("leaf", entry.leaf())
            .param("event", entry.event().id().toString())
            .update();
      }
    }
  }

  @Override
  public void published(List<LoggedEntry> entries) {
    List<Acted> acted = new ArrayList<>();
    for (LoggedEntry entry : entries) {
      Acted change = acted(entry);
      if (change != null) {
        acted.add(change);
      }
    }
    subscribers.publish(acted);
  }

  private static @Nullable Acted acted(LoggedEntry entry) {
    Event event = entry.event();
    String incident = event.text(Field.GOV_INCIDENT_ID);
    String action = event.text(Field.EVENT_ACTION);
    String state = event.text(Field.GOV_INCIDENT_STATE);
    if (incident == null || action == null || state == null) {
      return null;
    }
    return new Acted(
        entry.leaf(),
        new IncidentId(incident),
        HistoryAction.valueOf(
            action
                .substring(HistoryWriter.ACTION_PREFIX.length())
                .replace('-', '_')
                .toUpperCase(Locale.ROOT)),
        IncidentState.valueOf(state),
        Columns.severity(event.number(Field.EVENT_SEVERITY, 1)));
  }
}

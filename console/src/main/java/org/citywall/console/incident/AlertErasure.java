// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.console.state.Journal;
import org.citywall.console.state.Mark;
import org.citywall.console.state.StateChanges;
import org.citywall.correlation.Alert;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erases what alerts quote of entries whose payload was destroyed; number, times, rule and history
 * of the incident stay. How many were erased is an entry.
 */
public final class AlertErasure {

  private final StateChanges changes;
  private final LogReader log;

  /**
   * @param log says which entries lost their payload
   */
  public AlertErasure(StateChanges changes, LogReader log) {
    this.changes = changes;
    this.log = log;
  }

  /**
   * Erases for every destruction up to this one, by the leaf that orders it; what was erased before
   * is not looked at again.
   *
   * @return alerts that were erased now
   */
  public int erase(long destruction) {
    if (changes.store().read(Mark.ALERTS_ERASED::read).orElse(-1) >= destruction) {
      return 0;
    }
    List<Found> found = new ArrayList<>();
    for (Found alert : changes.store().read(jdbc -> before(jdbc, destruction))) {
      if (!alert.alert().isErased() && isTouched(alert)) {
        found.add(alert);
      }
    }
    changes.change(journal -> erase(journal, found, destruction));
    return found.size();
  }

  private record Found(long incident, Alert alert) {}

  private static List<Found> before(JdbcClient jdbc, long leaf) {
    return jdbc.sql(
            "select a.incident, " + AlertRow.COLUMNS + " from alert a where a.first_leaf < :leaf")
        .param("leaf", leaf)
        .query((row, n) -> new Found(row.getLong("incident"), AlertRow.alert(row)))
        .list();
  }

  private boolean isTouched(Found found) {
    return changes.store().read(jdbc -> AlertLeaves.of(jdbc, found.alert().id())).stream()
        .anyMatch(leaf -> log.read(leaf).shredded());
  }

  private static int erase(Journal journal, List<Found> found, long destruction) {
    for (Found each : found) {
      AlertRow.erase(journal.jdbc(), each.incident(), each.alert().erased(destruction));
    }
    Mark.ALERTS_ERASED.write(journal.jdbc(), destruction);
    journal.record(
        event ->
            event
                .put(Field.EVENT_ACTION, "alert-texts-erased")
                .put(Field.GOV_LEAVES, List.of(Long.toString(destruction)))
                .put(Field.GOV_NOTE, "alerts: " + found.size()));
    return found.size();
  }
}

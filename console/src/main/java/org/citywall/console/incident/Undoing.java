// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.Optional;
import org.citywall.console.Actor;
import org.citywall.console.incident.HistoryWriter.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes decisions back, last first. */
final class Undoing {

  /** The last decision that stands, or the platform's own move where that came after it. */
  record Decision(
      int position,
      String actor,
      HistoryAction action,
      IncidentState previousState,
      @Nullable String previousAssignee) {

    boolean takenBackBy(Actor by) {
      return action.undoable() && actor.equals(by.user());
    }
  }

  private Undoing() {}

  static Optional<Decision> top(JdbcClient jdbc, long ordinal) {
    return jdbc.sql(
            """
            select position, actor, action, previous_state, previous_assignee
            from incident_history
            where incident = :incident and undone = false
              and (action in ('TAKEN', 'ESCALATED', 'RESOLVED', 'DISMISSED', 'REOPENED')
                or (action = 'WORSENED' and state <> previous_state))
            order by position desc limit 1
            """)
        .param("incident", ordinal)
        .query(
            (row, n) ->
                new Decision(
                    row.getInt(1),
                    row.getString(2),
                    HistoryAction.valueOf(row.getString(3)),
                    IncidentState.valueOf(row.getString(4)),
                    row.getString(5)))
        .optional();
  }

  static Step step(JdbcClient jdbc, Actor actor, IncidentRow incident, Decision decision) {
    jdbc.sql(
            """
            update incident_history set undone = true
            where incident = :incident and position = :position
            """)
        .param("incident", incident.ordinal())
        .param("position", decision.position())
        .update();
    return new Step(
        actor,
        incident,
        HistoryAction.UNDONE,
        decision.previousState(),
        decision.previousAssignee(),
        null,
        "");
  }
}

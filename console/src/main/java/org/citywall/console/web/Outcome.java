// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.Serializable;
import org.citywall.audit.ErrorCode;
import org.citywall.console.incident.Incident;
import org.citywall.console.incident.IncidentId;
import org.jspecify.annotations.Nullable;

/**
 * How a decision ended, for the line that says so.
 *
 * @param action what was wanted, as the last part of its address
 * @param version to undo it with
 * @param undoable whether it can be taken back
 * @param problem code of the failure, or null
 * @param problemKey message of the failure, or null
 */
public record Outcome(
    String action,
    String incident,
    long version,
    boolean undoable,
    @Nullable String problem,
    @Nullable String problemKey)
    implements Serializable {

  static Outcome done(Decisions.Action action, Incident incident) {
    boolean undoable =
        switch (action) {
          case TAKE, ESCALATE, DISMISS, RESOLVE, REOPEN -> true;
          case NOTE, UNDO -> false;
        };
    return new Outcome(
        name(action), incident.id().number(), incident.summary().version(), undoable, null, null);
  }

  static Outcome refused(Decisions.Action action, IncidentId id, ErrorCode code) {
    return new Outcome(name(action), id.number(), 0, false, code.id(), code.messageKey());
  }

  private static String name(Decisions.Action action) {
    return action.name().toLowerCase(java.util.Locale.ROOT);
  }
}

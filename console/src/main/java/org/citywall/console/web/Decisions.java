// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.Locale;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.incident.DismissReason;
import org.citywall.console.incident.Incident;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;

/** Carries out what an officer chose on a page. */
final class Decisions {

  private final Incidents incidents;

  Decisions(Incidents incidents) {
    this.incidents = incidents;
  }

  /** What can be done to an incident; the lower-case name is the last part of its address. */
  enum Action {
    TAKE,
    NOTE,
    ESCALATE,
    DISMISS,
    RESOLVE,
    REOPEN,
    UNDO;

    /** The action of this name, or {@code CON-0022}. */
    static Action named(String name) {
      for (Action action : values()) {
        if (action.name().toLowerCase(Locale.ROOT).equals(name)) {
          return action;
        }
      }
      throw new PlatformException(ConsoleErrorCode.INCIDENT_STATE, "unknown action");
    }

    /** Whether the officer is done with the incident and goes on to the next one. */
    boolean movesOn() {
      return switch (this) {
        case ESCALATE, DISMISS, RESOLVE -> true;
        case TAKE, NOTE, REOPEN, UNDO -> false;
      };
    }
  }

  /**
   * What the form sends.
   *
   * @param version of the incident the officer saw
   */
  record Form(long version, @Nullable DismissReason reason, @Nullable String note) {

    String text() {
      return note == null ? "" : note.strip();
    }
  }

  Incident decide(Action action, Actor actor, IncidentId id, Form form) {
    return switch (action) {
      case TAKE -> incidents.take(actor, id, form.version());
      case NOTE -> incidents.note(actor, id, form.text());
      case ESCALATE -> incidents.escalate(actor, id, form.version(), form.text());
      case RESOLVE -> incidents.resolve(actor, id, form.version(), form.text());
      case REOPEN -> incidents.reopen(actor, id, form.version(), form.text());
      case UNDO -> incidents.undo(actor, id, form.version());
      case DISMISS -> {
        if (form.reason() == null) {
          throw new PlatformException(ConsoleErrorCode.INCIDENT_STATE, "a dismissal has a reason");
        }
        yield incidents.dismiss(actor, id, form.version(), form.reason(), form.text());
      }
    };
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

/** Where an incident stands. */
public enum IncidentState {
  /** Raised, nobody answers for it yet. */
  NEW,
  /** An officer looks into it. */
  TAKEN,
  /** Handed up: it needs more than the officer on duty. */
  ESCALATED,
  /** Dealt with. */
  RESOLVED,
  /** Needs nothing done, for a stated reason. */
  DISMISSED;

  /** Whether somebody still has to decide. An open incident is extended by further alerts. */
  public boolean open() {
    return switch (this) {
      case NEW, TAKEN, ESCALATED -> true;
      case RESOLVED, DISMISSED -> false;
    };
  }
}

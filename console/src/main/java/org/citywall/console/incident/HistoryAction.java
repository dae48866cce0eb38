// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

/** What was done to an incident. */
public enum HistoryAction {
  RAISED,
  /** Another alert of the same rule and group joined it. */
  ALERT_ADDED,
  /** A closed incident became open again because its alert grew worse. */
  WORSENED,
  TAKEN,
  NOTED,
  ESCALATED,
  RESOLVED,
  DISMISSED,
  REOPENED,
  /** The decision before was taken back. */
  UNDONE;

  /** Whether it is an officer's decision that can be taken back. */
  public boolean undoable() {
    return switch (this) {
      case TAKEN, ESCALATED, RESOLVED, DISMISSED, REOPENED -> true;
      case RAISED, ALERT_ADDED, WORSENED, NOTED, UNDONE -> false;
    };
  }
}

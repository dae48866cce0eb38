// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import org.citywall.correlation.Severity;

/** What a subscriber of {@link IncidentChanges} is told. */
public sealed interface IncidentChange {

  /**
   * An incident was raised or something was done to it.
   *
   * @param leaf entry of the log; ascending, so that a browser can resume after it
   */
  record Acted(
      long leaf, IncidentId id, HistoryAction action, IncidentState state, Severity severity)
      implements IncidentChange {}

  /** More events joined an incident; not an entry of the log and not repeated on resume. */
  record Grew(IncidentId id, Severity severity, long eventCount) implements IncidentChange {}

  /** Too much was missed: load the list anew. */
  record Reload() implements IncidentChange {}
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

/** Why an incident needs nothing done. The ordinal plus one is its key on the triage page. */
public enum DismissReason {
  /** The rule fired on something harmless. */
  FALSE_POSITIVE,
  /** Approved work: a change, a ticket, a planned export. */
  APPROVED_WORK,
  /** An exercise or a test. */
  EXERCISE,
  /** Another incident covers it. */
  DUPLICATE,
  /** True, but of no consequence. */
  NO_IMPACT
}

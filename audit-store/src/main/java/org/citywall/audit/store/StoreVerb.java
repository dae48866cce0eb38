// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import org.citywall.audit.event.EntryKind;

/** What a client of the store may do. */
public enum StoreVerb {
  /** Append what detection reads: events, decisions, completions and ticks. */
  APPEND,
  /**
   * Append what the platform says about itself as well: state changes, control and retention; and
   * ask for a checkpoint.
   */
  GOVERN,
  /** Read entries with their payload, and what proves them. */
  READ,
  /** Read what proves: checkpoints, tiles, leaves and proofs, never a payload. */
  PROVE;

  /** The right that an entry of this kind takes. */
  static StoreVerb toAppend(EntryKind kind) {
    return kind.detectable() ? APPEND : GOVERN;
  }
}

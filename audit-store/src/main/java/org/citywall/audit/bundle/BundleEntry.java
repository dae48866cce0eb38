// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import org.citywall.audit.log.StoredEntry;

/**
 * An entry in a bundle.
 *
 * @param entry leaf and envelope; salt and payload where it is disclosed
 * @param selected whether it was asked for, and does not only support others
 * @param state what the bundle has of its payload
 */
public record BundleEntry(StoredEntry entry, boolean selected, State state) {

  /** What a bundle has of a payload. */
  public enum State {
    /** It is there. */
    DISCLOSED,
    /** It was there when the bundle was made, and was left out. */
    WITHHELD,
    /** The log has none: its key was destroyed. */
    DESTROYED
  }

  public BundleEntry {
    boolean empty = entry.salt().length == 0;
    if (empty == (state == State.DISCLOSED)
        || state == State.DESTROYED != entry.destroyedBy() >= 0) {
      throw new IllegalArgumentException("leaf " + entry.leaf() + " as " + state);
    }
  }

  /** An entry with its payload, or what is left of it. */
  static BundleEntry of(StoredEntry entry, boolean selected) {
    return new BundleEntry(entry, selected, entry.isShredded() ? State.DESTROYED : State.DISCLOSED);
  }

  /** The same without what the payload could be read or guessed from. */
  BundleEntry withheld() {
    byte[] none = new byte[0];
    return new BundleEntry(
        new StoredEntry(leaf(), entry.envelope(), none, none, -1), selected, State.WITHHELD);
  }

  public long leaf() {
    return entry.leaf();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

/**
 * What an entry of the log is about. Detectors consume events, decisions, completions and ticks;
 * they never read what detection itself wrote.
 */
public enum EntryKind {
  /** Something that happened elsewhere and was reported by a source. */
  EVENT(1, true),
  /** An enforcement point decided about an access before it took place. */
  DECISION(2, true),
  /** How a decided access ended: rows, duration. */
  COMPLETION(3, true),
  /** State of the platform changed: an incident moved, a rule was published, somebody logged in. */
  STATE_CHANGE(4, false),
  /** Time passed: carries the clock into a replay. */
  TICK(5, true),
  /** The log about itself: keys, versions, configuration. */
  CONTROL(6, false),
  /** Lawful destruction, legal hold and its end. */
  RETENTION(7, false);

  private static final EntryKind[] BY_CODE = new EntryKind[8];

  static {
    for (EntryKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;
  private final boolean detectable;

  EntryKind(int code, boolean detectable) {
    this.code = code;
    this.detectable = detectable;
  }

  /** Stable number in stored bytes, 1..127. */
  public int code() {
    return code;
  }

  /** Whether detectors read entries of this kind. */
  public boolean detectable() {
    return detectable;
  }

  /** The kind with this stored number, or an {@code IllegalArgumentException}. */
  public static EntryKind ofCode(int code) {
    if (code < 1 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("unknown entry kind " + code);
    }
    return BY_CODE[code];
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.BitSet;
import org.citywall.masking.policy.Rights;

/**
 * Whether the database has said where the columns come from of what a statement returns, and none
 * of them is protected. Confined to the session's event loop.
 */
final class Description {

  private static final long NEVER = -1;

  private final Rights rights;
  private boolean good;
  private BitSet subjects = new BitSet();
  private long askedIn = NEVER;

  /**
   * @param rights by which the statement was judged
   */
  Description(Rights rights) {
    this.rights = rights;
  }

  Rights rights() {
    return rights;
  }

  boolean isGood() {
    return good;
  }

  void found(boolean whether) {
    good = whether;
  }

  /** Places of columns that say whom a row is about. */
  BitSet subjects() {
    return subjects;
  }

  void subjects(BitSet places) {
    subjects = places;
  }

  /**
   * Whether rows can come only behind the answer: it is known, or was asked for between the same
   * two Syncs, so that the database skips both where it skips one.
   *
   * @param group counts the client's Syncs
   */
  boolean comesFirst(long group) {
    return good || askedIn == group;
  }

  void asked(long group) {
    askedIn = group;
  }
}

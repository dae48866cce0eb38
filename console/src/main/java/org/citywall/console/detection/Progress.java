// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far detection has come; written by its thread, read by others. */
final class Progress {

  private volatile long nextLeaf;
  private volatile long appliedLeaf = -1;
  private volatile long raised;
  private volatile @Nullable Instant readUpTo;

  void read(long next, @Nullable Instant received) {
    nextLeaf = next;
    if (received != null) {
      readUpTo = received;
    }
  }

  void applied(long leaf) {
    appliedLeaf = leaf;
  }

  // Only the detection thread counts.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void countRaised() {
    raised++;
  }

  long nextLeaf() {
    return nextLeaf;
  }

  long appliedLeaf() {
    return appliedLeaf;
  }

  long raised() {
    return raised;
  }

  @Nullable Instant readUpTo() {
    return readUpTo;
  }
}

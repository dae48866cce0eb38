// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.log.Hash;

/**
 * Hashes of leaves that were handed out before a checkpoint covered them, until one does. Used by
 * one thread at a time.
 */
final class UnsignedLeaves {

  /** More than a store takes between two checkpoints; some 40 MB. */
  static final int MAX = 1 << 18;

  private static final int MAX_RUN = 1 << 14;

  /** Consecutive leaves that wait to be confirmed. */
  record Run(long from, List<Hash> hashes) {
    long to() {
      return from + hashes.size();
    }
  }

  private final TreeMap<Long, Hash> hashes = new TreeMap<>();
  private long sinceNanos;

  boolean isEmpty() {
    return hashes.isEmpty();
  }

  boolean hasRoomFor(int more) {
    return hashes.size() + more <= MAX;
  }

  /** Notes what was handed out; false where something else was handed out as this leaf before. */
  boolean add(long leaf, Hash hash, long nowNanos) {
    if (hashes.isEmpty()) {
      sinceNanos = nowNanos;
    }
    Hash before = hashes.putIfAbsent(leaf, hash);
    return before == null || before.equals(hash);
  }

  /** Forgets a leaf that proved to be in the tree; false where something else was handed out. */
  boolean confirm(long leaf, Hash proven, long nowNanos) {
    Hash before = hashes.remove(leaf);
    if (before != null) {
      sinceNanos = nowNanos;
    }
    return before == null || before.equals(proven);
  }

  /** The lowest of them; there must be one. */
  long first() {
    return hashes.firstKey();
  }

  /** The first consecutive leaves below this size, which a proof has to confirm. */
  Optional<Run> below(long size) {
    if (hashes.isEmpty() || hashes.firstKey() >= size) {
      return Optional.empty();
    }
    long from = hashes.firstKey();
    List<Hash> run = new ArrayList<>();
    Hash next = hashes.get(from);
    while (next != null && from + run.size() < size && run.size() < MAX_RUN) {
      run.add(next);
      next = hashes.get(from + run.size());
    }
    return Optional.of(new Run(from, run));
  }

  void confirm(Run run, long nowNanos) {
    for (long leaf = run.from(); leaf < run.to(); leaf++) {
      hashes.remove(leaf);
    }
    sinceNanos = nowNanos;
  }

  /** How long the oldest has waited since the last progress. */
  long waitedNanos(long nowNanos) {
    return hashes.isEmpty() ? 0 : nowNanos - sinceNanos;
  }
}

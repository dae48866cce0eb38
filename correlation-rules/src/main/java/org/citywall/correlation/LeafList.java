// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing list of leaves with a bound; what goes beyond is counted. */
final class LeafList {

  private final int bound;
  private long[] leaves = new long[4];
  private int size;
  private long unlisted;

  LeafList(int bound) {
    this.bound = bound;
  }

  /** A list as {@link #kept} told it. */
  static LeafList of(int bound, Kept kept) {
    LeafList list = new LeafList(bound);
    kept.leaves().forEach(list::add);
    list.addUnlisted(kept.unlisted());
    return list;
  }

  /** The content of a list, in a form that can be kept. */
  record Kept(List<Long> leaves, long unlisted) {}

  Kept kept() {
    return new Kept(toList(), unlisted);
  }

  void add(long leaf) {
    if (size == bound) {
      unlisted++;
      return;
    }
    if (size == leaves.length) {
      leaves = Arrays.copyOf(leaves, (int) Math.min(bound, size * 2L));
    }
    leaves[size++] = leaf;
  }

  void addUnlisted(long count) {
    unlisted += count;
  }

  void copyFrom(int first, LeafList target) {
    for (int i = first; i < size; i++) {
      target.add(leaves[i]);
    }
  }

  int size() {
    return size;
  }

  long unlisted() {
    return unlisted;
  }

  long total() {
    return size + unlisted;
  }

  List<Long> toList() {
    List<Long> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(leaves[i]);
    }
    return list;
  }

  void clear() {
    size = 0;
    unlisted = 0;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * One proof of inclusion for many leaves: the roots of the largest subtrees that hold none of them,
 * from left to right. What paths of single leaves have in common stands in it once.
 */
public final class SharedPath {

  /** Hash of the subtree over leaves {@code from..to-1}. */
  interface Ranges {
    Hash hash(long from, long to);
  }

  private SharedPath() {}

  /** The proof for these leaves, at least one, in a tree of this size. */
  static List<Hash> of(long size, NavigableSet<Long> leaves, Ranges ranges) {
    List<Hash> path = new ArrayList<>();
    collect(0, size, leaves, ranges, path);
    return path;
  }

  private static void collect(
      long from, long to, NavigableSet<Long> leaves, Ranges ranges, List<Hash> path) {
    Long first = leaves.ceiling(from);
    if (first == null || first >= to) {
      path.add(ranges.hash(from, to));
    } else if (to - from > 1) {
      long middle = from + Merkle.split(to - from);
      collect(from, middle, leaves, ranges, path);
      collect(middle, to, leaves, ranges, path);
    }
  }

  /**
   * The root that these leaves and this proof lead to; empty where there are more or fewer hashes
   * than the leaves need, no leaves, or leaves beyond the size.
   *
   * @param leafHashes hash of each leaf by its position
   */
  public static Optional<Hash> root(
      TreeHash tree, long size, NavigableMap<Long, Hash> leafHashes, List<Hash> path) {
    if (leafHashes.isEmpty() || leafHashes.firstKey() < 0 || leafHashes.lastKey() >= size) {
      return Optional.empty();
    }
    Iterator<Hash> rest = path.iterator();
    Optional<Hash> root = fold(tree, 0, size, leafHashes, rest);
    return rest.hasNext() ? Optional.empty() : root;
  }

  private static Optional<Hash> fold(
      TreeHash tree, long from, long to, NavigableMap<Long, Hash> leaves, Iterator<Hash> path) {
    Long first = leaves.ceilingKey(from);
    if (first == null || first >= to) {
      return path.hasNext() ? Optional.of(path.next()) : Optional.empty();
    }
    if (to - from == 1) {
      return Optional.ofNullable(leaves.get(from));
    }
    long middle = from + Merkle.split(to - from);
    Optional<Hash> left = fold(tree, from, middle, leaves, path);
    Optional<Hash> right = fold(tree, middle, to, leaves, path);
    return left.isEmpty() || right.isEmpty()
        ? Optional.empty()
        : Optional.of(tree.nodeHash(left.get(), right.get()));
  }
}

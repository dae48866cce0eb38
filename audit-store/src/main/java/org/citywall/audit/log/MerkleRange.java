// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Proof that consecutive leaves are in a tree: one path for all of them. It holds the root of every
 * largest subtree beside the range, from left to right, in the shape that RFC 6962 section 2.1
 * gives the tree; at most 126 hashes. For one leaf these are the hashes of its inclusion proof in
 * another order.
 */
public final class MerkleRange {

  /** Longest path of a range: both of its edges in the deepest tree. */
  public static final int MAX_PATH = 126;

  private final long from;
  private final long to;
  private final List<Hash> leaves;
  private final Iterator<Hash> path;

  private MerkleRange(long from, List<Hash> leaves, List<Hash> path) {
    this.from = from;
    this.to = from + leaves.size();
    this.leaves = leaves;
    this.path = path.iterator();
  }

  /** Whether the path leads from these leaf hashes, the first at {@code from}, to the root. */
  public static boolean verify(
      long from, List<Hash> leaves, long size, List<Hash> path, Hash root) {
    if (from < 0 || leaves.isEmpty() || leaves.size() > size - from || path.size() > MAX_PATH) {
      return false;
    }
    MerkleRange range = new MerkleRange(from, leaves, path);
    try {
      return range.fold(0, size).equals(root) && !range.path.hasNext();
    } catch (NoSuchElementException e) {
      return false;
    }
  }

  /** The path of a range of one leaf in the order of an inclusion proof, once it was verified. */
  public static List<Hash> inclusion(long leaf, long size, List<Hash> path) {
    List<Hash> left = new ArrayList<>();
    List<Hash> right = new ArrayList<>(path);
    List<Boolean> turns = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + Merkle.split(to - from);
      boolean isLeft = leaf < middle;
      if (isLeft) {
        to = middle;
      } else {
        left.add(right.removeFirst());
        from = middle;
      }
      turns.add(isLeft);
    }
    List<Hash> proof = new ArrayList<>(path.size());
    for (boolean isLeft : turns.reversed()) {
      proof.add(isLeft ? right.removeFirst() : left.removeLast());
    }
    return proof;
  }

  private Hash fold(long low, long high) {
    if (high <= from || low >= to) {
      return path.next();
    }
    if (high - low == 1) {
      return leaves.get((int) (low - from));
    }
    long middle = low + Merkle.split(high - low);
    Hash left = fold(low, middle);
    return Merkle.nodeHash(left, fold(middle, high));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;

/**
 * RFC 6962 section 2.1: the hashes of a Merkle tree and the check of its proofs. Proofs about the
 * empty tree are refused: there is nothing in it to prove.
 */
public final class Merkle {

  /** Root of the tree without leaves: SHA-256 of nothing. */
  public static final Hash EMPTY_ROOT = TreeHash.SHA_256.emptyRoot();

  private Merkle() {}

  /** Hash of a leaf: {@code SHA-256(0x00 || leaf)}. */
  public static Hash leafHash(byte[] leaf) {
    return TreeHash.SHA_256.leafHash(leaf);
  }

  /** Hash of an inner node: {@code SHA-256(0x01 || left || right)}. */
  public static Hash nodeHash(Hash left, Hash right) {
    return TreeHash.SHA_256.nodeHash(left, right);
  }

  /** Largest power of two smaller than {@code size}, which is at least 2. */
  public static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** Whether this path leads from the leaf's hash to the root of a tree over SHA-256. */
  public static boolean verifyInclusion(
      long leaf, long size, Hash leafHash, List<Hash> path, Hash root) {
    return verifyInclusion(TreeHash.SHA_256, leaf, size, leafHash, path, root);
  }

  /** Whether this path leads from the leaf's hash to the root of a tree of this size. */
  public static boolean verifyInclusion(
      TreeHash tree, long leaf, long size, Hash leafHash, List<Hash> path, Hash root) {
    if (leaf < 0 || leaf >= size) {
      return false;
    }
    long node = leaf;
    long last = size - 1;
    Hash hash = leafHash;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = tree.nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = tree.nodeHash(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether this proof shows that a smaller tree over SHA-256 is a prefix of a larger one. */
  public static boolean verifyConsistency(
      long size1, long size2, Hash root1, Hash root2, List<Hash> proof) {
    return verifyConsistency(TreeHash.SHA_256, size1, size2, root1, root2, proof);
  }

  /** Whether this proof shows that the smaller tree is a prefix of the larger one. */
  public static boolean verifyConsistency(
      TreeHash tree, long size1, long size2, Hash root1, Hash root2, List<Hash> proof) {
    if (size1 < 1 || size1 > size2) {
      return false;
    }
    if (size1 == size2) {
      return proof.isEmpty() && root1.equals(root2);
    }
    boolean complete = Long.bitCount(size1) == 1;
    if (!complete && proof.isEmpty()) {
      return false;
    }
    return foldConsistency(
        tree,
        size1,
        size2,
        root1,
        root2,
        complete ? root1 : proof.getFirst(),
        complete ? proof : proof.subList(1, proof.size()));
  }

  /** RFC 9162 section 2.1.4.2, steps 4 to 7. */
  private static boolean foldConsistency(
      TreeHash tree, long size1, long size2, Hash root1, Hash root2, Hash start, List<Hash> proof) {
    int skip = Long.numberOfTrailingZeros(size1);
    long node = (size1 - 1) >> skip;
    long last = (size2 - 1) >> skip;
    Hash first = start;
    Hash second = start;
    for (Hash sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        first = tree.nodeHash(sibling, first);
        second = tree.nodeHash(sibling, second);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        second = tree.nodeHash(second, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && first.equals(root1) && second.equals(root2);
  }
}

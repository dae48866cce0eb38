// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/** The hash function of a Merkle tree whose shape and prefixes are those of RFC 6962. */
public enum TreeHash {
  /** FIPS 180-4: the tree that foreign tools verify. */
  SHA_256(Hash.sha256(new byte[0])),
  /** GB/T 32905-2016: the tree for assessments under Chinese standards. */
  SM3(Hash.sm3(new byte[0]));

  private final Hash emptyRoot;

  TreeHash(Hash emptyRoot) {
    this.emptyRoot = emptyRoot;
  }

  /** Root of the tree without leaves: the hash of nothing. */
  public Hash emptyRoot() {
    return emptyRoot;
  }

  /** Hash of a leaf: that of {@code 0x00 || leaf}. */
  public Hash leafHash(byte[] leaf) {
    byte[] hash = new byte[Hash.BYTES];
    hasher().leaf(leaf, hash, 0);
    return Hash.of(hash);
  }

  /** Hash of an inner node: that of {@code 0x01 || left || right}. */
  public Hash nodeHash(Hash left, Hash right) {
    byte[] hash = left.bytes();
    hasher().node(hash, right.bytes(), hash);
    return Hash.of(hash);
  }

  /** A hasher of one's own, for many hashes by one thread. */
  public TreeHasher hasher() {
    return switch (this) {
      case SHA_256 -> new Sha256TreeHasher();
      case SM3 -> new Sm3TreeHasher();
    };
  }
}

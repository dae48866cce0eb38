// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.DigestException;
import java.security.MessageDigest;

/** RFC 6962 node hashes over plain arrays, without garbage. Used by one thread. */
final class TreeHasher {

  private static final byte NODE = 1;

  private final MessageDigest digest = Sha256.digest();

  /** Writes the hash of two neighbours that stand one after the other. */
  void pair(byte[] from, int at, byte[] to, int toAt) {
    digest.update(NODE);
    digest.update(from, at, 2 * Hash.BYTES);
    finish(to, toAt);
  }

  /** Writes the hash of a left and a right node; {@code to} may be either of them. */
  void node(byte[] left, byte[] right, byte[] to) {
    digest.update(NODE);
    digest.update(left);
    digest.update(right);
    finish(to, 0);
  }

  /** Root of the complete tree over {@code count} hashes, a power of two. */
  byte[] complete(byte[] hashes, int first, int count) {
    byte[] level = new byte[count * Hash.BYTES];
    System.arraycopy(hashes, first * Hash.BYTES, level, 0, level.length);
    for (int width = count; width > 1; width /= 2) {
      for (int i = 0; i < width / 2; i++) {
        pair(level, 2 * i * Hash.BYTES, level, i * Hash.BYTES);
      }
    }
    byte[] root = new byte[Hash.BYTES];
    System.arraycopy(level, 0, root, 0, Hash.BYTES);
    return root;
  }

  private void finish(byte[] to, int at) {
    try {
      digest.digest(to, at, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}

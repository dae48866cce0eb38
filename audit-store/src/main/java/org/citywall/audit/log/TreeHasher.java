// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Arrays;
import java.util.List;

/** RFC 6962 hashes over plain arrays, almost without garbage. Used by one thread. */
public abstract sealed class TreeHasher permits Sha256TreeHasher, Sm3TreeHasher {

  static final byte LEAF = 0;
  static final byte NODE = 1;

  TreeHasher() {}

  /** Writes the hash of a leaf to {@code to}, from {@code toAt} on. */
  public abstract void leaf(byte[] leaf, byte[] to, int toAt);

  /**
   * Writes the hashes of leaves to {@code to}, the first at {@code toAt} and each {@code stride}
   * bytes behind the one before.
   */
  public void leaves(List<byte[]> leaves, byte[] to, int toAt, int stride) {
    int at = toAt;
    for (byte[] leaf : leaves) {
      leaf(leaf, to, at);
      at += stride;
    }
  }

  /** Replaces {@code count} hashes that stand one after the other by those of their pairs. */
  public void pairs(byte[] level, int count) {
    for (int i = 0; i < count / 2; i++) {
      pair(level, 2 * i * Hash.BYTES, level, i * Hash.BYTES);
    }
  }

  /**
   * Writes the hash of two neighbours that stand one after the other; {@code to} may be {@code
   * from}.
   */
  public abstract void pair(byte[] from, int at, byte[] to, int toAt);

  /** Writes the hash of a left and a right node; {@code to} may be either of them. */
  public abstract void node(byte[] left, byte[] right, byte[] to);

  /** Root of the complete tree over {@code count} hashes, a power of two. */
  byte[] complete(byte[] hashes, int first, int count) {
    byte[] level = new byte[count * Hash.BYTES];
    System.arraycopy(hashes, first * Hash.BYTES, level, 0, level.length);
    for (int width = count; width > 1; width /= 2) {
      pairs(level, width);
    }
    return Arrays.copyOf(level, Hash.BYTES);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.DigestException;
import java.security.MessageDigest;

/** Hashes of the tree over SHA-256. */
final class Sha256TreeHasher extends TreeHasher {

  private final MessageDigest digest = Sha256.digest();
  private final byte[] pair = new byte[1 + 2 * Hash.BYTES];

  Sha256TreeHasher() {
    pair[0] = NODE;
  }

  @Override
  public void leaf(byte[] leaf, byte[] to, int toAt) {
    digest.update(LEAF);
    digest.update(leaf);
    finish(to, toAt);
  }

  @Override
  public void pair(byte[] from, int at, byte[] to, int toAt) {
    System.arraycopy(from, at, pair, 1, 2 * Hash.BYTES);
    digest.update(pair);
    finish(to, toAt);
  }

  @Override
  public void node(byte[] left, byte[] right, byte[] to) {
    System.arraycopy(left, 0, pair, 1, Hash.BYTES);
    System.arraycopy(right, 0, pair, 1 + Hash.BYTES, Hash.BYTES);
    digest.update(pair);
    finish(to, 0);
  }

  private void finish(byte[] to, int at) {
    try {
      digest.digest(to, at, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}

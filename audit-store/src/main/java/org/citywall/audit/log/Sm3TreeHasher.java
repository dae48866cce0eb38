// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/** Hashes of the tree over SM3. */
final class Sm3TreeHasher extends TreeHasher {

  private final Sm3 sm3 = new Sm3();

  @Override
  public void leaf(byte[] leaf, byte[] to, int toAt) {
    sm3.update(LEAF);
    sm3.update(leaf, 0, leaf.length);
    sm3.digest(to, toAt);
  }

  @Override
  public void pair(byte[] from, int at, byte[] to, int toAt) {
    sm3.update(NODE);
    sm3.update(from, at, 2 * Hash.BYTES);
    sm3.digest(to, toAt);
  }

  @Override
  public void node(byte[] left, byte[] right, byte[] to) {
    sm3.update(NODE);
    sm3.update(left, 0, Hash.BYTES);
    sm3.update(right, 0, Hash.BYTES);
    sm3.digest(to, 0);
  }
}

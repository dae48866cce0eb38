// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hashes of the tree over SM3; many of them side by side. */
final class Sm3TreeHasher extends TreeHasher {

  private static final int PAIR = 2 * Hash.BYTES;

  private final Sm3 sm3 = new Sm3();
  private @Nullable Sm3Lanes manyAtOnce;

  @Override
  public void leaf(byte[] leaf, byte[] to, int toAt) {
    sm3.update(LEAF);
    sm3.update(leaf, 0, leaf.length);
    sm3.digest(to, toAt);
  }

  @Override
  public void leaves(List<byte[]> leaves, byte[] to, int toAt, int stride) {
    int done = 0;
    int next = 0;
    for (int left = leaves.size(); left >= Sm3Lanes.WORTHWHILE; left = leaves.size() - next) {
      Sm3Lanes lanes = lanes();
      while (next < leaves.size() && !lanes.isFull()) {
        byte[] leaf = leaves.get(next++);
        lanes.add(LEAF, leaf, 0, leaf.length);
      }
      lanes.digest(to, toAt + done * stride, stride);
      done = next;
    }
    super.leaves(leaves.subList(done, leaves.size()), to, toAt + done * stride, stride);
  }

  @Override
  public void pairs(byte[] level, int count) {
    int done = 0;
    int next = 0;
    int all = count / 2;
    for (int left = all; left >= Sm3Lanes.WORTHWHILE; left = all - next) {
      Sm3Lanes lanes = lanes();
      while (next < all && !lanes.isFull()) {
        lanes.add(NODE, level, PAIR * next++, PAIR);
      }
      // What is written stands before everything that is still to be read.
      lanes.digest(level, done * Hash.BYTES, Hash.BYTES);
      done = next;
    }
    for (; done < all; done++) {
      pair(level, PAIR * done, level, done * Hash.BYTES);
    }
  }

  private Sm3Lanes lanes() {
    Sm3Lanes lanes = manyAtOnce;
    if (lanes == null) {
      lanes = new Sm3Lanes();
      manyAtOnce = lanes;
    }
    return lanes;
  }

  @Override
  public void pair(byte[] from, int at, byte[] to, int toAt) {
    sm3.update(NODE);
    sm3.update(from, at, PAIR);
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

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Arrays;
import java.util.List;

/**
 * Hashes of durable leaves that wait to be integrated into the trees: for each leaf one hash per
 * tree. Bounded: the writer waits when integration is too far behind. Safe for use by several
 * threads.
 */
final class LeafQueue {

  private static final int MAX_LEAVES = 1 << 20;

  private final int stride;
  private byte[] hashes;
  private int count;

  LeafQueue(int trees) {
    stride = trees * Hash.BYTES;
    hashes = new byte[1024 * stride];
  }

  /** Waits until there is room for more. */
  synchronized void awaitRoom() {
    boolean interrupted = false;
    while (count >= MAX_LEAVES) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds the hashes of one leaf, one after the other in the order of the trees. */
  synchronized void add(byte[] leafHashes) {
    int at = count * stride;
    if (at == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * at);
    }
    System.arraycopy(leafHashes, 0, hashes, at, stride);
    count++;
  }

  synchronized int size() {
    return count;
  }

  /** Moves what waits to the edges of the trees. */
  void drainTo(List<LogTree> trees) {
    byte[] taken;
    int leaves;
    synchronized (this) {
      taken = hashes;
      leaves = count;
      hashes = new byte[Math.max(1024, leaves) * stride];
      count = 0;
      notifyAll();
    }
    for (int tree = 0; tree < trees.size(); tree++) {
      TreeEdge edge = trees.get(tree).edge();
      for (int i = 0; i < leaves; i++) {
        edge.append(taken, i * stride + tree * Hash.BYTES);
      }
    }
  }
}

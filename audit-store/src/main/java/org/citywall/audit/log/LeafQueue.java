// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Arrays;

/**
 * Hashes of durable leaves that wait to be integrated into the tree. Bounded: the writer waits when
 * integration is too far behind. Safe for use by several threads.
 */
final class LeafQueue {

  private static final int MAX_LEAVES = 1 << 20;

  private byte[] hashes = new byte[1024 * Hash.BYTES];
  private int count;

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

  synchronized void add(byte[] hash) {
    int at = count * Hash.BYTES;
    if (at == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * at);
    }
    System.arraycopy(hash, 0, hashes, at, Hash.BYTES);
    count++;
  }

  synchronized int size() {
    return count;
  }

  /** Moves what waits to the edge. */
  void drainTo(TreeEdge edge) {
    byte[] taken;
    int leaves;
    synchronized (this) {
      taken = hashes;
      leaves = count;
      hashes = new byte[Math.max(1024 * Hash.BYTES, leaves * Hash.BYTES)];
      count = 0;
      notifyAll();
    }
    for (int i = 0; i < leaves; i++) {
      edge.append(taken, i * Hash.BYTES);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that all connections together may hold for what has not wholly arrived. Safe for use
 * by several threads.
 */
final class BufferBudget {

  private final Semaphore free;

  /**
   * @param bytes all that there is
   */
  BufferBudget(int bytes) {
    this.free = new Semaphore(bytes);
  }

  boolean tryTake(int bytes) {
    return free.tryAcquire(bytes);
  }

  /** Whether the bytes were to be had in time. */
  boolean take(int bytes, Duration atMost) throws InterruptedException {
    return free.tryAcquire(bytes, atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  void giveBack(int bytes) {
    free.release(bytes);
  }
}

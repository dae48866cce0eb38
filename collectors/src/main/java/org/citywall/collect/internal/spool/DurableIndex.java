// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;

/** How far the records survive a crash, and who waits for it. Safe for use by several threads. */
final class DurableIndex {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition risen = lock.newCondition();
  private long durable;
  private boolean ended;

  /**
   * @param durable index after the last durable record
   */
  DurableIndex(long durable) {
    this.durable = durable;
  }

  /** These many records more are durable. */
  void rise(int records) {
    lock.lock();
    try {
      durable += records;
      risen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will become durable. */
  void end() {
    lock.lock();
    try {
      ended = true;
      risen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything before this index became durable in time; {@code COL-0014} if it cannot. */
  boolean await(long index, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (durable < index) {
        if (ended) {
          throw closed();
        }
        if (nanos <= 0) {
          return false;
        }
        nanos = risen.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the record of this index became durable in time, or before the end. */
  boolean awaitReadable(long index, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (durable <= index && !ended && nanos > 0) {
        nanos = risen.awaitNanos(nanos);
      }
      return durable > index;
    } finally {
      lock.unlock();
    }
  }

  static PlatformException closed() {
    return new PlatformException(CollectErrorCode.COLLECTOR_CLOSED, "the spool is closed");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was appended and is not yet written, and the back-pressure: appenders wait here for room,
 * the writer for work. Safe for use by several threads.
 */
final class Backlog {

  private static final int MAX_PENDING_BYTES = 4 << 20;

  private final Segments segments;
  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Condition appended = lock.newCondition();

  private PendingRecords pending = new PendingRecords();
  private PendingRecords spare = new PendingRecords();
  private long writingBytes;
  private long next;
  private long committed;
  private boolean closing;

  /**
   * @param next index of the next record
   * @param committed index of the first record that is not in the log
   */
  Backlog(Segments segments, long capacity, long next, long committed) {
    this.segments = segments;
    this.capacity = capacity;
    this.next = next;
    this.committed = committed;
  }

  /** Adds these records in order, waiting for room; answers the index after the last one. */
  long append(List<byte[]> payloads) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long size = storedSize(payloads);
      while (!closing && !hasRoom(size)) {
        freed.await();
      }
      return add(payloads);
    } finally {
      lock.unlock();
    }
  }

  /** Adds all of these records, or none where they do not fit now. */
  OptionalLong tryAppend(List<byte[]> payloads) {
    lock.lock();
    try {
      return closing || hasRoom(storedSize(payloads))
          ? OptionalLong.of(add(payloads))
          : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * For the writer: what has gathered, after waiting so long for it, so that it may be nothing;
   * null at the end.
   */
  @Nullable PendingRecords take(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (pending.count() == 0 && nanos > 0) {
        if (closing) {
          return null;
        }
        nanos = appended.awaitNanos(nanos);
      }
      PendingRecords batch = pending;
      pending = spare;
      writingBytes = batch.length();
      freed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** From the writer: what it took is in the files. */
  void written(PendingRecords batch) {
    lock.lock();
    try {
      writingBytes = 0;
      batch.clear();
      spare = batch;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From the consumer: everything before this index is in the log. */
  void commit(long index) {
    lock.lock();
    try {
      committed = index;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses more from now on. */
  void close() {
    lock.lock();
    try {
      closing = true;
      freed.signalAll();
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits this long, or until it is closed; whether it is. */
  boolean awaitClosed(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (!closing && nanos > 0) {
        nanos = appended.awaitNanos(nanos);
      }
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /** Records that are not in the log. */
  long depth() {
    lock.lock();
    try {
      return next - committed;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that are on disk or will be within moments. */
  long bytes() {
    lock.lock();
    try {
      return pending.length() + writingBytes + segments.bytesFrom(committed);
    } finally {
      lock.unlock();
    }
  }

  private long add(List<byte[]> payloads) {
    if (closing) {
      throw DurableIndex.closed();
    }
    for (byte[] payload : payloads) {
      pending.add(next++, payload);
    }
    appended.signal();
    return next;
  }

  private boolean hasRoom(long more) {
    // A batch beyond the capacity itself could never fit: it may enter an empty spool.
    return pending.length() < MAX_PENDING_BYTES
        && (bytes() + more <= capacity || committed == next);
  }

  private static long storedSize(List<byte[]> payloads) {
    long size = 0;
    for (byte[] payload : payloads) {
      size += Segment.RECORD_HEADER + payload.length;
    }
    return size;
  }
}

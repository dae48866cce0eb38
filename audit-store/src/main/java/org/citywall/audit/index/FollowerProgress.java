// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citywall.audit.index.IndexHealth.State;
import org.jspecify.annotations.Nullable;

/** What a follower has reached, shared between its thread and those that search or wait. */
final class FollowerProgress {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private State state = State.OPENING;
  private @Nullable EventIndex index;
  private long indexed;
  private long openedAt;
  private long visible;
  private long lastRefresh = Long.MIN_VALUE;
  private int rebuilds;
  private int failures;
  private @Nullable String lastError;
  private boolean stopping;

  void opened(EventIndex opened, int rebuilt) {
    locked(
        () -> {
          index = opened;
          indexed = opened.nextLeaf();
          openedAt = indexed;
          visible = 0;
          lastRefresh = Long.MIN_VALUE;
          rebuilds += rebuilt;
          state = State.CATCHING_UP;
        });
  }

  void enter(State next) {
    locked(() -> state = next);
  }

  void indexed(long next) {
    locked(() -> indexed = next);
  }

  /** What was indexed when this index was refreshed is visible; an older index no longer counts. */
  void refreshed(EventIndex refreshed, long seen) {
    locked(
        () -> {
          if (refreshed.equals(index)) {
            visible = Math.max(visible, seen);
          }
        });
  }

  /** Notes a failure; true where the index had moved on since it was opened. */
  boolean failed(String code) {
    lock.lock();
    try {
      failures++;
      lastError = code;
      state = State.FAILED;
      boolean movedOn = index != null && indexed > openedAt;
      index = null;
      moved.signalAll();
      return movedOn;
    } finally {
      lock.unlock();
    }
  }

  /** No search begins on this index any more. */
  void withdraw() {
    locked(() -> index = null);
  }

  void stop() {
    locked(() -> stopping = true);
  }

  /** Waits this long, or until the follower is told to stop. */
  void pause(Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!stopping && left > 0) {
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      stopping = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for this leaf; the index that has it, or null when the time is over. */
  @Nullable EventIndex awaitIndexed(long leaf, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (index == null || indexed <= leaf) {
        if (left <= 0 || stopping) {
          return null;
        }
        left = moved.awaitNanos(left);
      }
      return index;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something is indexed but not visible, and nobody refreshed a moment ago. */
  boolean mayRefresh(long nowMillis, long everyMillis) {
    lock.lock();
    try {
      boolean due =
          visible < indexed
              && (lastRefresh == Long.MIN_VALUE || nowMillis - lastRefresh >= everyMillis);
      if (due) {
        lastRefresh = nowMillis;
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  IndexHealth health(long logSize) {
    lock.lock();
    try {
      return new IndexHealth(state, indexed, logSize, visible, rebuilds, failures, lastError);
    } finally {
      lock.unlock();
    }
  }

  @Nullable EventIndex index() {
    lock.lock();
    try {
      return index;
    } finally {
      lock.unlock();
    }
  }

  long indexed() {
    lock.lock();
    try {
      return indexed;
    } finally {
      lock.unlock();
    }
  }

  long visible() {
    lock.lock();
    try {
      return visible;
    } finally {
      lock.unlock();
    }
  }

  boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citywall.console.incident.IncidentChange.Acted;
import org.citywall.console.incident.IncidentChange.Reload;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers what happens to incidents, as it happens. Each subscriber has a bounded buffer:
 * one that falls behind is told once to reload instead of everything it missed. The last changes
 * are kept so that a browser can resume after a short break. Safe for use by several threads.
 */
public final class IncidentChanges {

  static final int REMEMBERED = 1024;
  static final int BUFFER = 256;

  /** In {@link #subscribe}: the subscriber saw nothing before. */
  public static final long FROM_NOW = -1;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Acted> recent = new ArrayDeque<>();
  private final Set<Subscription> subscriptions = new HashSet<>();
  private long forgotten = Long.MIN_VALUE;

  /**
   * Follows changes after this leaf, or from now on with {@link #FROM_NOW}. Where changes after the
   * leaf are not remembered any more the first change is a {@link Reload}.
   */
  public Subscription subscribe(long afterLeaf) {
    lock.lock();
    try {
      Subscription subscription = new Subscription();
      if (afterLeaf >= 0) {
        subscription.resume(afterLeaf);
      }
      subscriptions.add(subscription);
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  /** Number of subscribers, for the health page. */
  public int subscribers() {
    lock.lock();
    try {
      return subscriptions.size();
    } finally {
      lock.unlock();
    }
  }

  void publish(List<? extends IncidentChange> changes) {
    lock.lock();
    try {
      for (IncidentChange change : changes) {
        if (change instanceof Acted acted) {
          remember(acted);
        }
        for (Subscription subscription : subscriptions) {
          subscription.offer(change);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** What happened up to this leaf was not seen here: a browser that stopped there must reload. */
  void startAfter(long leaf) {
    lock.lock();
    try {
      forgotten = Math.max(forgotten, leaf);
    } finally {
      lock.unlock();
    }
  }

  private void remember(Acted acted) {
    recent.addLast(acted);
    if (recent.size() > REMEMBERED) {
      forgotten = Math.max(forgotten, recent.removeFirst().leaf());
    }
  }

  /** One browser's view. Close it when the browser is gone. */
  public final class Subscription implements AutoCloseable {

    private final ArrayDeque<IncidentChange> buffer = new ArrayDeque<>();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    private Subscription() {}

    /** The next change, or null when the time is over or the subscription is closed. */
    public @Nullable IncidentChange next(Duration atMost) throws InterruptedException {
      long nanos = atMost.toNanos();
      lock.lock();
      try {
        while (buffer.isEmpty() && !closed && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
        return buffer.pollFirst();
      } finally {
        lock.unlock();
      }
    }

    public boolean closed() {
      lock.lock();
      try {
        return closed;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        closed = true;
        subscriptions.remove(this);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void resume(long afterLeaf) {
      if (afterLeaf < forgotten) {
        buffer.add(new Reload());
        return;
      }
      List<Acted> missed = new ArrayList<>(recent);
      missed.removeIf(acted -> acted.leaf() <= afterLeaf);
      missed.forEach(this::offer);
    }

    private void offer(IncidentChange change) {
      if (buffer.size() >= BUFFER) {
        buffer.clear();
        buffer.add(new Reload());
      } else if (!(buffer.peekFirst() instanceof Reload)) {
        buffer.add(change);
      }
      changed.signalAll();
    }
  }
}

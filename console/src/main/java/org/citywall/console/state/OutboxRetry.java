// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citywall.audit.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the outbox after an outage of the log, without waiting for somebody to act. */
final class OutboxRetry implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRetry.class);

  private final OutboxDrain outbox;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean running;
  private boolean closed;

  OutboxRetry(OutboxDrain outbox, Duration interval) {
    this.outbox = outbox;
    this.interval = interval;
  }

  /** Tries once an interval until the outbox is empty; does nothing where it tries already. */
  void begin() {
    lock.lock();
    try {
      if (!running && !closed) {
        running = true;
        Thread.ofVirtual().name("outbox-retry").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops trying and waits for the attempt under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (running) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean waiting = true;
    while (waiting && pause()) {
      waiting = !drained();
    }
    lock.lock();
    try {
      running = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean drained() {
    try {
      outbox.drain();
      LOG.info("entries of console changes that waited are in the evidence log");
      return true;
    } catch (PlatformException e) {
      LOG.atDebug().addKeyValue("error.code", e.code().id()).log("entries still wait");
      return false;
    }
  }

  /** Waits an interval; false where this was closed. */
  private boolean pause() {
    long nanos = interval.toNanos();
    lock.lock();
    try {
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}

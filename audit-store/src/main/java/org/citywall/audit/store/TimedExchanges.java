// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives each exchange, from the TLS handshake on, a virtual thread of its own and interrupts it
 * when its time is over. That closes the connection it reads or writes: nobody can hold a thread by
 * sending or reading slowly. What must not be interrupted has to run elsewhere.
 */
final class TimedExchanges implements Executor, AutoCloseable {

  private final Duration limit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-exchange-timer").daemon().factory());
  private int running;

  TimedExchanges(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void execute(Runnable exchange) {
    count(1);
    Thread.ofVirtual()
        .name("store-exchange")
        .start(
            () -> {
              try {
                runInTime(exchange);
              } finally {
                count(-1);
              }
            });
  }

  private synchronized void count(int more) {
    running += more;
    notifyAll();
  }

  /** Waits until no exchange is under way, but not longer than this. */
  synchronized void awaitIdle(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      for (long left = atMost.toMillis(); running > 0 && left > 0; ) {
        wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runInTime(Runnable exchange) {
    Thread self = Thread.currentThread();
    try {
      Future<?> end = timer.schedule(self::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
      try {
        exchange.run();
      } finally {
        end.cancel(false);
      }
    } catch (RejectedExecutionException e) {
      // The server is closing and closes the connection.
      self.interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

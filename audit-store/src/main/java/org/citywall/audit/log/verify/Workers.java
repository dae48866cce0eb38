// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Lets several threads work on a long sequence of tasks whose results are needed in order. Bounded:
 * whoever brings tasks takes results, too, and so what comes of them does not depend on how many
 * threads there are. Used by one thread.
 */
final class Workers<T> implements AutoCloseable {

  private final int most;
  private final ExecutorService pool;
  private final Consumer<T> results;
  private final Deque<Future<T>> pending = new ArrayDeque<>();

  Workers(String name, int threads, Consumer<T> results) {
    this.most = 4 * threads;
    this.results = results;
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
  }

  /** Brings a task; hands on the oldest result where enough of them wait. */
  void submit(Callable<T> task) {
    pending.add(pool.submit(task));
    while (pending.size() > most) {
      takeOne();
    }
  }

  /** Returns when the results of all tasks were handed on. */
  void drain() {
    while (!pending.isEmpty()) {
      takeOne();
    }
  }

  private void takeOne() {
    Future<T> oldest = pending.remove();
    boolean interrupted = false;
    while (true) {
      try {
        results.accept(oldest.get());
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}

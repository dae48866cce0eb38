// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.citywall.masking.MaskingErrorCode;

/**
 * Threads with stacks that hold the deepest tree within {@code StatementLimits.USUAL}: the grammar
 * and what walks its trees call themselves. Memory of a stack is used only where a statement needs
 * it.
 */
public final class AnalysisThreads {

  /** 20,000 chained operators, four times what the limits let through, take less. */
  private static final long STACK_BYTES = 64L << 20;

  private final ExecutorService threads;
  private final Duration deadline;

  /**
   * @param deadline how long a statement may take, waiting included
   */
  public AnalysisThreads(int count, Duration deadline) {
    this.deadline = deadline;
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(null, work, "statement-analysis", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What the work yields.
   *
   * @throws StatementRefused what the work throws, or {@code ANALYSER_FAILED} behind the deadline
   */
  public <T> T call(Callable<T> work) {
    Future<T> future = threads.submit(work);
    try {
      return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatementRefused refused) {
        throw refused;
      }
      // its message may hold a part of the statement
      throw new StatementRefused(
          MaskingErrorCode.ANALYSER_FAILED,
          Objects.requireNonNull(e.getCause()).getClass().getName(),
          -1);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new StatementRefused(
          MaskingErrorCode.ANALYSER_FAILED, "no answer within " + deadline, -1);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new StatementRefused(MaskingErrorCode.ANALYSER_FAILED, "interrupted", -1);
    }
  }
}

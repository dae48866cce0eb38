// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;

/**
 * Threads with stacks that hold the deepest tree within {@code StatementLimits.USUAL}: the grammar
 * and what walks its trees call themselves. Memory of a stack is used only where a statement needs
 * it.
 */
final class AnalysisThreads {

  /** 20,000 chained operators, four times what the limits let through, take less. */
  private static final long STACK_BYTES = 64L << 20;

  private final ExecutorService threads;
  private final Duration deadline;

  /**
   * @param deadline how long a statement may take, waiting included
   */
  AnalysisThreads(int count, Duration deadline) {
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

  <T> T call(Callable<T> work) {
    Future<T> future = threads.submit(work);
    try {
      return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatementRefused refused) {
        throw refused;
      }
      throw new IllegalStateException("a statement cannot be analysed", e.getCause());
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

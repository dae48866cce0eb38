// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.citywall.masking.MaskingErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a statement that takes too long, and ends a session that leaves its transaction open, or
 * whose statement does not end although it was cancelled. What a client sends without waiting for
 * answers counts as one statement until the database answers. Confined to the session's event loop.
 */
final class Deadlines {

  /** SQLSTATE of a statement that was cancelled. */
  private static final String CANCELLED = "57014";

  /** In the place of the database's own error. */
  static final Fault OVER = Fault.failing(MaskingErrorCode.STATEMENT_TIME_OVER, CANCELLED);

  private static final String IDLE_IN_TRANSACTION = "25P03";

  /** How long the database may take to cancel a statement. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final long FOR_EVER = Long.MAX_VALUE;

  private final Session session;
  private final Pipeline pipeline;
  private final long statement;
  private final long idleInTransaction;

  /** What the database owed first when it was asked to cancel. */
  private @Nullable Expected cancelled;

  Deadlines(Session session, Pipeline pipeline, WireLimits.Times times) {
    this.session = session;
    this.pipeline = pipeline;
    this.statement = nanos(times.statement());
    this.idleInTransaction = nanos(times.idleInTransaction());
  }

  private static long nanos(Duration time) {
    return time.isZero() ? FOR_EVER : time.toNanos();
  }

  /** Whether a statement that ended in this state was cancelled from here. */
  boolean isOver(String state) {
    boolean over = cancelled != null && state.equals(CANCELLED);
    if (over) {
      cancelled = null;
    }
    return over;
  }

  /** Looks from now on, until the session ends. */
  void watch(EventExecutor loop) {
    // nothing that begins after now has its deadline before this
    long shortest = Math.min(statement, idleInTransaction);
    if (shortest != FOR_EVER) {
      lookIn(shortest, shortest, loop);
    }
  }

  private void lookIn(long nanos, long shortest, EventExecutor loop) {
    Runnable look =
        () -> {
          if (!session.isClosed()) {
            lookIn(Math.min(left(), shortest), shortest, loop);
          }
        };
    loop.schedule(look, nanos, TimeUnit.NANOSECONDS);
  }

  /** Until something has to be done; does what has to be now. */
  private long left() {
    long since = System.nanoTime() - pipeline.currentSince();
    Expected current = pipeline.current();
    if (current != null) {
      return leftOf(current, since);
    }
    cancelled = null;
    if (!session.isIdleInTransaction()) {
      return FOR_EVER;
    }
    if (since >= idleInTransaction) {
      session.end(Fault.fatal(MaskingErrorCode.TRANSACTION_IDLE, IDLE_IN_TRANSACTION));
    }
    return idleInTransaction - since;
  }

  private long leftOf(Expected current, long since) {
    if (since < statement) {
      return statement - since;
    }
    if (current != cancelled) {
      cancelled = current;
      session.cancel();
    }
    long grace = statement + GRACE.toNanos();
    if (since >= grace) {
      session.end(Fault.fatal(MaskingErrorCode.STATEMENT_TIME_OVER, CANCELLED));
    }
    return grace - since;
  }
}

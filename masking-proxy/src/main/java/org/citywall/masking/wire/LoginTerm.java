// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.citywall.masking.MaskingErrorCode;

/**
 * Ends a session before the database forgets the login that its connection was made with: between
 * transactions where there is time for it, and at the end of the term whatever runs. What is
 * refused afterwards would be refused as if the person lacked a right.
 */
final class LoginTerm {

  /** How many times in what is left of a term it is asked whether there is another login. */
  private static final int TIMES = 8;

  private static final Duration LAST_MOMENT = Duration.ofMillis(500);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Wire wire;
  private final Session session;
  private final BackendUser user;

  LoginTerm(Wire wire, Session session, BackendUser user) {
    this.wire = wire;
    this.session = session;
    this.user = user;
  }

  void watch() {
    Duration left = user.left();
    if (left != null) {
      askAfter(left);
    }
  }

  private void askAfter(Duration left) {
    Duration next = left.dividedBy(TIMES);
    long end = System.nanoTime() + left.toNanos();
    if (next.compareTo(LOOK_EVERY) < 0) {
      end(end);
    } else {
      later(next, () -> ask(end));
    }
  }

  private void ask(long end) {
    CompletableFuture.supplyAsync(wire.config().backend().user(), wire.workers())
        .whenCompleteAsync(
            (now, failure) -> {
              Duration left = failure == null ? now.left() : null;
              if (left != null && now.name().equals(user.name())) {
                askAfter(left);
              } else {
                end(end);
              }
            },
            session.client().eventLoop());
  }

  private void end(long end) {
    boolean last = end - System.nanoTime() <= LAST_MOMENT.toNanos();
    if (session.isAtRest() || last) {
      session.end(Fault.fatal(MaskingErrorCode.LOGIN_ENDED, "57P01"));
    } else {
      later(LOOK_EVERY, () -> end(end));
    }
  }

  private void later(Duration time, Runnable act) {
    session
        .client()
        .eventLoop()
        .schedule(
            () -> {
              if (!session.isClosed()) {
                act.run();
              }
            },
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}

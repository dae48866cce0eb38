// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.correlation.LoginBurst.Attempt;
import org.citywall.correlation.LoginBurst.Piece;
import org.jspecify.annotations.Nullable;

/**
 * Log-ins from one place: recent attempts by event time, and a burst once enough of them failed
 * within the window. One try often leaves several records (sshd about an unknown account, PAM, sshd
 * about the password): failures are counted for each kind of record and the largest count holds.
 */
final class LoginCell extends KeyedState.Cell {

  /**
   * Thresholds of the rule; times in microseconds.
   *
   * @param failures failures that make a burst
   * @param attempts failures that are worth an alert without a success
   */
  record Thresholds(int failures, int attempts, long window, long then, long lateness) {

    static Thresholds of(RuleMetadata rule, EngineOptions options) {
      return new Thresholds(
          (int) rule.number("failures"),
          (int) rule.number("attempts"),
          rule.duration("window").toNanos() / 1000,
          rule.duration("then").toNanos() / 1000,
          options.lateness().toNanos() / 1000);
    }

    long lifeMicros() {
      return window + then + 2 * lateness;
    }
  }

  private final Thresholds limits;
  private final String key;
  private final String source;
  private final List<Attempt> recent = new ArrayList<>(4);
  private long newest = Long.MIN_VALUE;
  private @Nullable LoginBurst burst;

  /** {@code kept} is the burst that lasted when the engine before stopped, if there was one. */
  LoginCell(Thresholds limits, String key, String source, @Nullable Piece kept) {
    this.limits = limits;
    this.key = key;
    this.source = source;
    if (kept != null) {
      burst = new LoginBurst(kept);
      takeChanged();
    }
  }

  /** Counts a failure; false where it is too late or a duplicate. */
  boolean failure(Observation o, String account, Consumer<Signal> signals) {
    Attempt attempt = attempt(o, account, true);
    if (!remember(attempt)) {
      return false;
    }
    if (o.again()) {
      return true;
    }
    if (burst != null && burst.isOverAt(attempt.micros())) {
      burst = null;
    }
    int run = longestRun(attempt);
    if (burst != null) {
      burst.add(attempt);
    } else if (run >= limits.failures()) {
      burst = begin(attempt);
    }
    if (burst != null) {
      if (run >= limits.failures()) {
        burst.lastsBy(attempt, run, limits.then());
      }
      signal(o, burst, signals);
    }
    return true;
  }

  void success(Observation o, String account, Consumer<Signal> signals) {
    Attempt attempt = attempt(o, account, false);
    // The last failures may still be under way: kept until the window has passed.
    if (!remember(attempt) || o.again()) {
      return;
    }
    if (burst != null && burst.takesSuccessAt(attempt.micros())) {
      burst.add(attempt);
      signal(o, burst, signals);
    }
  }

  private Attempt attempt(Observation o, String account, boolean failed) {
    return new Attempt(o.micros(), o.leaf(), o.fingerprint(), kindOfRecord(o), account, failed);
  }

  private static String kindOfRecord(Observation o) {
    String provider = o.text(Field.EVENT_PROVIDER);
    String reporter = provider.isEmpty() ? o.text(Field.PROCESS_NAME) : provider;
    // sshd names this action twice for one try; other reasons are free text and must not count.
    String unknown = o.text(Field.EVENT_REASON).equals("invalid user") ? " unknown" : "";
    return reporter + ' ' + o.text(Field.EVENT_ACTION) + unknown;
  }

  private LoginBurst begin(Attempt attempt) {
    LoginBurst begun = new LoginBurst(attempt, limits.then());
    for (Attempt each : recent) {
      boolean inTime = each.micros() > attempt.micros() - limits.window();
      if (inTime && (each.failed() || each.micros() >= attempt.micros())) {
        begun.add(each);
      }
    }
    return begun;
  }

  private void signal(Observation o, LoginBurst current, Consumer<Signal> signals) {
    change();
    if (current.isGrave(limits.attempts())) {
      signals.accept(current.take(key, source, o.text(Field.HOST_NAME), o));
    }
  }

  // Ordered by time, then by leaf; false for a duplicate and for what is older than all windows.
  private boolean remember(Attempt attempt) {
    newest = Math.max(newest, attempt.micros());
    long horizon = newest - limits.window() - limits.lateness();
    if (attempt.micros() < horizon) {
      return false;
    }
    int place = recent.size();
    for (int i = 0; i < recent.size(); i++) {
      if (recent.get(i).fingerprint() == attempt.fingerprint()) {
        return false;
      }
    }
    while (place > 0 && recent.get(place - 1).micros() > attempt.micros()) {
      place--;
    }
    recent.add(place, attempt);
    int stale = 0;
    while (recent.get(stale).micros() < horizon || recent.size() - stale > 4 * limits.attempts()) {
      stale++;
    }
    recent.subList(0, stale).clear();
    return true;
  }

  // Most failures of one kind in a window that holds this attempt.
  private int longestRun(Attempt attempt) {
    List<Attempt> same = new ArrayList<>(recent.size());
    for (Attempt each : recent) {
      if (each.failed() && each.kind().equals(attempt.kind())) {
        same.add(each);
      }
    }
    int longest = 0;
    int first = 0;
    for (int last = 0; last < same.size(); last++) {
      while (same.get(last).micros() - same.get(first).micros() > limits.window()) {
        first++;
      }
      boolean holdsIt =
          same.get(first).micros() <= attempt.micros()
              && same.get(last).micros() >= attempt.micros();
      longest = holdsIt ? Math.max(longest, last - first + 1) : longest;
    }
    return longest;
  }

  @Override
  @Nullable Piece piece() {
    return burst == null ? null : burst.piece(key);
  }

  /** Forgets the burst where its newest entry was destroyed: all before it is older. */
  void forget(LongPredicate destroyed) {
    if (burst != null && destroyed.test(burst.newest())) {
      burst = null;
    }
  }

  boolean hasBurst() {
    return burst != null;
  }

  @Override
  long basis() {
    long basis = Long.MAX_VALUE;
    for (Attempt each : recent) {
      basis = Math.min(basis, each.leaf());
    }
    return basis;
  }
}

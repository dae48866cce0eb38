// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;
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

  private record Attempt(
      long micros, long leaf, long fingerprint, String kind, String account, boolean failed) {}

  /** What is known of a burst of failures while it lasts. */
  private static final class Burst {
    static final int MAX_ACCOUNTS = 1000;

    long basis = Long.MAX_VALUE;
    long freshSince = Long.MAX_VALUE;
    long day;
    long from;
    long until;
    int peak;
    boolean succeeded;
    String account = "";
    final Set<String> accounts = new HashSet<>();
    final Map<String, Long> failures = new HashMap<>();
    final LeafList fresh = new LeafList(4096);

    void add(Attempt attempt) {
      fresh.add(attempt.leaf());
      freshSince = Math.min(freshSince, attempt.micros());
      if (attempt.failed()) {
        failures.merge(attempt.kind(), 1L, Long::sum);
        account = succeeded ? account : attempt.account();
      } else {
        succeeded = true;
        account = attempt.account();
      }
      if (accounts.size() < MAX_ACCOUNTS) {
        accounts.add(attempt.account());
      }
    }
  }

  private final Thresholds limits;
  private final String key;
  private final String source;
  private final List<Attempt> recent = new ArrayList<>(4);
  private long newest = Long.MIN_VALUE;
  private @Nullable Burst burst;

  LoginCell(Thresholds limits, String key, String source) {
    this.limits = limits;
    this.key = key;
    this.source = source;
  }

  /** Counts a failure; false where it is too late or a duplicate. */
  boolean failure(Observation o, String account, Consumer<Signal> signals) {
    Attempt attempt = attempt(o, account, true);
    if (!remember(attempt)) {
      return false;
    }
    Burst current = burst;
    if (current != null
        && (attempt.micros() > current.until || DutyDay.of(attempt.micros()) > current.day)) {
      burst = null;
      current = null;
    }
    int run = longestRun(attempt);
    if (current != null) {
      current.add(attempt);
    } else if (run >= limits.failures()) {
      current = begin(attempt);
      burst = current;
    }
    if (current != null) {
      if (run >= limits.failures()) {
        current.peak = Math.max(current.peak, run);
        current.from = Math.min(current.from, attempt.micros());
        current.until = Math.max(current.until, attempt.micros() + limits.then());
      }
      signal(o, current, signals);
    }
    return true;
  }

  void success(Observation o, String account, Consumer<Signal> signals) {
    Attempt attempt = attempt(o, account, false);
    Burst current = burst;
    if (current == null || attempt.micros() < current.from) {
      // The last failures may still be under way: kept until the window has passed.
      remember(attempt);
    } else if (attempt.micros() <= current.until && remember(attempt)) {
      current.add(attempt);
      signal(o, current, signals);
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

  private Burst begin(Attempt attempt) {
    Burst begun = new Burst();
    begun.day = DutyDay.of(attempt.micros());
    begun.from = attempt.micros();
    begun.until = attempt.micros() + limits.then();
    for (Attempt each : recent) {
      begun.basis = Math.min(begun.basis, each.leaf());
      boolean inTime = each.micros() > attempt.micros() - limits.window();
      if (inTime && (each.failed() || each.micros() >= attempt.micros())) {
        begun.add(each);
      }
    }
    return begun;
  }

  private void signal(Observation o, Burst current, Consumer<Signal> signals) {
    if (!current.succeeded && current.peak < limits.attempts()) {
      return;
    }
    Evidence evidence =
        new Evidence(
            Micros.toInstant(current.freshSince),
            o.leaf(),
            current.basis,
            current.fresh.toList(),
            current.fresh.unlisted());
    current.fresh.clear();
    current.freshSince = Long.MAX_VALUE;
    long failures = current.failures.values().stream().max(Long::compare).orElse(0L);
    signals.accept(
        new Signal.Logins(
            key,
            "source:" + source,
            o.at(),
            evidence,
            source,
            current.account,
            o.text(Field.HOST_NAME),
            failures,
            current.peak,
            current.accounts.size(),
            current.succeeded));
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
  long basis() {
    long basis = burst == null ? Long.MAX_VALUE : burst.basis;
    for (Attempt each : recent) {
      basis = Math.min(basis, each.leaf());
    }
    return basis;
  }
}

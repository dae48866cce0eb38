// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.event.Micros;

/** A burst of failed log-ins from one place, while it lasts. Times are in microseconds. */
final class LoginBurst {

  private static final int MAX_ACCOUNTS = 1000;
  private static final int MAX_FRESH = 4096;

  /** A log-in that was tried; {@code kind} says which record told of it. */
  record Attempt(
      long micros, long leaf, long fingerprint, String kind, String account, boolean failed) {}

  /** A burst as it is kept; {@code key} is that of its cell. */
  record Piece(
      String key,
      long freshSince,
      long newest,
      long from,
      long until,
      int peak,
      boolean succeeded,
      String account,
      List<String> accounts,
      Map<String, Long> failures,
      LeafList.Kept fresh) {}

  private final Set<String> accounts = new HashSet<>();
  private final Map<String, Long> failures = new HashMap<>();
  private final LeafList fresh;
  private long freshSince = Long.MAX_VALUE;
  private long newest = -1;
  private long from;
  private long until;
  private int peak;
  private boolean succeeded;
  private String account = "";

  /** A burst that begins with this failure and lasts at least so long. */
  LoginBurst(Attempt first, long then) {
    fresh = new LeafList(MAX_FRESH);
    from = first.micros();
    until = first.micros() + then;
  }

  LoginBurst(Piece kept) {
    fresh = LeafList.of(MAX_FRESH, kept.fresh());
    accounts.addAll(kept.accounts());
    failures.putAll(kept.failures());
    freshSince = kept.freshSince();
    newest = kept.newest();
    from = kept.from();
    until = kept.until();
    peak = kept.peak();
    succeeded = kept.succeeded();
    account = kept.account();
  }

  Piece piece(String key) {
    return new Piece(
        key,
        freshSince,
        newest,
        from,
        until,
        peak,
        succeeded,
        account,
        List.copyOf(accounts),
        failures,
        fresh.kept());
  }

  void add(Attempt attempt) {
    fresh.add(attempt.leaf());
    newest = Math.max(newest, attempt.leaf());
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

  /** Goes on: {@code run} failures within one window hold this one. */
  void lastsBy(Attempt attempt, int run, long then) {
    peak = Math.max(peak, run);
    from = Math.min(from, attempt.micros());
    until = Math.max(until, attempt.micros() + then);
  }

  /** Leaf of the newest attempt. */
  long newest() {
    return newest;
  }

  boolean isOverAt(long micros) {
    return micros > until;
  }

  /** Whether a success at this time belongs to the burst. */
  boolean takesSuccessAt(long micros) {
    return micros >= from && micros <= until;
  }

  /** Whether it is worth a signal. */
  boolean isGrave(int attempts) {
    return succeeded || peak >= attempts;
  }

  /** The signal of what was added since the last one; {@code last} completed it. */
  Signal.Logins take(String key, String source, String host, Observation last) {
    Signal.Evidence evidence =
        new Signal.Evidence(
            Micros.toInstant(freshSince), last.leaf(), fresh.toList(), fresh.unlisted());
    fresh.clear();
    freshSince = Long.MAX_VALUE;
    return new Signal.Logins(
        key,
        "source:" + source,
        last.at(),
        evidence,
        source,
        account,
        host,
        failures.values().stream().max(Long::compare).orElse(0L),
        peak,
        accounts.size(),
        succeeded);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts attempts and failures by address, in bounded memory: beyond the policy's number of
 * addresses the one unseen for longest is forgotten. Safe for use by several threads.
 */
final class AddressLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final class Address {
    private Instant minuteStart = Instant.MIN;
    private int attempts;
    private Instant windowStart = Instant.MIN;
    private int failures;
    private Instant lockedUntil = Instant.MIN;
  }

  /** What an attempt meets; {@code first} where this attempt is the first to meet it. */
  record Barrier(Kind kind, Duration retryAfter, boolean first) {
    enum Kind {
      NONE,
      LOCKED,
      TOO_FAST
    }
  }

  private static final Barrier NONE = new Barrier(Barrier.Kind.NONE, Duration.ZERO, false);

  private final LockOutPolicy policy;
  private final Map<String, Address> addresses;

  AddressLimits(LockOutPolicy policy) {
    this.policy = policy;
    this.addresses =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Address> eldest) {
            return size() > policy.addresses();
          }
        };
  }

  /** Counts an attempt and says whether it may go on. */
  synchronized Barrier attempt(String address, Instant now) {
    Address seen = addresses.computeIfAbsent(address, key -> new Address());
    if (now.isBefore(seen.lockedUntil)) {
      return new Barrier(Barrier.Kind.LOCKED, Duration.between(now, seen.lockedUntil), false);
    }
    if (!now.isBefore(end(seen.minuteStart, MINUTE))) {
      seen.minuteStart = now;
      seen.attempts = 0;
    }
    seen.attempts++;
    if (seen.attempts > policy.attemptsPerMinute()) {
      return new Barrier(
          Barrier.Kind.TOO_FAST,
          Duration.between(now, end(seen.minuteStart, MINUTE)),
          seen.attempts == policy.attemptsPerMinute() + 1);
    }
    return NONE;
  }

  /** Counts a failure; true where it locks the address. */
  synchronized boolean failed(String address, Instant now) {
    Address seen = addresses.computeIfAbsent(address, key -> new Address());
    if (!now.isBefore(end(seen.windowStart, policy.window()))) {
      seen.windowStart = now;
      seen.failures = 0;
    }
    seen.failures++;
    if (seen.failures < policy.addressFailures()) {
      return false;
    }
    seen.failures = 0;
    seen.windowStart = Instant.MIN;
    seen.lockedUntil = now.plus(policy.duration());
    return true;
  }

  synchronized int size() {
    return addresses.size();
  }

  private static Instant end(Instant start, Duration length) {
    return start.equals(Instant.MIN) ? start : start.plus(length);
  }
}

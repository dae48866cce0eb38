// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.citywall.console.account.AddressLimits.Barrier;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  private final AddressLimits limits =
      new AddressLimits(
          new LockOutPolicy(5, 3, Duration.ofMinutes(15), Duration.ofMinutes(15), 4, 100));

  @Test
  void slowsAnAddressDownAndSaysSoOnce() {
    for (int i = 0; i < 4; i++) {
      assertThat(limits.attempt("a", NOW).kind()).isEqualTo(Barrier.Kind.NONE);
    }

    Barrier first = limits.attempt("a", NOW.plusSeconds(20));
    Barrier second = limits.attempt("a", NOW.plusSeconds(20));

    assertThat(first).isEqualTo(new Barrier(Barrier.Kind.TOO_FAST, Duration.ofSeconds(40), true));
    assertThat(second.first()).isFalse();
    assertThat(limits.attempt("b", NOW).kind()).isEqualTo(Barrier.Kind.NONE);
    assertThat(limits.attempt("a", NOW.plusSeconds(60)).kind()).isEqualTo(Barrier.Kind.NONE);
  }

  @Test
  void locksAnAddressForItsTime() {
    assertThat(limits.failed("a", NOW)).isFalse();
    assertThat(limits.failed("a", NOW)).isFalse();
    assertThat(limits.failed("a", NOW)).isTrue();

    assertThat(limits.attempt("a", NOW.plusSeconds(899)).kind()).isEqualTo(Barrier.Kind.LOCKED);
    assertThat(limits.attempt("a", NOW.plusSeconds(900)).kind()).isEqualTo(Barrier.Kind.NONE);
  }

  @Test
  void forgetsFailuresAfterTheWindow() {
    limits.failed("a", NOW);
    limits.failed("a", NOW);

    assertThat(limits.failed("a", NOW.plus(Duration.ofMinutes(15)))).isFalse();
  }

  @Test
  void remembersABoundedNumberOfAddresses() {
    for (int i = 0; i < 1000; i++) {
      limits.attempt("10.0.0." + i, NOW);
    }

    assertThat(limits.size()).isEqualTo(100);
  }
}

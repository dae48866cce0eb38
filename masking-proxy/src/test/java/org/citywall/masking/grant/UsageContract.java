// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

/** What every way to count has to keep to. */
abstract class UsageContract {

  static final Instant NOW = Instant.now(Clock.systemUTC());
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private int keys;

  /** Two proxies that count together; one and the same where only one can count. */
  abstract List<Usage> proxies();

  /** Another look at the same counts after a restart. */
  abstract Usage restarted() throws Exception;

  final UsageKey key() {
    return new UsageKey(getClass().getSimpleName() + System.identityHashCode(this) + keys++, LATER);
  }

  static Usage.Taken taken(CompletableFuture<Usage.Taken> result) {
    return result.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  @Test
  void takesNoMoreThanTheLimit() {
    Usage usage = proxies().getFirst();
    UsageKey key = key();

    assertThat(taken(usage.take(key, 2, 1))).isEqualTo(new Usage.Taken(1, 1));
    assertThat(taken(usage.take(key, 2, 1))).isEqualTo(new Usage.Taken(1, 0));
    assertThat(taken(usage.take(key, 2, 1))).isEqualTo(new Usage.Taken(0, 0));
    assertThat(usage.left(key, 2).join()).isZero();
    assertThat(usage.left(key, 5).join()).isEqualTo(3);
  }

  @Test
  void takesAllOrNothingAndPartsWhereTheyWillDo() {
    Usage usage = proxies().getFirst();
    UsageKey key = key();

    assertThat(taken(usage.take(key, 10, 11))).isEqualTo(new Usage.Taken(0, 10));
    assertThat(taken(usage.take(key, 10, 1, 7))).isEqualTo(new Usage.Taken(7, 3));
    assertThat(taken(usage.take(key, 10, 4, 7))).isEqualTo(new Usage.Taken(0, 3));
    assertThat(taken(usage.take(key, 10, 1, 7))).isEqualTo(new Usage.Taken(3, 0));
  }

  @Test
  void takesNothingMoreUnderALimitThatWasLowered() {
    Usage usage = proxies().getFirst();
    UsageKey key = key();
    taken(usage.take(key, 10, 8));

    assertThat(taken(usage.take(key, 5, 1))).isEqualTo(new Usage.Taken(0, 0));
  }

  @Test
  void takesAgainWhatWasGivenBack() throws Exception {
    Usage usage = proxies().getFirst();
    UsageKey key = key();
    taken(usage.take(key, 10, 10));

    usage.giveBack(key, 4);

    assertThat(taken(usage.take(key, 10, 1, 10))).isEqualTo(new Usage.Taken(4, 0));
    usage.giveBack(key, 1);
    usage.giveBack(key, 100);
    assertThat(taken(usage.take(key, 10, 3))).isEqualTo(new Usage.Taken(3, 7));
    assertThat(taken(restarted().take(key, 10, 1, 10))).isEqualTo(new Usage.Taken(7, 0));
  }

  @Test
  void takesNothingOfWhatHasExpired() {
    Usage usage = proxies().getFirst();

    assertThat(taken(usage.take(new UsageKey("expired", NOW.minusSeconds(5)), 9, 1)))
        .isEqualTo(new Usage.Taken(0, 0));
  }

  @Test
  void refusesWishesWithoutSense() {
    Usage usage = proxies().getFirst();

    assertThatThrownBy(() -> usage.take(key(), 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> usage.take(key(), -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> usage.take(key(), 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UsageKey("a\nb", LATER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void remembersAfterARestart() throws Exception {
    UsageKey key = key();
    taken(proxies().getFirst().take(key, 3, 2));

    assertThat(taken(restarted().take(key, 3, 1, 3))).isEqualTo(new Usage.Taken(1, 0));
  }

  @RandomizedTest(iterations = 3)
  void givesRacingProxiesTheLimitTogether(RandomGenerator random) {
    List<Usage> proxies = proxies();
    UsageKey key = key();
    long limit = random.nextInt(1, 60);
    List<CompletableFuture<Usage.Taken>> wishes = new ArrayList<>();

    for (int i = 0; i < 60; i++) {
      long least = random.nextInt(1, 3);
      Usage proxy = proxies.get(random.nextInt(proxies.size()));
      wishes.add(proxy.take(key, limit, least, least + random.nextInt(3)));
    }

    long sum = wishes.stream().map(UsageContract::taken).mapToLong(Usage.Taken::count).sum();
    assertThat(sum).isLessThanOrEqualTo(limit);
    assertThat(taken(proxies.getFirst().take(key, limit, 1, limit)).count()).isEqualTo(limit - sum);
  }

  @Test
  void givesASingleUseToOneOfTwoProxies() {
    for (int i = 0; i < 10; i++) {
      UsageKey key = key();
      List<CompletableFuture<Usage.Taken>> wishes = new ArrayList<>();
      proxies().forEach(proxy -> wishes.add(proxy.take(key, 1, 1)));
      proxies().forEach(proxy -> wishes.add(proxy.take(key, 1, 1)));

      assertThat(wishes.stream().map(UsageContract::taken).mapToLong(Usage.Taken::count).sum())
          .isEqualTo(1);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RandomizedTestTest {

  private static final Set<Long> DRAWN = new HashSet<>();

  @RandomizedTest(iterations = 5)
  void drawsAnewInEachIteration(RandomGenerator random) {
    assertThat(DRAWN.add(random.nextLong())).isTrue();
  }

  @AfterAll
  static void ranAllIterations() {
    assertThat(DRAWN.size()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void replaysFromTheMasterSeed() {
    long seed = RandomizedTestExtension.masterSeed("00000000deadbeef");

    long first = RandomizedTestExtension.generator(seed, "FooTest#bar", 3).nextLong();

    assertThat(seed).isEqualTo(0xDEADBEEFL);
    assertThat(RandomizedTestExtension.generator(seed, "FooTest#bar", 3).nextLong())
        .isEqualTo(first);
    assertThat(RandomizedTestExtension.generator(seed, "FooTest#bar", 4).nextLong())
        .isNotEqualTo(first);
    assertThat(RandomizedTestExtension.generator(seed + 1, "FooTest#bar", 3).nextLong())
        .isNotEqualTo(first);
  }

  @Test
  void tellsHowToReplayAFailure() {
    var failure = new AssertionError("found a bug");
    var iteration = new RandomizedTestExtension.Iteration("FooTest#bar", 3, 0xDEADBEEFL);

    assertThatThrownBy(() -> iteration.handleTestExecutionException(null, failure))
        .isSameAs(failure);

    assertThat(failure.getSuppressed()[0])
        .hasMessage("-Dtest=FooTest#bar -Dtests.seed=00000000deadbeef");
  }
}

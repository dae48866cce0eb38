// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.citywall.collect.SilencePolicy;
import org.junit.jupiter.api.Test;

class RhythmTest {

  private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");

  private final Rhythm rhythm = new Rhythm();
  private Instant now = START;

  @Test // #2
  void doesNotExpectABurstEachHourToGoOnWithinTheHour() {
    for (int hour = 0; hour < 12; hour++) {
      for (int record = 0; record < 20; record++) {
        rhythm.heard(now);
      }
      now = START.plus(Duration.ofHours(hour + 1L));
      assertThat(silence()).isNull();
    }

    now = now.plus(Duration.ofMinutes(61));
    assertThat(silence()).isNotNull();
  }

  @Test
  void expectsMoreOftenAgainWhatCameMoreOftenForDays() {
    hear(5, Duration.ofHours(2));
    hear(3 * 24 * 60, Duration.ofMinutes(1));
    now = now.plus(Duration.ofMinutes(30));

    assertThat(silence()).isNotNull();
  }

  @Test
  void doesNotLearnThatItIsSilentWhileNobodyListens() {
    hear(20, Duration.ofMinutes(1));
    Rhythm restarted = new Rhythm();
    restarted.restore(rhythm.memory());
    now = now.plus(Duration.ofHours(8));
    restarted.watchFrom(now);
    restarted.heard(now);
    now = now.plus(Duration.ofMinutes(6));

    assertThat(restarted.unreportedSilence(now, SilencePolicy.DEFAULT, null)).isNotNull();
  }

  private void hear(int times, Duration interval) {
    for (int i = 0; i < times; i++) {
      rhythm.heard(now);
      now = now.plus(interval);
    }
  }

  private Duration silence() {
    return rhythm.unreportedSilence(now, SilencePolicy.DEFAULT, null);
  }
}

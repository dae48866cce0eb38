// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MutableClockTest {

  @Test
  void movesOnlyWhenToldAndInEveryZone() {
    MutableClock clock = MutableClock.at("2026-03-01T15:40:00Z");
    var inHangzhou = clock.withZone(ZoneId.of("Asia/Shanghai"));

    clock.advance(Duration.ofMinutes(-10));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T15:30:00Z"));
    assertThat(inHangzhou.instant()).isEqualTo(clock.instant());
    assertThat(inHangzhou.getZone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
  }
}

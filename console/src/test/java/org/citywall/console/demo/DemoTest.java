// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EventId;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00.123456Z");

  @TempDir private Path folder;
  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at(NOW);

  @Test
  void seedsADataFolderOnlyOnce() {
    DemoWorld first = Demo.seed(folder, log, clock, 7, null);
    long size = log.size();
    clock.advance(Duration.ofDays(3));

    DemoWorld second = Demo.seed(folder, log, clock, 8, null);

    assertThat(first.seededNow()).isTrue();
    assertThat(first.entries()).isEqualTo(size).isGreaterThan(60_000);
    assertThat(second.seededNow()).isFalse();
    assertThat(second.entries()).isEqualTo(size);
    assertThat(log.size()).isEqualTo(size);
    assertThat(second.city().persons()).isEqualTo(first.city().persons());
    assertThat(second.city().stories()).isEqualTo(first.city().stories());
  }

  @Test
  void takesUpASeedingThatWasCutOff() {
    DemoCity city = DemoCity.of(7, Instant.parse("2026-11-20T02:00:00Z"));
    List<List<Entry>> days = new DemoHistory(city).days().limit(3).toList();
    days.forEach(log::append);
    new SeedMarker(folder.resolve("demo").resolve("seed"))
        .write(new SeedMarker.State(7, city.end(), 0, false));
    clock.advance(Duration.ofHours(5));

    DemoWorld world = Demo.seed(folder, log, clock, 8, null);

    assertThat(world.seededNow()).isTrue();
    assertThat(world.city().end()).isEqualTo(city.end());
    assertThat(log.size()).isEqualTo(world.entries());
    Set<EventId> ids = new HashSet<>();
    for (LoggedEntry entry : log.read(0, Integer.MAX_VALUE)) {
      ids.add(entry.event().id());
    }
    assertThat(ids).hasSize((int) world.entries());
  }

  @Test
  void triesAgainAfterTheLogRefused() {
    log.refuseAppends(true);
    assertThatThrownBy(() -> Demo.seed(folder, log, clock, 7, null))
        .isInstanceOf(PlatformException.class);
    log.refuseAppends(false);

    DemoWorld world = Demo.seed(folder, log, clock, 7, null);

    assertThat(world.seededNow()).isTrue();
    assertThat(log.size()).isEqualTo(world.entries());
  }
}

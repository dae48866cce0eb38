// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.subject.SubjectKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an evidence log with the demo city's history, once for each data folder. */
public final class Demo {

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final int BATCH = 2_000;

  private Demo() {}

  /**
   * Seeds the log, unless this data folder was seeded before: then the city is the one of that
   * time, whatever seed is given. Seeding that a crash cut off is taken up again; what the log has
   * already is not recorded twice.
   *
   * @param dataDir data folder; the marker is {@code demo/seed} in it
   * @param key under which residents are told apart; null where they are not
   */
  public static DemoWorld seed(
      Path dataDir, EvidenceLog log, Clock clock, long seed, @Nullable SubjectKey key) {
    SeedMarker marker = new SeedMarker(dataDir.resolve("demo").resolve("seed"));
    Optional<SeedMarker.State> before = marker.read();
    if (before.isPresent() && before.get().complete()) {
      DemoCity city = DemoCity.of(before.get().seed(), before.get().end());
      return new DemoWorld(city, before.get().entries(), false);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    SeedMarker.State state = before.orElse(new SeedMarker.State(seed, now, 0, false));
    marker.write(state);
    DemoCity city = DemoCity.of(state.seed(), state.end());
    long entries = append(city, log, key);
    marker.write(new SeedMarker.State(state.seed(), state.end(), entries, true));
    LOG.atInfo().addKeyValue("entries", entries).log("demo city seeded");
    return new DemoWorld(city, entries, true);
  }

  private static long append(DemoCity city, EvidenceLog log, @Nullable SubjectKey key) {
    long count = 0;
    Iterable<List<Entry>> days = new DemoHistory(city, key).days()::iterator;
    for (List<Entry> day : days) {
      for (int from = 0; from < day.size(); from += BATCH) {
        log.append(day.subList(from, Math.min(from + BATCH, day.size())));
      }
      count += day.size();
    }
    return count;
  }
}

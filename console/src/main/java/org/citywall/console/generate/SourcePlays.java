// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import org.citywall.audit.event.Field;

/** Scenarios of where records come from: 14, 15, 37. */
final class SourcePlays {

  private SourcePlays() {}

  /** An audit source is silent, or records of it are lost. */
  static void auditGap(Script s) {
    s.begin(9, 16, 1);
    String origin = s.database();
    if (s.is(Kind.BENIGN)) {
      s.ticket("MAINTENANCE", origin, 0, 8 * Script.HOUR);
    }
    if (!s.is(Kind.NEAR_MISS) && s.random().nextBoolean()) {
      long lost = s.draw("records-lost");
      s.decisive(s.add(s.facts().report(s.at(), "source-gap", origin).skipped(lost)));
      return;
    }
    long seconds = s.draw("seconds-silent");
    long start = s.at();
    s.silence(origin, seconds * Script.SECOND);
    s.moveTo(start + Math.min(seconds, 300) * Script.SECOND);
    Draft silent =
        s.add(s.facts().report(s.at(), "source-silent", origin))
            .put(Field.GOV_SILENCE_SECONDS, Math.min(seconds, 300));
    s.decisive(silent);
    s.moveTo(start + seconds * Script.SECOND);
    s.add(s.facts().report(s.at(), "source-resumed", origin))
        .put(Field.GOV_SILENCE_SECONDS, seconds);
  }

  /** A host's clock is set back. */
  static void clock(Script s) {
    s.begin(0, 20, 1, day -> true);
    String host = s.freshName("node-");
    String source = "syslog-tls/" + host;
    s.actor(source);
    long step = s.draw("seconds-back");
    long events = s.draw("events");
    if (s.is(Kind.BENIGN)) {
      s.ticket("MAINTENANCE", source, 0, 6 * Script.HOUR);
    }
    for (long i = 0; i < events * 2; i++) {
      Draft draft = s.add(s.facts().cron(s.at(), host));
      if (i >= events) {
        draft.clockError(-step * Script.SECOND);
        if (step > 120) {
          draft.put(Field.GOV_CLOCK_SKEW, -step * Script.SECOND - (draft.received() - draft.at()));
        }
      }
      if (i == events) {
        s.decisive(draft);
      }
      s.pass(20 * Script.SECOND, 100 * Script.SECOND);
    }
  }

  /** Several districts report the same account. */
  static void mirror(Script s) {
    s.begin(8, 9, 14, day -> true);
    long districts = s.draw("districts");
    long hours = s.draw("hours-in-all");
    String digest = s.city().marks().of("sighting", s.random().nextLong());
    s.actor(digest);
    if (s.is(Kind.BENIGN)) {
      s.staging().sharedSightings().add(digest);
    }
    List<String> regions = List.of("339902", "339903", "339904", "339921", "339922", "339981");
    int first = s.random().nextInt(regions.size());
    for (int i = 0; i < Math.max(2, districts); i++) {
      String region = regions.get((first + (int) (i % districts)) % regions.size());
      Draft draft =
          s.add(
              new Draft(s.at(), "tier/" + region)
                  .put(Field.EVENT_KIND, "event")
                  .put(Field.EVENT_DATASET, "citywall.sighting")
                  .put(Field.EVENT_CATEGORY, List.of("threat"))
                  .put(Field.EVENT_TYPE, List.of("indicator"))
                  .put(Field.EVENT_ACTION, "sighting-reported")
                  .put(Field.GOV_SITE, region)
                  .put(Field.GOV_TIER, "district")
                  .put(Field.GOV_INCIDENT_ID, s.freshName("INC-" + region + "-"))
                  .put(Field.GOV_SIGHTING_DIGEST, digest));
      if (s.is(Kind.BENIGN)) {
        draft.put(Field.GOV_VENDOR_ID, "V01");
      }
      if (i == 1) {
        s.decisive(draft);
      }
      s.pass(hours * Script.HOUR / Math.max(1, Math.max(2, districts) - 1));
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;
import org.jspecify.annotations.Nullable;

/**
 * Scenario 2: somebody looks at more and more different people, far more than those who do the same
 * work. People are counted by account and slice of ten days, in sketches whose union counts a month
 * or a quarter; an account is judged with its first access of each day.
 */
final class SlowDrip {

  private static final long DAY = 86_400_000_000L;
  private static final long SLICE_DAYS = 10;

  /** Below the registers, so that it is none of them. */
  private static final long JUDGED = -1;

  private SlowDrip() {}

  static Setup of(RuleMetadata rule, Dossiers dossiers) {
    Duration window = Duration.ofDays(SLICE_DAYS);
    return new Setup(
        rule,
        Set.of(FactKind.ACCESS),
        window,
        rule.duration("keep"),
        50,
        SlowDrip::people,
        (r, trail, fact, context, out) -> judge(r, dossiers, trail, fact, context, out));
  }

  private static void people(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    if (!context.peers(fact.person()).isEmpty()
        && !fact.texts(Field.GOV_SUBJECTS_DIGESTS).isEmpty()) {
      memory.add(key(fact.account(), slice(fact.micros())), "", 1);
    }
  }

  private static long slice(long micros) {
    return Math.floorDiv(micros, SLICE_DAYS * DAY);
  }

  private static String key(String account, long slice) {
    return account + ' ' + slice;
  }

  private static void judge(
      RuleMetadata rule,
      Dossiers dossiers,
      Trail trail,
      Fact fact,
      ContextIndex context,
      Crossings out) {
    long day = Math.floorDiv(fact.micros(), DAY);
    if (trail.number(JUDGED, 0) != day) {
      trail.put(JUDGED, day);
      long since = dossiers.roleChanged(fact);
      judge(rule, trail, fact, context, out, since, 1);
      judge(rule, trail, fact, context, out, since, 3);
    }
    fact.texts(Field.GOV_SUBJECTS_DIGESTS).forEach(each -> DistinctSketch.add(trail, each));
  }

  /** Three periods of so many slices each. */
  private static void judge(
      RuleMetadata rule,
      Trail trail,
      Fact fact,
      ContextIndex context,
      Crossings out,
      long since,
      int slices) {
    List<String> peers = context.peers(fact.person());
    long last = slice(fact.micros());
    boolean sameWork = since <= (last - 3L * slices + 1) * SLICE_DAYS * DAY;
    long persons = count(out, fact.account(), last, 3 * slices);
    if (!sameWork || peers.size() <= rule.number("peers") || persons < rule.number("persons")) {
      return;
    }
    long now = count(out, fact.account(), last, slices);
    long before = count(out, fact.account(), last - slices, slices);
    long first = count(out, fact.account(), last - 2L * slices, slices);
    List<Long> others = new ArrayList<>();
    for (String peer : peers) {
      if (!peer.equals(fact.account())) {
        others.add(count(out, peer, last, 3 * slices));
      }
    }
    long usual = Volumes.quantile(others, 50, 100);
    if (first < before && before < now && first > 0 && persons > usual * rule.number("times")) {
      out.of(rule, "drip", fact, trail)
          .group(fact.account())
          .with("persons", persons)
          .with("days", 3 * slices * SLICE_DAYS)
          .with("period", slices * SLICE_DAYS)
          .with("first", first)
          .with("before", before)
          .with("now", now)
          .with("usual", usual)
          .with("peers", others.size())
          .with("times", rule.number("times"))
          .with("least", rule.number("persons"))
          .emit();
    }
  }

  private static long count(Crossings out, String account, long last, int slices) {
    List<Trail> trails = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      @Nullable Trail trail = out.others().apply(key(account, last - i));
      if (trail != null) {
        trails.add(trail);
      }
    }
    return DistinctSketch.estimate(trails);
  }
}

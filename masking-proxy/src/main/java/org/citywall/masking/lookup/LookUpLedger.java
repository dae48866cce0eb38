// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.lookup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.masking.grant.Usage;
import org.citywall.masking.grant.UsageKey;
import org.citywall.masking.identifier.SubjectIdentifier;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.wire.Access;
import org.citywall.masking.wire.BudgetNotice;
import org.citywall.masking.wire.LookUpBook;
import org.citywall.masking.wire.LookUpTrace;
import org.citywall.masking.wire.LookedUp;
import org.citywall.masking.wire.Recorder;
import org.citywall.masking.wire.SubjectBook;
import org.jspecify.annotations.Nullable;

/**
 * Counts each value that is looked up against the budget of its person, column and period. Periods
 * follow each other without a gap, days from midnight in China. Safe for use by several threads.
 */
public final class LookUpLedger implements LookUpBook {

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  /** Tenths of a budget from which on it nears its end. */
  private static final long NEAR = 8;

  private final Usage usage;
  private final Recorder recorder;
  private final Supplier<ValueDigest> digest;
  private final SubjectBook subjects;
  private final Clock clock;

  /**
   * @param digest makes what stands for a value in the record, by the key of the moment; where it
   *     fails nothing can be looked up
   * @param subjects tells which values are identifiers of persons
   */
  public LookUpLedger(
      Usage usage,
      Recorder recorder,
      Supplier<ValueDigest> digest,
      SubjectBook subjects,
      Clock clock) {
    this.usage = usage;
    this.recorder = recorder;
    this.digest = digest;
    this.subjects = subjects;
    this.clock = clock;
  }

  /** Values of one column. */
  private record Wish(String column, LookUpRight right) {}

  @Override
  public CompletableFuture<Outcome> count(Access access, List<LookedUp> values) {
    try {
      return take(access, values, digest.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Outcome> take(
      Access access, List<LookedUp> values, ValueDigest digests) {
    Map<Wish, Long> wishes = new LinkedHashMap<>();
    List<LookUpTrace> traces = new ArrayList<>();
    for (LookedUp value : values) {
      LookUpRight right = value.right();
      wishes.merge(new Wish(right.table() + "." + right.column(), right), 1L, Long::sum);
      traces.add(
          new LookUpTrace(
              right.table(),
              right.column(),
              right.grant(),
              digests.of(value.value()),
              subject(value)));
    }
    CompletableFuture<Outcome> outcome =
        CompletableFuture.completedFuture(new Outcome.Counted(traces));
    for (Map.Entry<Wish, Long> wish : wishes.entrySet()) {
      outcome =
          outcome.thenCompose(
              before ->
                  before instanceof Outcome.Counted
                      ? take(access, wish.getKey(), wish.getValue(), before)
                      : CompletableFuture.completedFuture(before));
    }
    return outcome;
  }

  private @Nullable Long subject(LookedUp value) {
    SubjectKey key = subjects.key();
    return key != null && value.right().column().equals(subjects.column(value.right().table()))
        ? SubjectIdentifier.canonical(value.value().reveal()).map(key::hash).orElse(null)
        : null;
  }

  private CompletableFuture<Outcome> take(Access access, Wish wish, long count, Outcome counted) {
    LookUpRight right = wish.right();
    Instant begin = begin(right.period());
    Instant refill = begin.plus(right.period());
    String name =
        String.join(
            "/",
            "look-up",
            escaped(access.actor().name()),
            escaped(wish.column()),
            Long.toString(begin.getEpochSecond()));
    return usage
        .take(new UsageKey(name, refill), right.values(), count)
        .thenApply(
            taken -> {
              long used = right.values() - taken.left();
              boolean spent = taken.count() < count;
              if (spent || isNear(used, right) && !isNear(used - count, right)) {
                recorder.budget(new BudgetNotice(access, right, used, refill, spent));
              }
              return spent ? new Outcome.Spent(right, refill) : counted;
            });
  }

  private static boolean isNear(long used, LookUpRight right) {
    return used * 10 >= right.values() * NEAR;
  }

  private Instant begin(Duration period) {
    long offset = ZONE.getTotalSeconds();
    long now = clock.instant().getEpochSecond() + offset;
    long length = Math.max(1, period.toSeconds());
    return Instant.ofEpochSecond(Math.floorDiv(now, length) * length - offset);
  }

  /** Parts of a name stay apart whatever they hold. */
  private static String escaped(String part) {
    return part.replace("%", "%25").replace("/", "%2F");
  }
}

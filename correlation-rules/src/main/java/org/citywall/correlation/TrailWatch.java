// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.citywall.correlation.Trail.Mark;
import org.jspecify.annotations.Nullable;

/** A watch that reads facts into trails by key and judges a trail each time it grows. */
final class TrailWatch implements Watch {

  /** Picks facts and says under which key what of them is remembered. */
  @FunctionalInterface
  interface Reader {
    void read(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory);
  }

  /** Decides over a trail that this fact has just been added to. */
  @FunctionalInterface
  interface Judge {
    void judge(RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out);
  }

  /** Where a reader puts what is to be remembered. */
  interface Memory {
    /** Remembers it; the key may be new. */
    void add(String key, String text, long number);

    /** Remembers it where the key is known already. */
    void addIfKnown(String key, String text, long number);

    /** Adds to a sum, as {@link Trail#addTo}, and remembers no more; nothing is judged. */
    void sum(String key, long bucket, long amount, long oldest);
  }

  /**
   * How a watch works.
   *
   * @param window how far back marks of a trail go
   * @param keep how long a trail lasts without a new mark
   * @param most marks of a trail
   */
  record Setup(
      RuleMetadata rule,
      Set<FactKind> kinds,
      Duration window,
      Duration keep,
      int most,
      Reader reader,
      Judge judge) {

    /** Marks go back by the rule's threshold {@code window}, and trails last as long. */
    static Setup of(RuleMetadata rule, int most, Set<FactKind> kinds, Reader reader, Judge judge) {
      Duration window = rule.duration("window");
      return new Setup(rule, kinds, window, window, most, reader, judge);
    }
  }

  private final Setup setup;
  private final String prefix;
  private final long window;
  private final KeyedState<Trail> trails;

  TrailWatch(Setup setup, EngineOptions options, Map<String, String> lasting) {
    this.setup = setup;
    prefix = "w/" + setup.rule().id() + '/';
    window = setup.window().toNanos() / 1000;
    trails = new KeyedState<>(options.maxKeys(), options.idleMicros(setup.keep()));
    LastingPieces.read(lasting, prefix, Trail.Piece.class).stream()
        .sorted(Comparator.comparingLong(Trail.Piece::touched).thenComparing(Trail.Piece::key))
        .forEach(piece -> trails.restore(piece.key(), new Trail(piece), piece.touched()));
  }

  /** The trail of this key, or null. */
  @Nullable Trail peek(String key) {
    return trails.peek(Bounded.of(key));
  }

  @Override
  public Set<FactKind> kinds() {
    return setup.kinds();
  }

  @Override
  public void see(Fact fact, ContextIndex context, Crossings given) {
    Crossings out = given.among(this::peek);
    setup
        .reader()
        .read(
            setup.rule(),
            fact,
            context,
            new Memory() {
              @Override
              public void add(String key, String text, long number) {
                String bounded = Bounded.of(key);
                judge(trails.touch(bounded, fact.clock(), Trail::new), text, number);
              }

              @Override
              public void addIfKnown(String key, String text, long number) {
                Trail trail = trails.find(Bounded.of(key), fact.clock());
                if (trail != null) {
                  judge(trail, text, number);
                }
              }

              @Override
              public void sum(String key, long bucket, long amount, long oldest) {
                Trail trail = trails.touch(Bounded.of(key), fact.clock(), Trail::new);
                trail.saw(fact.leaf());
                trail.addTo(bucket, amount, oldest);
              }

              private void judge(Trail trail, String text, long number) {
                Mark mark = new Mark(fact.micros(), fact.leaf(), text, number, false);
                if (trail.add(mark, window, setup.most())) {
                  setup.judge().judge(setup.rule(), trail, fact, context, out);
                } else {
                  trail.change(); // it was touched
                }
              }
            });
  }

  @Override
  public void forget(LongPredicate destroyed) {
    trails.removeIf(trail -> trail.forget(destroyed));
  }

  @Override
  public void expire(long clock) {
    trails.expire(clock);
  }

  @Override
  public void pieces(LastingPieces pieces) {
    trails.forEach((key, trail) -> pieces.add(prefix + trail.name(), trail));
  }

  @Override
  public int size() {
    return trails.size();
  }

  @Override
  public long evictions() {
    return trails.evictions();
  }
}

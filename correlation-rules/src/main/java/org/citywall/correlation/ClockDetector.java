// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Trail.Mark;

/**
 * Compares the clock of each host with the time of receipt, in the order in which its source
 * numbered the events (scenario 15): steps back, steps ahead, and a clock that drifts. A late
 * delivery is neither: it makes an event look old, but those after it are no older. The first event
 * of a host calibrates.
 */
final class ClockDetector implements Detector {

  private static final String PREFIX = "clock/";
  private static final long MINUTE = 60_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private static final long SEQUENCE = 0;
  private static final long EPOCH = 1;
  private static final long NEWEST = 2;
  private static final long BEHIND = 3;
  private static final long SKEW = 4;
  private static final long AHEAD = 5;
  private static final long THIS_MINUTE = 6;
  private static final long BEST = 7;
  private static final long DRIFTING = 8;
  private static final long LAST_BEST = 9;
  private static final long SHIFTED = 10;
  private static final long SHIFTED_TO = 11;
  private static final long SHIFTED_SINCE = 12;

  private final RuleMetadata rule;
  private final KeyedState<Trail> hosts;
  private final long step;
  private final long drift;
  private final long confirm;
  private final long minutes;

  ClockDetector(RuleMetadata rule, EngineOptions options, Map<String, String> lasting) {
    this.rule = rule;
    step = rule.duration("step").toNanos() / 1000;
    drift = rule.duration("drift").toNanos() / 1000;
    confirm = rule.number("events");
    minutes = rule.number("minutes");
    hosts = new KeyedState<>(options.maxKeys(), options.idleMicros(rule.duration("keep")));
    LastingPieces.read(lasting, PREFIX, Trail.Piece.class).stream()
        .sorted(Comparator.comparingLong(Trail.Piece::touched).thenComparing(Trail.Piece::key))
        .forEach(piece -> hosts.restore(piece.key(), new Trail(piece), piece.touched()));
  }

  @Override
  public void observe(Observation o, ContextIndex context, Consumer<Signal> signals) {
    if (o.again()) {
      return;
    }
    String source = o.event().position().source();
    String host = o.text(Field.HOST_NAME);
    String key = Bounded.of(host.isEmpty() ? source : source + ' ' + host);
    Trail clock = hosts.touch(key, o.clock(), Trail::new);
    clock.saw(o.leaf());
    long sequence = o.event().position().sequence();
    boolean sameEpoch = clock.number(EPOCH, NEVER) == o.event().position().epoch();
    if (sameEpoch && sequence <= clock.number(SEQUENCE, NEVER)) {
      clock.change(); // it was touched
      return;
    }
    clock.put(EPOCH, o.event().position().epoch());
    clock.put(SEQUENCE, sequence);
    look(o, clock, context, signals);
  }

  private void look(Observation o, Trail clock, ContextIndex context, Consumer<Signal> signals) {
    long said = o.event().timestampMicros();
    long skew = said - o.event().receivedMicros();
    long newest = clock.number(NEWEST, NEVER);
    boolean behind = newest != NEVER && said < newest - step;
    boolean ahead = clock.number(SKEW, skew) + step < skew;
    boolean shifted = isShifted(o, clock, skew);
    if (behind || ahead || shifted) {
      clock.add(new Mark(o.event().receivedMicros(), o.leaf(), "", skew, false), 60 * MINUTE, 20);
    }
    clock.put(BEHIND, behind ? clock.number(BEHIND, 0) + 1 : 0);
    clock.put(AHEAD, ahead ? clock.number(AHEAD, 0) + 1 : 0);
    if (clock.number(BEHIND, 0) >= confirm) {
      signal(o, clock, context, "step-back", newest - said, signals);
      rebase(clock, said, skew);
    } else if (clock.number(AHEAD, 0) >= confirm) {
      signal(o, clock, context, "step-ahead", skew - clock.number(SKEW, skew), signals);
      rebase(clock, said, skew);
    } else if (shifted
        && clock.number(SHIFTED, 0) >= confirm
        && o.event().receivedMicros() - clock.number(SHIFTED_SINCE, 0) >= MINUTE) {
      signal(o, clock, context, "step-back", clock.number(SKEW, skew) - skew, signals);
      rebase(clock, said, skew);
    } else if (!behind && !ahead && !shifted) {
      clock.put(NEWEST, Math.max(newest, said));
      minute(o, clock, skew, context, signals);
    }
  }

  /**
   * Where a host tells little, no event looks older than the one before after a step back; but all
   * are late by the same from then on. What was kept back on the way is late by more and less.
   */
  private boolean isShifted(Observation o, Trail clock, long skew) {
    if (clock.number(SKEW, skew) - step <= skew) {
      clock.put(SHIFTED, 0);
      return false;
    }
    boolean goesOn =
        clock.number(SHIFTED, 0) > 0 && Math.abs(clock.number(SHIFTED_TO, skew) - skew) <= drift;
    if (goesOn) {
      clock.put(SHIFTED, clock.number(SHIFTED, 0) + 1);
      return true;
    }
    boolean first = clock.number(SHIFTED, 0) == 0;
    clock.put(SHIFTED, 1);
    clock.put(SHIFTED_TO, skew);
    clock.put(SHIFTED_SINCE, o.event().receivedMicros());
    return first;
  }

  private static void rebase(Trail clock, long said, long skew) {
    clock.put(NEWEST, said);
    clock.put(SKEW, skew);
    clock.put(BEST, skew);
    clock.put(LAST_BEST, skew);
    clock.put(BEHIND, 0);
    clock.put(AHEAD, 0);
    clock.put(DRIFTING, 0);
    clock.put(SHIFTED, 0);
  }

  // The quickest delivery of a minute shows the clock best; minutes follow each other.
  private void minute(
      Observation o, Trail clock, long skew, ContextIndex context, Consumer<Signal> signals) {
    long minute = Math.floorDiv(o.event().receivedMicros(), MINUTE);
    long current = clock.number(THIS_MINUTE, NEVER);
    if (minute == current) {
      clock.put(BEST, Math.max(clock.number(BEST, skew), skew));
      return;
    }
    long best = clock.number(BEST, skew);
    long moved = best - clock.number(LAST_BEST, best);
    boolean drifts = current != NEVER && minute - current == 1 && Math.abs(moved) > drift;
    long run = clock.number(DRIFTING, 0);
    boolean sameWay = run == 0 || run > 0 == moved > 0;
    long longer = drifts ? (sameWay ? run : 0) + (moved > 0 ? 1 : -1) : 0;
    clock.put(DRIFTING, longer);
    clock.put(LAST_BEST, best);
    clock.put(SKEW, best);
    clock.put(THIS_MINUTE, minute);
    clock.put(BEST, skew);
    if (Math.abs(longer) >= minutes) {
      clock.add(new Mark(o.event().receivedMicros(), o.leaf(), "", skew, false), 60 * MINUTE, 20);
      signal(o, clock, context, "drift", Math.abs(moved), signals);
      clock.put(DRIFTING, 0);
    }
  }

  private void signal(
      Observation o,
      Trail clock,
      ContextIndex context,
      String variant,
      long moved,
      Consumer<Signal> signals) {
    // By the time of receipt: what the host says of the time is what is in doubt, and an approval
    // must be looked for when it happened.
    long received = o.event().receivedMicros();
    Observation at = new Observation(o.entry(), received, o.clock(), o.again());
    Fact fact = Fact.of(at, Set.of(), o.clock(), context);
    Crossings.sending(o.leaf(), signals)
        .of(rule, variant, fact, clock)
        .about("origin:" + o.event().position().source())
        .subject(o.event().position().source())
        .subject(o.text(Field.HOST_NAME))
        .with("clock", clock.key())
        .with("seconds", moved / 1_000_000)
        .with("limit", rule.duration(variant.equals("drift") ? "drift" : "step"))
        .with("minutes", minutes)
        .with("events", confirm)
        .emit();
  }

  @Override
  public void tick(long clock, long leaf, Consumer<Signal> signals) {
    hosts.expire(clock);
  }

  @Override
  public void forget(LongPredicate destroyed) {
    hosts.removeIf(clock -> clock.forget(destroyed));
  }

  @Override
  public long basis() {
    return Long.MAX_VALUE;
  }

  @Override
  public void pieces(LastingPieces pieces) {
    hosts.forEach((key, cell) -> pieces.add(PREFIX + cell.name(), cell));
  }

  @Override
  public int size() {
    return hosts.size();
  }

  @Override
  public long evictions() {
    return hosts.evictions();
  }

  @Override
  public long late() {
    return 0;
  }
}

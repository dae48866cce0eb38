// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.citywall.correlation.SigmaHits.Counts;
import org.citywall.correlation.sigma.CanaryRun;
import org.citywall.correlation.sigma.SigmaEngine;
import org.citywall.correlation.sigma.SigmaEvent;
import org.citywall.correlation.sigma.SigmaRule;
import org.jspecify.annotations.Nullable;

/**
 * Runs Sigma rules. Rules about single events speak at once; correlations when the clock of ticks
 * says that no event can come before the one that completes them, so that nothing depends on the
 * order of arrival within the lateness. What correlations counted is kept by {@link SigmaJournal};
 * only events that still wait, or whose repetition would be told from them, are read again.
 */
final class SigmaDetector implements Detector {

  static final String EVENT = "sigma-event";
  static final String CORRELATION = "sigma-correlation";

  private static final String FROM = "sigma/from";
  private static final int MOST_KEPT = 500_000;
  private static final int MOST_WAITING = 200_000;
  private static final int MOST_SEEN = 500_000;
  private static final long EXPIRE_EVERY = 10_000_000;
  private static final long HOUR = 3_600_000_000L;

  /** An event that matched, so that it is known when it comes again. */
  private record Seen(long leaf, long clock) {}

  /** First leaf that a restart must evaluate again. */
  private record FromPiece(long leaf) {}

  private static final class From extends KeyedState.Cell {
    private long leaf;

    void move(long to) {
      if (to != leaf) {
        leaf = to;
        change();
      }
    }

    @Override
    FromPiece piece() {
      return new FromPiece(leaf);
    }
  }

  /** Rules that are compiled and wait to be put in force. */
  static final class Prepared {
    private final SigmaSet set;
    private final SigmaEngine engine;
    private final CanaryRun canaries;
    private final Consumers recorder;

    private Prepared(SigmaSet set, EngineOptions options) {
      this.set = set;
      this.recorder = new Consumers();
      this.engine =
          new SigmaEngine(
              set.rules(),
              new SigmaEngine.Limits(
                  options.lateness(),
                  options.lateness().multipliedBy(2),
                  100_000,
                  MOST_KEPT,
                  MOST_WAITING),
              recorder);
      this.canaries = CanaryRun.of(set.rules(), engine);
    }
  }

  /** Passes on what is counted, once there is somebody to pass it on to. */
  private static final class Consumers implements SigmaEngine.Recorder {
    private SigmaEngine.@Nullable Recorder target;

    @Override
    public void counted(SigmaEngine.Counted counted) {
      if (target != null) {
        target.counted(counted);
      }
    }
  }

  private final EngineOptions options;
  private final long applied;
  private final long lateness;
  private final long from;
  private final SigmaJournal journal;
  private final Counts counts = new Counts();
  private final From fromCell = new From();
  private final LinkedHashMap<Long, Seen> seen = new LinkedHashMap<>();
  private Prepared running;
  private SigmaHits hits;
  private long clock;
  private long expired;
  private long canariesDone;
  private long lastLeaf = -1;
  private long nextLeaf;
  private @Nullable Instant lastReceived;

  SigmaDetector(SigmaSet set, EngineOptions options, ResumePoint resume) {
    this.options = options;
    this.applied = resume.appliedLeaf();
    this.lateness = options.lateness().toNanos() / 1000;
    this.journal = new SigmaJournal(MOST_KEPT, resume.lasting());
    this.from =
        LastingPieces.read(resume.lasting(), FROM, FromPiece.class).stream()
            .mapToLong(FromPiece::leaf)
            .findFirst()
            .orElse(0);
    this.running = prepare(set);
    this.hits = new SigmaHits(set, counts);
    start(running);
  }

  /** Compiles rules; may be called by any thread. */
  Prepared prepare(SigmaSet set) {
    return new Prepared(set, options);
  }

  /** Exchanges the rules between two entries. */
  void use(Prepared next) {
    SigmaEngine before = running.engine;
    running = next;
    hits = new SigmaHits(next.set, counts);
    start(next);
    next.engine.continueFrom(before);
  }

  private void start(Prepared prepared) {
    journal.forEach(prepared.engine::restore);
    prepared.recorder.target = counted -> journal.add(counted, clock);
  }

  @Override
  public void observe(Observation o, ContextIndex context, Consumer<Signal> signals) {
    nextLeaf = o.leaf() + 1;
    if (running.set.isEmpty() || o.again() && o.leaf() < from) {
      return;
    }
    SigmaEvent event = SigmaEvent.of(o.event());
    List<SigmaRule> matched = running.engine.match(event);
    if (!matched.isEmpty() && isNew(o)) {
      String who = SigmaEntity.of(event, o.event());
      for (SigmaEngine.Hit hit : running.engine.take(matched, o.leaf(), o.micros(), event, who)) {
        if (!o.again()) {
          hits.ofEvent(hit, running.engine.why(matched, hit.rule(), event), o, signals);
        }
      }
    }
    lastLeaf = o.leaf();
    lastReceived = o.event().received();
  }

  private boolean isNew(Observation o) {
    if (seen.putIfAbsent(o.fingerprint(), new Seen(o.leaf(), o.clock())) != null) {
      counts.duplicate();
      return false;
    }
    if (seen.size() > MOST_SEEN) {
      seen.pollFirstEntry();
      counts.forgotSeen();
    }
    return true;
  }

  @Override
  public void tick(long now, long leaf, Consumer<Signal> signals) {
    boolean anew = leaf > applied;
    nextLeaf = leaf + 1;
    long passed = clock == 0 ? 0 : now - clock;
    clock = now;
    for (SigmaEngine.Hit hit : running.engine.release(now - lateness, anew, now)) {
      hits.ofGroup(hit, leaf, signals);
    }
    forget(now);
    if (anew && passed > 0) {
      canaries(passed, leaf, signals);
    }
  }

  private void forget(long now) {
    var oldestFirst = seen.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().clock() < now - 2 * lateness) {
      oldestFirst.remove();
    }
    if (now - expired >= EXPIRE_EVERY) {
      expired = now;
      running.engine.expire(now);
      journal.expire(now);
    }
  }

  /** Each rule has its turn once an hour. */
  private void canaries(long passed, long leaf, Consumer<Signal> signals) {
    int all = running.canaries.size();
    long due = Math.min(all, 1 + all * Math.min(passed, HOUR) / HOUR);
    for (long i = 0; i < due; i++) {
      SigmaRule dead = running.canaries.check((int) (canariesDone++ % all), running.engine);
      if (dead != null) {
        signals.accept(SigmaHits.dead(dead, clock, leaf));
      }
    }
  }

  @Override
  public long basis() {
    long first = running.engine.firstWaiting();
    for (Seen each : seen.values()) {
      first = Math.min(first, each.leaf());
    }
    return first;
  }

  @Override
  public void pieces(LastingPieces pieces) {
    journal.pieces(pieces);
    if (!running.set.isEmpty()) {
      fromCell.move(Math.min(basis(), nextLeaf));
      pieces.add(FROM, fromCell);
    }
  }

  @Override
  public int size() {
    return running.engine.statistics().groups();
  }

  @Override
  public long evictions() {
    return running.engine.statistics().evictions() + journal.evictions();
  }

  @Override
  public long late() {
    return running.engine.statistics().late();
  }

  SigmaStatistics statistics() {
    SigmaEngine.Statistics engine = running.engine.statistics();
    return new SigmaStatistics(
        running.set.size(),
        running.set.isEmpty() ? "" : running.set.version(),
        lastLeaf,
        lastReceived,
        counts.hits(),
        counts.belowFloor(),
        counts.duplicates(),
        running.engine.waiting(),
        engine.groups(),
        journal.size(),
        engine.evictions() + engine.forgotten() + journal.evictions() + counts.seenForgotten(),
        engine.late(),
        engine.hurried(),
        engine.matching().regexesGivenUp(),
        running.canaries.proven(),
        running.canaries.unproven(),
        running.canaries.dead());
  }
}

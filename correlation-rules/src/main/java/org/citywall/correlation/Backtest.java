// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.sigma.SigmaCorrelation;

/**
 * Runs two sets of rules over the same past and compares their alerts. Entries are read by several
 * threads; each set has an engine of its own, the one that the server would run, on a thread of its
 * own. Nothing is written.
 */
public final class Backtest {

  private static final int SEGMENT = 512;
  private static final int UNDER_WAY = 8;
  private static final Duration LONGEST_LEAD = Duration.ofDays(7);

  private final LogReader log;
  private final int readers;

  /** How far the rules about volumes look back to know what is usual. */
  private static final Duration USUAL = Duration.ofDays(31);

  /**
   * Rules with what they have to know.
   *
   * @param pack built-in rules with the thresholds of the site
   */
  public record Rules(RulePack pack, Context context, SigmaSet sigma) {

    /** Sigma rules alone: of the built-in rules only those that make alerts of hits. */
    public static Rules ofSigma(RulePack pack, SigmaSet sigma) {
      return new Rules(pack.aboutSigma(), Context.empty(), sigma);
    }

    private boolean hasBuiltIn() {
      return pack.rules().stream().anyMatch(rule -> !rule.id().startsWith("sigma-"));
    }
  }

  /**
   * What is compared, over entries received from {@code from} until before {@code to}.
   *
   * @param inForce the rules as they are
   * @param candidate the rules as they would be
   */
  public record Question(Rules inForce, Rules candidate, Instant from, Instant to) {}

  /**
   * @param readers threads that read
   */
  public Backtest(LogReader log, int readers) {
    this.log = log;
    this.readers = readers;
  }

  /**
   * Reads and compares.
   *
   * @param progress is told how many entries were read so far
   */
  public BacktestResult run(Question question, LongConsumer progress) throws InterruptedException {
    long start = System.nanoTime();
    List<Rules> both = List.of(question.inForce(), question.candidate());
    Span span = span(both, question.from(), question.to());
    List<List<Alert>> alerts = replay(both, span, progress);
    return BacktestResult.of(
        question,
        span.end() - span.first(),
        Duration.ofNanos(System.nanoTime() - start),
        span.first() < span.end() ? covered(span.first(), span.end()) : Duration.ZERO,
        alerts.getFirst(),
        alerts.getLast());
  }

  /** Alerts of each of these sets of rules in this time, in their order. */
  public List<List<Alert>> alerts(List<Rules> sets, Instant from, Instant to)
      throws InterruptedException {
    return replay(sets, span(sets, from, to), done -> {}).stream()
        .map(
            alerts ->
                alerts.stream()
                    .filter(a -> a.firstSeen().isBefore(to) && !a.lastSeen().isBefore(from))
                    .toList())
        .toList();
  }

  /** Leaves from the first to before the end. */
  private record Span(long first, long end) {}

  private Span span(List<Rules> sets, Instant from, Instant to) {
    return new Span(
        leafAt(from.minus(lead(sets))),
        leafAt(to.plus(EngineOptions.DEFAULT.lateness().multipliedBy(3))));
  }

  private List<List<Alert>> replay(List<Rules> sets, Span span, LongConsumer progress)
      throws InterruptedException {
    List<Side> sides = new ArrayList<>();
    try (ExecutorService reading = Executors.newFixedThreadPool(readers)) {
      sets.forEach(rules -> sides.add(new Side(rules)));
      feed(span.first(), span.end(), reading, sides, progress);
      return sides.stream().map(Side::alerts).toList();
    } finally {
      sides.forEach(Side::close);
    }
  }

  /** How far correlations look back from the first entry that counts. */
  private static Duration lead(List<Rules> sets) {
    Duration longest = EngineOptions.DEFAULT.lateness();
    if (sets.stream().anyMatch(Rules::hasBuiltIn)) {
      return USUAL;
    }
    for (Rules set : sets) {
      for (SigmaCorrelation correlation : set.sigma().rules().correlations()) {
        Duration span = correlation.timespan().plus(EngineOptions.DEFAULT.lateness());
        longest = span.compareTo(longest) > 0 ? span : longest;
      }
    }
    return longest.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : longest;
  }

  private Duration covered(long first, long end) {
    Instant begin = log.read(first).event().received();
    Instant last = log.read(end - 1).event().received();
    return Duration.between(begin, last);
  }

  private void feed(
      long first, long end, ExecutorService reading, List<Side> sides, LongConsumer progress)
      throws InterruptedException {
    Deque<Future<List<LoggedEntry>>> segments = new ArrayDeque<>();
    Deque<List<Future<?>>> working = new ArrayDeque<>();
    long next = first;
    long done = 0;
    while (next < end || !segments.isEmpty()) {
      while (next < end && segments.size() < UNDER_WAY) {
        long from = next;
        int count = (int) Math.min(SEGMENT, end - next);
        segments.add(reading.submit(() -> segment(from, count)));
        next += count;
      }
      List<LoggedEntry> entries = get(segments.removeFirst());
      working.add(sides.stream().<Future<?>>map(side -> side.submit(entries)).toList());
      if (working.size() > UNDER_WAY) {
        getAll(working.removeFirst());
      }
      done += entries.size();
      progress.accept(done);
    }
    for (List<Future<?>> each : working) {
      getAll(each);
    }
  }

  /** Exactly these entries: a log may give fewer at once. */
  private List<LoggedEntry> segment(long from, int count) {
    List<LoggedEntry> entries = log.read(from, count);
    if (entries.size() >= count || entries.isEmpty()) {
      return entries;
    }
    List<LoggedEntry> all = new ArrayList<>(entries);
    while (all.size() < count && !entries.isEmpty()) {
      entries = log.read(from + all.size(), count - all.size());
      all.addAll(entries);
    }
    return all;
  }

  private static void getAll(List<Future<?>> futures) throws InterruptedException {
    for (Future<?> future : futures) {
      get(future);
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PlatformException known
          ? known
          : new PlatformException(CorrelationErrorCode.BACKTEST_FAILED, "see the cause", e);
    }
  }

  /** First leaf received at or after this time; the size of the log where all were before. */
  private long leafAt(Instant time) {
    long micros = Micros.of(time);
    long low = 0;
    long high = log.size();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (log.read(middle).event().receivedMicros() < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** An engine with its thread and its alerts. */
  private static final class Side implements AutoCloseable {
    private final DetectionEngine engine;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<AlertId, Alert> alerts = new LinkedHashMap<>();

    Side(Rules rules) {
      engine =
          new DetectionEngine(
              rules.pack(),
              rules.context(),
              rules.sigma(),
              EngineOptions.DEFAULT,
              ResumePoint.START);
    }

    Future<?> submit(List<LoggedEntry> entries) {
      return thread.submit(
          () -> {
            for (LoggedEntry entry : entries) {
              for (AlertUpdate update : engine.accept(entry)) {
                alerts.put(update.alert().id(), update.alert());
              }
            }
          });
    }

    List<Alert> alerts() {
      return List.copyOf(alerts.values());
    }

    @Override
    public void close() {
      thread.close();
      engine.close();
    }
  }
}

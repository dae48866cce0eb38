// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.collect.Uncollectable;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waiver;
import org.citywall.compliance.waiver.Waivers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs checks over targets, some at a time. What takes too long is given up: it is an error of that
 * check and of what would have been asked of the same target after it. Facts that several checks
 * ask for are collected once for each target.
 */
public final class CheckRun {

  private static final Logger LOG = LoggerFactory.getLogger(CheckRun.class);

  private final List<Check> checks;
  private final Waivers waivers;
  private final Clock clock;
  private final Duration limit;
  private final Semaphore room;

  /**
   * A run.
   *
   * @param limit how long one collection may take
   * @param atOnce how many targets are looked at at the same time, from 1
   */
  public CheckRun(List<Check> checks, Waivers waivers, Clock clock, Duration limit, int atOnce) {
    this.checks = List.copyOf(checks);
    this.waivers = waivers;
    this.clock = clock;
    this.limit = limit;
    this.room = new Semaphore(atOnce);
  }

  /** Facts with their digest, or why there are none. */
  private record Collected(
      @Nullable JsonNode facts, String digest, String reason, Instant at, Duration took) {
    Collected with(String otherReason) {
      return new Collected(null, "", otherReason, at, Duration.ZERO);
    }
  }

  /** What is known of a target while it is looked at. */
  private static final class Look {
    private final Target target;
    private final Map<String, Collected> known = new HashMap<>();
    private @Nullable Collected hung;

    Look(Target target) {
      this.target = target;
    }
  }

  /**
   * The results for every target, in the order of targets and checks; checks about another kind of
   * target are left out.
   */
  public List<CheckResult> over(List<Target> targets) throws InterruptedException {
    Map<String, List<CheckResult>> byTarget = new ConcurrentHashMap<>();
    each(
        targets,
        (target, check) -> true,
        (target, results) -> byTarget.put(target.name(), results));
    return targets.stream()
        .flatMap(target -> byTarget.getOrDefault(target.name(), List.of()).stream())
        .toList();
  }

  /**
   * Looks at every target and keeps nothing.
   *
   * @param wanted which checks of which targets; a target of which none is wanted is not touched
   * @param done is told the results for a target when they are all there, by several threads
   * @throws InterruptedException as soon as the thread is interrupted; what was not done is not
   *     told
   */
  public void each(
      List<Target> targets,
      BiPredicate<Target, Check> wanted,
      BiConsumer<Target, List<CheckResult>> done)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Target target : targets) {
        // a thread for each one that runs, not for each one that waits
        acquire(threads);
        running.add(
            threads.submit(
                () -> {
                  try {
                    done.accept(target, over(target, wanted));
                  } finally {
                    target.release();
                    room.release();
                  }
                  return null;
                }));
      }
      finish(threads, running);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void acquire(ExecutorService threads) throws InterruptedException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      threads.shutdownNow();
      throw e;
    }
  }

  private static void finish(ExecutorService threads, List<Future<?>> running)
      throws InterruptedException, ExecutionException {
    try {
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      // or closing them would wait for what hangs
      threads.shutdownNow();
      throw e;
    }
  }

  private List<CheckResult> over(Target target, BiPredicate<Target, Check> wanted)
      throws InterruptedException {
    List<Check> chosen =
        checks.stream()
            .filter(check -> check.collector().serves(target) && wanted.test(target, check))
            .toList();
    if (chosen.isEmpty()) {
      return List.of();
    }
    Look look = new Look(target);
    List<CheckResult> results = new ArrayList<>();
    Collected description = collect(look, target::describe);
    for (Check check : chosen) {
      results.add(one(check, look, description));
    }
    return results;
  }

  private CheckResult one(Check check, Look look, Collected description)
      throws InterruptedException {
    JsonNode described = description.facts();
    if (described == null) {
      return result(check, look.target, Result.ERROR, description);
    }
    if (!check.appliesTo(described)) {
      return result(
          check, look.target, Result.NOT_APPLICABLE, description.with("about other targets"));
    }
    Collected collected = look.known.get(check.order());
    if (collected == null) {
      collected = collect(look, () -> check.collector().collect(look.target));
      look.known.put(check.order(), collected);
    }
    JsonNode facts = collected.facts();
    if (facts == null) {
      return result(check, look.target, Result.ERROR, collected);
    }
    Judgement judgement = check.judge(facts);
    return new CheckResult(
        check.id(),
        check.version(),
        look.target.name(),
        judgement.result(),
        reason(judgement.result()),
        waiver(check, look.target, judgement.result()),
        judgement.remarks(),
        check.evidence(facts),
        collected.digest(),
        collected.at(),
        collected.took());
  }

  /** What could not be looked at cannot be waived: nobody knows what it is. */
  private @Nullable Waiver waiver(Check check, Target target, Result result) {
    return result == Result.NONCONFORM || result == Result.PARTIAL
        ? waivers.find(check.id(), target.name(), clock.instant()).orElse(null)
        : null;
  }

  private static String reason(Result result) {
    return switch (result) {
      case ERROR -> "the facts do not say";
      case NOT_APPLICABLE -> "there is nothing of the kind";
      default -> "";
    };
  }

  private static CheckResult result(Check check, Target target, Result result, Collected why) {
    return new CheckResult(
        check.id(),
        check.version(),
        target.name(),
        result,
        why.reason(),
        null,
        List.of(),
        null,
        "",
        why.at(),
        why.took());
  }

  private Collected collect(Look look, Callable<JsonNode> collecting) throws InterruptedException {
    if (look.hung != null) {
      return look.hung.with(look.hung.reason() + "; nothing more was asked of the target");
    }
    Instant start = clock.instant();
    Instant at = look.target.asOf().orElse(start);
    // not closed: what hangs is left behind
    ExecutorService thread = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    Future<JsonNode> facts = thread.submit(collecting);
    try {
      JsonNode found = facts.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      String digest = Hash.sha256(found.toString().getBytes(StandardCharsets.UTF_8)).hex();
      return new Collected(found, digest, "", at, Duration.between(start, clock.instant()));
    } catch (InterruptedException e) {
      facts.cancel(true);
      throw e;
    } catch (TimeoutException e) {
      facts.cancel(true);
      look.hung = failed("took longer than " + limit.toSeconds() + " s", start);
      return look.hung;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Uncollectable reason) {
        return failed(String.valueOf(reason.getMessage()), start);
      }
      LOG.atError().setCause(cause).log("a collector failed");
      return failed("the collector failed: " + cause, start);
    } finally {
      thread.shutdown();
    }
  }

  private Collected failed(String reason, Instant start) {
    return new Collected(null, "", reason, start, Duration.between(start, clock.instant()));
  }
}

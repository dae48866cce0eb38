// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Drift;
import org.citywall.compliance.check.Drift.Change;
import org.citywall.compliance.check.ResultLines;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.checking.RecordedRun.State;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's own runs of checks, one at a time. What was broken off goes on when this starts.
 * Safe for use by several threads.
 */
public final class CheckRuns implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckRuns.class);
  private static final int SECONDS_BETWEEN_LOOKS = 10;
  private static final int SECONDS_TO_END = 5;

  private final StateChanges changes;
  private final CheckPlan plan;
  private final RunWork work;
  private final Clock clock;
  private final ExecutorService runner =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("check-run").daemon().factory());
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("check-schedule").daemon().factory());
  private final AtomicReference<@Nullable Progress> going = new AtomicReference<>();
  private Instant next;

  private CheckRuns(StateChanges changes, CheckPlan plan, RunWork work, Clock clock) {
    this.changes = changes;
    this.plan = plan;
    this.work = work;
    this.clock = clock;
    this.next = following();
  }

  /** Goes on with what was broken off, and watches the schedule where there is one. */
  public static CheckRuns start(StateChanges changes, CheckPlan plan, RunWork work, Clock clock) {
    CheckRuns runs = new CheckRuns(changes, plan, work, clock);
    changes.store().read(RunRow::running).forEach(runs::goOn);
    if (plan.schedule().isPresent()) {
      runs.watch.scheduleWithFixedDelay(
          runs::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }
    return runs;
  }

  /**
   * How far the run that goes on is.
   *
   * @param looked targets that are done
   */
  public record Progress(CheckRunId run, int looked, int targets) {}

  /**
   * Begins a run and returns. {@code CON-0073} where one goes on, {@code CON-0074} where there is
   * nothing to look at.
   *
   * @param system whose targets are looked at; null for all
   */
  public CheckRunId begin(Actor actor, @Nullable SystemId system) {
    List<ListedTarget> targets = work.targets(system);
    if (targets.isEmpty()) {
      throw new PlatformException(
          ConsoleErrorCode.CHECK_TARGETS_NONE, system == null ? "no targets" : system.toString());
    }
    Progress reserved = new Progress(new CheckRunId(0), 0, targets.size());
    if (!going.compareAndSet(null, reserved)) {
      throw new PlatformException(ConsoleErrorCode.CHECK_RUN_GOING, String.valueOf(going.get()));
    }
    try {
      CheckRunId run =
          changes.change(
              journal -> {
                CheckRunId id =
                    RunRow.insert(
                        journal.jdbc(), system, journal.now(), actor.user(), targets.size());
                journal.record(
                    entry ->
                        entry
                            .put(Field.EVENT_ACTION, "compliance-checks-begun")
                            .put(Field.USER_NAME, actor.user())
                            .put(Field.SOURCE_IP, actor.address())
                            .put(Field.GOV_SYSTEM_ID, system == null ? null : system.toString())
                            .put(Field.GOV_NOTE, id + ", " + targets.size() + " targets"));
                return id;
              });
      going.set(new Progress(run, 0, targets.size()));
      runner.execute(() -> make(actor, get(run), targets));
      return run;
    } catch (RuntimeException e) {
      going.set(null); // whatever it is: nobody could begin a run any more
      throw e;
    }
  }

  private void goOn(RecordedRun run) {
    runner.execute(
        () -> {
          Actor actor = new Actor(run.startedBy(), "");
          going.set(new Progress(run.id(), 0, run.targets()));
          List<ListedTarget> targets;
          try {
            targets = work.targets(run.system());
          } catch (PlatformException e) {
            LOG.atError().setCause(e).log("the targets of a run are not there any more");
            targets = List.of();
          }
          make(actor, run, targets);
        });
  }

  private void make(Actor actor, RecordedRun run, List<ListedTarget> targets) {
    try {
      work.make(
          actor, run, targets, looked -> going.set(new Progress(run.id(), looked, targets.size())));
    } catch (InterruptedException e) {
      LOG.atInfo().addKeyValue("run", run.id()).log("broken off; it goes on at the next start");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("run", run.id()).log("a run of checks has no end");
    } finally {
      going.set(null);
    }
  }

  private void look() {
    try {
      tick();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the scheduled run of checks did not begin");
    }
  }

  /** Begins the scheduled run where it is time. What came due while nothing ran is left out. */
  synchronized void tick() {
    if (!clock.instant().isBefore(next)) {
      next = following();
      begin(Actor.SYSTEM, null);
    }
  }

  private Instant following() {
    return plan.schedule().map(schedule -> schedule.after(clock.instant())).orElse(Instant.MAX);
  }

  /** When the next scheduled run begins; empty where there is no schedule. */
  public synchronized Optional<Instant> next() {
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
  }

  /** How far the run is that goes on now. */
  public Optional<Progress> progress() {
    return Optional.ofNullable(going.get());
  }

  /** The latest first. */
  public List<RecordedRun> latest(int most) {
    return changes.store().read(jdbc -> RunRow.latest(jdbc, most));
  }

  /** A run; {@code CON-0075} where there is none. */
  public RecordedRun get(CheckRunId run) {
    return changes
        .store()
        .read(jdbc -> RunRow.find(jdbc, run))
        .orElseThrow(
            () -> new PlatformException(ConsoleErrorCode.CHECK_RUN_UNKNOWN, run.toString()));
  }

  /**
   * What a run found so far; {@code CON-0077} where its file is not the one that the log tells of.
   */
  public List<CheckResult> results(RecordedRun run) {
    return work.results(run);
  }

  /** The text of its file, checked likewise. */
  public String text(RecordedRun run) {
    return work.text(run);
  }

  /** What became otherwise since the last run that looked at the same; none where none did. */
  public List<Change> drift(RecordedRun run) {
    Optional<RecordedRun> before = changes.store().read(jdbc -> RunRow.before(jdbc, run));
    return run.state() != State.DONE || before.isEmpty()
        ? List.of()
        : Drift.between(
            ResultLines.outcomes(results(before.get())), ResultLines.outcomes(results(run)));
  }

  /** Breaks off what goes on; it goes on at the next start. */
  @Override
  public void close() {
    watch.shutdown();
    runner.shutdown();
    work.breakOff();
    try {
      if (!runner.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        LOG.atWarn().log("a run of checks did not end; it goes on at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

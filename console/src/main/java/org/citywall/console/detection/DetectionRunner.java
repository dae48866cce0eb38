// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LogReader;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.incident.IncidentIntake;
import org.citywall.console.state.StateChanges;
import org.citywall.console.state.StateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log on a thread of its own and feeds detection. After a failure it waits, begins
 * again with a new engine and replays; an entry at which the engine fails {@value #TRIES} times is
 * skipped, counted and named, because one poisoned entry must not blind detection to all others.
 */
public final class DetectionRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DetectionRunner.class);
  private static final int TRIES = 3;
  private static final int SKIPPED_KEPT = 20;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final LogReader log;
  private final StateStore store;
  private final IncidentIntake intake;
  private final SetupJournal setups;
  private final Detection.Maker engines;
  private final Duration firstPause;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Progress progress = new Progress();
  private final ArrayDeque<Long> skipped = new ArrayDeque<>();
  private volatile DetectionHealth.State state = DetectionHealth.State.STARTING;
  private volatile @Nullable ErrorCode lastError;
  private volatile long restarts;
  private long failingLeaf = -1;
  private int failures;

  private DetectionRunner(
      LogReader log,
      StateChanges changes,
      IncidentIntake intake,
      Detection.Maker engines,
      Duration firstPause) {
    this.log = log;
    this.store = changes.store();
    this.setups = new SetupJournal(changes);
    this.intake = intake;
    this.engines = engines;
    this.firstPause = firstPause;
    this.thread = Thread.ofPlatform().name("detection").unstarted(this::run);
  }

  /** Starts following; {@code engines} gives a new engine now and after each failure. */
  public static DetectionRunner start(
      LogReader log, StateChanges changes, IncidentIntake intake, Detection.Maker engines) {
    return start(log, changes, intake, engines, Duration.ofSeconds(1));
  }

  static DetectionRunner start(
      LogReader log,
      StateChanges changes,
      IncidentIntake intake,
      Detection.Maker engines,
      Duration firstPause) {
    DetectionRunner runner = new DetectionRunner(log, changes, intake, engines, firstPause);
    runner.thread.start();
    return runner;
  }

  public DetectionHealth health() {
    long next = progress.nextLeaf();
    synchronized (skipped) {
      return new DetectionHealth(
          state,
          next,
          Math.max(0, log.size() - next),
          progress.appliedLeaf(),
          progress.readUpTo(),
          progress.raised(),
          restarts,
          List.copyOf(skipped),
          lastError);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    boolean interrupted = false;
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void run() {
    try {
      while (!stopped()) {
        state = DetectionHealth.State.STARTING;
        DetectionMemory memory = store.read(DetectionMemory::read);
        try (Detection engine = engines.resume(memory.resume())) {
          state = DetectionHealth.State.REPLAYING;
          new DetectionPass(log, store, intake, setups, engine, memory, progress, this::isSkipped)
              .follow(() -> state = DetectionHealth.State.FOLLOWING, this::stopped);
        } catch (RuntimeException e) {
          failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state = DetectionHealth.State.STOPPED;
    }
  }

  private void failed(RuntimeException failure) throws InterruptedException {
    state = DetectionHealth.State.FAILING;
    ErrorCode code =
        failure instanceof PlatformException platform
            ? platform.code()
            : ConsoleErrorCode.DETECTION_FAILED;
    lastError = code;
    restarts++;
    LOG.atError()
        .addKeyValue("error.code", code.id())
        .addKeyValue("gov.leaves", progress.nextLeaf())
        .setCause(failure)
        .log("detection stopped and begins again");
    countAgainst(failure instanceof DetectionPass.EngineFailure at ? at.leaf() : -1);
    long pause = firstPause.toMillis() << Math.min(failures, 5);
    stop.await(pause, TimeUnit.MILLISECONDS);
  }

  private void countAgainst(long leaf) {
    failures = leaf == failingLeaf ? failures + 1 : 1;
    failingLeaf = leaf;
    if (leaf >= 0 && failures >= TRIES) {
      synchronized (skipped) {
        if (skipped.size() == SKIPPED_KEPT) {
          skipped.removeFirst();
        }
        skipped.addLast(leaf);
      }
      failures = 0;
    }
  }

  private boolean isSkipped(long leaf) {
    synchronized (skipped) {
      return skipped.contains(leaf);
    }
  }
}

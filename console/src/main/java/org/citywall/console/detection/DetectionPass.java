// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.incident.IncidentIntake;
import org.citywall.console.incident.RaisedAlert;
import org.citywall.console.state.StateStore;
import org.citywall.correlation.AlertId;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.LastingState;

/**
 * Feeds one engine from where it must begin. New alerts are stored with the batch that raised them,
 * growth of known ones at most every {@link #GROWTH_EVERY}, the position alone at most every {@link
 * #MARK_EVERY}; each in one transaction with the position it belongs to.
 */
final class DetectionPass {

  /** The engine failed at this entry. */
  static final class EngineFailure extends PlatformException {

    private static final long serialVersionUID = 1L;

    private final long leaf;

    EngineFailure(long leaf, RuntimeException cause) {
      super(ConsoleErrorCode.DETECTION_FAILED, "at leaf " + leaf, cause);
      this.leaf = leaf;
    }

    long leaf() {
      return leaf;
    }
  }

  private static final int BATCH = 500;
  private static final long GROWTH_EVERY = Duration.ofMillis(500).toNanos();
  private static final long MARK_EVERY = Duration.ofSeconds(1).toNanos();
  private static final Duration WAIT = Duration.ofMillis(200);

  private final LogReader log;
  private final StateStore store;
  private final IncidentIntake intake;
  private final SetupJournal setups;
  private final Detection engine;
  private final Progress progress;
  private final LongPredicate skipped;
  private final Map<AlertId, RaisedAlert> pending = new LinkedHashMap<>();
  private boolean urgent;
  private long next;
  private long applied;
  private long lastStored = System.nanoTime();

  DetectionPass(
      LogReader log,
      StateStore store,
      IncidentIntake intake,
      SetupJournal setups,
      Detection engine,
      DetectionMemory memory,
      Progress progress,
      LongPredicate skipped) {
    this.log = log;
    this.store = store;
    this.intake = intake;
    this.setups = setups;
    this.engine = engine;
    this.progress = progress;
    this.skipped = skipped;
    this.applied = memory.resume().appliedLeaf();
    this.next = memory.replayFrom();
  }

  void follow(Runnable caughtUp, BooleanSupplier stopped) throws InterruptedException {
    progress.applied(applied);
    while (!stopped.getAsBoolean()) {
      setups.record(engine.setup());
      List<LoggedEntry> batch = log.read(next, BATCH);
      batch.forEach(this::feed);
      progress.read(next, batch.isEmpty() ? null : batch.getLast().event().received());
      if (next > applied) {
        caughtUp.run();
      }
      storeIfDue();
      if (batch.isEmpty()) {
        log.awaitBeyond(next, WAIT);
      }
    }
    if (next - 1 > applied) {
      store();
    }
  }

  private void feed(LoggedEntry entry) {
    next = entry.leaf() + 1;
    forgetIfDestroyed(entry);
    if (!entry.kind().detectable() || skipped.test(entry.leaf())) {
      return;
    }
    List<AlertUpdate> updates;
    try {
      updates = engine.accept(entry);
    } catch (RuntimeException e) {
      throw new EngineFailure(entry.leaf(), e);
    }
    for (AlertUpdate update : updates) {
      if (update.triggerLeaf() > applied) {
        keep(update);
      }
    }
  }

  // Always at the same entry, so that what is told after it is the same when it is read again.
  private void forgetIfDestroyed(LoggedEntry entry) {
    boolean completed =
        RetentionStatement.of(entry.kind(), entry.event())
            .filter(RetentionStatement.Completed.class::isInstance)
            .isPresent();
    if (completed && entry.leaf() > applied) {
      Map<Long, Boolean> read = new HashMap<>();
      engine.forget(
          leaf -> leaf < entry.leaf() && read.computeIfAbsent(leaf, l -> log.read(l).shredded()));
      urgent = true;
    }
  }

  private void keep(AlertUpdate update) {
    switch (update) {
      case AlertUpdate.Raised raised -> {
        urgent = true;
        progress.countRaised();
        pending.put(raised.alert().id(), RaisedAlert.of(raised));
      }
      case AlertUpdate.Extended extended ->
          pending.merge(
              extended.alert().id(),
              RaisedAlert.of(extended),
              (before, ignored) -> before.then(extended));
    }
  }

  private void storeIfDue() {
    if (next - 1 <= applied) {
      return;
    }
    long since = System.nanoTime() - lastStored;
    if (urgent || since >= (pending.isEmpty() ? MARK_EVERY : GROWTH_EVERY)) {
      store();
    }
  }

  private void store() {
    long last = next - 1;
    long replayFrom = Math.min(engine.replayFrom(), next);
    List<LastingState> lasting = engine.takeLasting();
    if (pending.isEmpty()) {
      store.inTransaction(
          jdbc -> {
            DetectionMemory.write(jdbc, last, replayFrom, lasting);
            return last;
          });
    } else {
      intake.accept(
          List.copyOf(pending.values()),
          jdbc -> DetectionMemory.write(jdbc, last, replayFrom, lasting));
    }
    pending.clear();
    urgent = false;
    applied = last;
    progress.applied(last);
    lastStored = System.nanoTime();
  }
}

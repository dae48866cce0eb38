// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a running log's checkpoints vouched for: once in an interval it signs one, asks everybody the
 * policy names, stores and records what they say, and brings the copy up to date. It works on a
 * thread of its own; appending never waits for it, and no failure of it reaches the log.
 */
public final class AnchorWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnchorWorker.class);
  private static final long MAX_PAUSE_MILLIS = 10_000;

  private final AnchorActs acts;
  private final AnchorSettings settings;
  private final Clock clock;
  private final Thread thread;
  private @Nullable AnchorAct act;
  private Instant nextAct;
  private boolean asked;
  private volatile boolean closing;

  AnchorWorker(
      EvidenceLog log, Path dataDir, AnchorSettings settings, Clock clock, RandomGenerator random) {
    this.acts = new AnchorActs(log, dataDir, settings, clock, random);
    this.settings = settings;
    this.clock = clock;
    // After a restart the interval goes on where it was.
    this.nextAct =
        acts.last().map(time -> time.plus(settings.interval())).orElseGet(clock::instant);
    this.thread = Thread.ofPlatform().name("anchor-worker").daemon().unstarted(this::run);
  }

  /**
   * Begins to anchor. Close the worker before the log. {@code AUD-0011} where the log is not in
   * this folder but elsewhere: it is anchored where it is written.
   *
   * @param dataDir data folder of the log
   * @param random for the nonces of time-stamp requests
   */
  public static AnchorWorker start(
      EvidenceLog log, Path dataDir, AnchorSettings settings, Clock clock, RandomGenerator random) {
    LOG.atInfo()
        .addKeyValue("key", EvidenceLogs.statedKey(dataDir))
        .addKeyValue("interval", settings.interval())
        .log("anchoring begins");
    AnchorWorker worker = new AnchorWorker(log, dataDir, settings, clock, random);
    worker.thread.start();
    return worker;
  }

  public AnchorHealth health() {
    return acts.health();
  }

  /** Begins the next act at once. */
  public synchronized void anchorNow() {
    asked = true;
    notifyAll();
  }

  private void run() {
    try {
      while (!closing) {
        Duration pause = step();
        synchronized (this) {
          if (!asked && !closing) {
            wait(Math.clamp(pause.toMillis(), 1, MAX_PAUSE_MILLIS));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is due, and tells how long nothing will be. */
  Duration step() {
    Instant now = clock.instant();
    // A clock that was set back must not make the interval longer.
    nextAct = earlier(nextAct, now.plus(settings.interval()));
    if (takeAsked() || !now.isBefore(nextAct)) {
      act = acts.begin(now);
      boolean canAskAgain = act == null && !acts.health().contradicted();
      nextAct = now.plus(canAskAgain ? settings.retry() : settings.interval());
    }
    AnchorAct current = act;
    if (current != null && !now.isBefore(current.due())) {
      acts.attempt(current);
    }
    Instant next = current == null ? nextAct : earlier(current.due(), nextAct);
    return Duration.between(clock.instant(), next);
  }

  private synchronized boolean takeAsked() {
    boolean taken = asked;
    asked = false;
    return taken;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    acts.stop();
    join();
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

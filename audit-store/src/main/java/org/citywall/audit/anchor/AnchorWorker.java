// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.VerifierKey;
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

  /** Names, beside those of the targets, under which work is counted. */
  static final String OWN = "log";

  static final String COPY = "copy";

  private final EvidenceLog log;
  private final VerifierKey key;
  private final AnchorSettings settings;
  private final Clock clock;
  private final AnchorHttp http;
  private final AnchorStore store;
  private final PublishedTree tree;
  private final List<AnchorTarget> targets;
  private final @Nullable EvidenceCopy copy;
  private final AnchorRecorder recorder;
  private final AnchorCounts counts;
  private final Thread thread;
  private @Nullable AnchorAct act;
  private Instant nextAct;
  private boolean asked;
  private volatile boolean closing;

  AnchorWorker(
      EvidenceLog log,
      Path dataDir,
      VerifierKey key,
      AnchorSettings settings,
      Clock clock,
      RandomGenerator random) {
    this.log = log;
    this.key = key;
    this.settings = settings;
    this.clock = clock;
    this.http = new AnchorHttp(settings.tls(), settings.limit());
    this.store = new AnchorStore(dataDir);
    this.tree = PublishedTree.ofData(dataDir);
    this.recorder = new AnchorRecorder(log, store, clock);
    this.copy =
        settings.copy() == null
            ? null
            : new EvidenceCopy(settings.copy(), dataDir, key, settings.copySegments());
    this.targets = targets(settings.policy(), random);
    List<String> names = new ArrayList<>(List.of(OWN));
    targets.forEach(target -> names.add(target.name()));
    if (copy != null) {
      names.add(COPY);
    }
    this.counts = new AnchorCounts(names);
    this.nextAct = firstAct();
    this.thread = Thread.ofPlatform().name("anchor-worker").daemon().unstarted(this::run);
  }

  /**
   * Begins to anchor. Close the worker before the log.
   *
   * @param dataDir data folder of the log
   * @param key of the log
   * @param random for the nonces of time-stamp requests
   */
  public static AnchorWorker start(
      EvidenceLog log,
      Path dataDir,
      VerifierKey key,
      AnchorSettings settings,
      Clock clock,
      RandomGenerator random) {
    AnchorWorker worker = new AnchorWorker(log, dataDir, key, settings, clock, random);
    worker.thread.start();
    return worker;
  }

  private List<AnchorTarget> targets(@Nullable AnchorPolicy policy, RandomGenerator random) {
    List<AnchorTarget> all = new ArrayList<>();
    if (policy != null) {
      for (AnchorPolicy.Authority authority : policy.authorities()) {
        if (authority.url() != null) {
          all.add(new TimestampTarget(authority, authority.url(), store, http, random));
        }
      }
      for (AnchorPolicy.Witness witness : policy.witnesses()) {
        if (witness.url() != null) {
          all.add(new WitnessTarget(witness, witness.url(), store, http, tree, clock));
        }
      }
    }
    return List.copyOf(all);
  }

  /** After a restart the interval goes on where it was. */
  private Instant firstAct() {
    Instant now = clock.instant();
    try {
      Optional<Instant> last = store.newest(key).flatMap(checkpoint -> checkpoint.signedAt(key));
      return last.map(time -> earlier(time, now).plus(settings.interval())).orElse(now);
    } catch (PlatformException e) {
      return now;
    }
  }

  public AnchorHealth health() {
    return counts.health();
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
    if (takeAsked() || !now.isBefore(nextAct)) {
      nextAct = now.plus(settings.interval());
      begin(now);
    }
    AnchorAct current = act;
    if (current != null && !now.isBefore(current.due())) {
      attempt(current);
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

  private void begin(Instant now) {
    act = null;
    try {
      Checkpoint checkpoint = log.signCheckpoint();
      counts.began(now, checkpoint.size());
      try {
        requireContinued(checkpoint);
      } catch (PlatformException e) {
        String name = AnchorStore.name(checkpoint);
        recorder.recordFailure(name, checkpoint.size(), OWN, e.code().id());
        throw e;
      }
      String name = store.begin(checkpoint);
      counts.succeeded(OWN, now, checkpoint.size());
      act = new AnchorAct(name, checkpoint, targets, now, settings.retry(), settings.interval());
    } catch (RuntimeException e) {
      failed(OWN, e);
      boolean contradicted =
          e instanceof PlatformException known
              && known.code() == AuditErrorCode.ANCHOR_CONTRADICTED;
      if (!contradicted) {
        nextAct = now.plus(settings.retry());
      }
    }
  }

  /** Who anchors a log that was rolled back helps to hide it. */
  private void requireContinued(Checkpoint checkpoint) {
    Optional<Checkpoint> before = store.newest(key);
    if (before.isPresent() && !tree.continues(before.get(), checkpoint)) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_CONTRADICTED,
          "size " + checkpoint.size() + " does not continue the anchored " + before.get().size());
    }
  }

  private void attempt(AnchorAct current) {
    Map<String, String> failures = new TreeMap<>();
    for (AnchorTarget target : current.open()) {
      if (closing) {
        return;
      }
      try {
        target.ask(current.name(), current.checkpoint());
        current.succeeded(target);
        counts.succeeded(target.name(), clock.instant(), current.checkpoint().size());
      } catch (RuntimeException e) {
        failures.put(target.name(), failed(target.name(), e));
      }
    }
    if (closing) {
      return;
    }
    copy(current.checkpoint(), failures);
    boolean first = current.isFirstAttempt();
    current.attempted(clock.instant(), !failures.isEmpty());
    try {
      recorder.record(current.name(), first ? failures : Map.of());
    } catch (RuntimeException e) {
      failed(OWN, e);
    }
  }

  private void copy(Checkpoint checkpoint, Map<String, String> failures) {
    if (copy != null) {
      try {
        copy.update(checkpoint);
        counts.succeeded(COPY, clock.instant(), checkpoint.size());
      } catch (RuntimeException e) {
        failures.put(COPY, failed(COPY, e));
      }
    }
  }

  /**
   * Counts a failure and gives its code. What outsiders send may find bugs: nothing gets through.
   */
  private String failed(String name, RuntimeException e) {
    PlatformException failure;
    if (e instanceof PlatformException known) {
      failure = known;
    } else {
      failure = new PlatformException(AuditErrorCode.ANCHOR_UNAVAILABLE, "unexpected failure", e);
      LOG.atError().addKeyValue("anchor", name).setCause(e).log("anchoring met a failure of ours");
    }
    if (!closing) {
      counts.failed(name, failure.code());
      LOG.atWarn()
          .addKeyValue("anchor", name)
          .addKeyValue("error.code", failure.code().id())
          .addKeyValue("error.message", failure.getMessage())
          .log("not anchored");
    }
    return failure.code().id();
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    // Not by an interrupt: it would close the log's files under a signature in progress.
    http.close();
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

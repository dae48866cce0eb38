// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.file.Path;
import java.time.Clock;
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
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out acts: signs a checkpoint, asks everybody about it, stores and records the answers,
 * brings the copy up to date. Whatever fails is counted and goes no further. Used by one thread,
 * but for {@link #health} and {@link #stop}.
 */
final class AnchorActs {

  private static final Logger LOG = LoggerFactory.getLogger(AnchorActs.class);

  /** Names, beside those of the targets, under which work is counted. */
  private static final String OWN = "log";

  private static final String COPY = "copy";

  private final EvidenceLog log;
  private final KeysBySize keys;
  private final AnchorSettings settings;
  private final Clock clock;
  private final AnchorHttp http;
  private final AnchorStore store;
  private final PublishedTree tree;
  private final List<AnchorTarget> targets;
  private final @Nullable EvidenceCopy copy;
  private final AnchorRecorder recorder;
  private final AnchorCounts counts;
  private volatile boolean stopped;

  AnchorActs(
      EvidenceLog log, Path dataDir, AnchorSettings settings, Clock clock, RandomGenerator random) {
    this.log = log;
    this.keys = KeysBySize.statedBy(dataDir, TreeHash.SHA_256);
    this.settings = settings;
    this.clock = clock;
    this.http = new AnchorHttp(settings.tls(), settings.limit());
    this.store = new AnchorStore(dataDir);
    this.tree = PublishedTree.ofData(dataDir, TreeHash.SHA_256);
    this.recorder = new AnchorRecorder(log, store, clock);
    this.copy =
        settings.copy() == null
            ? null
            : new EvidenceCopy(settings.copy(), dataDir, settings.copySegments());
    this.targets = targets(settings.policy(), random);
    List<String> names = new ArrayList<>(List.of(OWN));
    targets.forEach(target -> names.add(target.name()));
    if (copy != null) {
      names.add(COPY);
    }
    this.counts = new AnchorCounts(names);
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
          all.add(new WitnessTarget(witness, witness.url(), store, http, tree, keys, clock));
        }
      }
    }
    return List.copyOf(all);
  }

  AnchorHealth health() {
    return counts.health();
  }

  /** When the last act began, also that of an earlier process. */
  Optional<Instant> last() {
    try {
      return store
          .newest(keys)
          .flatMap(checkpoint -> checkpoint.signedAt(keys.at(checkpoint.size())));
    } catch (PlatformException e) {
      return Optional.empty();
    }
  }

  /**
   * Begins an act, or counts why none began.
   *
   * @return null where nothing can be asked
   */
  @Nullable AnchorAct begin(Instant now) {
    try {
      Checkpoint checkpoint = log.signCheckpoint();
      counts.began(now, checkpoint.size());
      requireContinued(checkpoint);
      String name = store.begin(checkpoint);
      counts.succeeded(OWN, now, checkpoint.size());
      return new AnchorAct(name, checkpoint, targets, now, settings.retry(), settings.interval());
    } catch (RuntimeException e) {
      failed(OWN, e);
      return null;
    }
  }

  /** Who anchors a log that was rolled back helps to hide it. */
  private void requireContinued(Checkpoint checkpoint) {
    Optional<Checkpoint> before = store.newest(keys);
    if (before.isPresent() && !tree.continues(before.get(), checkpoint)) {
      recorder.recordFailure(
          AnchorStore.name(checkpoint),
          checkpoint.size(),
          OWN,
          AuditErrorCode.ANCHOR_CONTRADICTED.id());
      throw new PlatformException(
          AuditErrorCode.ANCHOR_CONTRADICTED,
          "size " + checkpoint.size() + " does not continue the anchored " + before.get().size());
    }
  }

  /** Asks those who have not vouched yet, brings the copy up to date, and tells the log. */
  void attempt(AnchorAct act) {
    Map<String, String> failures = new TreeMap<>();
    for (AnchorTarget target : act.open()) {
      if (stopped) {
        return;
      }
      try {
        target.ask(act.name(), act.checkpoint());
        act.succeeded(target);
        counts.succeeded(target.name(), clock.instant(), act.checkpoint().size());
      } catch (RuntimeException e) {
        failures.put(target.name(), failed(target.name(), e));
      }
    }
    if (stopped) {
      return;
    }
    copy(act.checkpoint(), failures);
    boolean first = act.isFirstAttempt();
    act.attempted(clock.instant(), !failures.isEmpty());
    try {
      recorder.record(act.name(), first ? failures : Map.of());
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
    if (!stopped) {
      counts.failed(name, failure.code());
      LOG.atWarn()
          .addKeyValue("anchor", name)
          .addKeyValue("error.code", failure.code().id())
          .addKeyValue("error.message", failure.getMessage())
          .log("not anchored");
    }
    return failure.code().id();
  }

  /** Ends a question that is being asked; what follows is not counted. */
  void stop() {
    stopped = true;
    // Not by an interrupt: it would close the log's files under a signature in progress.
    http.close();
  }
}

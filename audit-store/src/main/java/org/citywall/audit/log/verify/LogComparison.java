// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Compares the log of a data folder with checkpoints that were kept elsewhere, which is how a
 * rollback is noticed: a log that was cut back and signed again agrees with itself.
 */
public final class LogComparison {

  private static final int BATCH = 1000;

  private final Path dataDir;
  private final VerifierKey key;
  private final PublishedTree tree;
  private final Checkpoint own;
  private final long entries;

  /**
   * A log that was verified before: its tiles are taken for the tree of its records.
   *
   * @param own its last checkpoint
   * @param entries its records, at least as many as are signed
   */
  public LogComparison(Path dataDir, VerifierKey key, Checkpoint own, long entries) {
    this.dataDir = dataDir;
    this.key = key;
    this.tree = PublishedTree.ofData(dataDir);
    this.own = own;
    this.entries = entries;
  }

  /** What the log is beside this expectation. */
  public Comparison with(Expectation expectation) {
    Checkpoint expected = expectation.checkpoint();
    if (expected.size() > own.size()) {
      return behind(expectation);
    }
    if (tree.prefixRoot(expected.size(), own.size()).equals(expected.root())) {
      return new Comparison.Continues(expected, own.size() - expected.size());
    }
    return restore(expectation)
        .map(restored -> rolledBack(expectation, restored))
        .orElseGet(
            () ->
                new Comparison.Forked(
                    expected, "another root was signed for " + expected.size() + " entries"));
  }

  private Comparison behind(Expectation expectation) {
    // It may have gone on after a restore and still be the shorter one.
    Optional<LoggedEntry> restored = restore(expectation);
    if (restored.isPresent()) {
      return rolledBack(expectation, restored.get());
    }
    Checkpoint expected = expectation.checkpoint();
    Optional<List<Hash>> proof = expectation.proofFrom(own.size());
    if (proof.isPresent() && !proves(own.size(), expected, proof.get())) {
      return new Comparison.Forked(
          expected, "its " + own.size() + " entries are not the first of those that were signed");
    }
    return new Comparison.RolledBack(
        expected,
        own.size(),
        Math.max(0, expected.size() - entries),
        span(own.signedAt(key), expected),
        Finding.NONE,
        proof.orElse(null));
  }

  private Comparison rolledBack(Expectation expectation, LoggedEntry restored) {
    Checkpoint expected = expectation.checkpoint();
    long kept = restored.leaf();
    Optional<List<Hash>> proof = expectation.proofFrom(kept);
    if (proof.isPresent() && !proves(kept, expected, proof.get())) {
      return new Comparison.Forked(
          expected, "already before the restore at leaf " + kept + " it is not what was signed");
    }
    return new Comparison.RolledBack(
        expected,
        kept,
        expected.size() - kept,
        span(RestoreEntry.signedAt(restored.event()), expected),
        kept,
        proof.orElse(null));
  }

  private boolean proves(long smaller, Checkpoint expected, List<Hash> proof) {
    return smaller == 0
        || Merkle.verifyConsistency(
            smaller, expected.size(), tree.prefixRoot(smaller, own.size()), expected.root(), proof);
  }

  private @Nullable Duration span(Optional<Instant> from, Checkpoint expected) {
    Optional<Instant> to = expected.signedAt(key);
    return from.isPresent() && to.isPresent() ? Duration.between(from.get(), to.get()) : null;
  }

  /** The first restore after the expected checkpoint was signed, below its size. */
  private Optional<LoggedEntry> restore(Expectation expectation) {
    Checkpoint expected = expectation.checkpoint();
    Instant signed = expected.signedAt(key).orElse(Instant.MIN);
    long end = Math.min(expected.size(), own.size());
    try (LogReader log = EvidenceLogs.openReadOnly(dataDir)) {
      for (long next = 0; next < end; ) {
        List<LoggedEntry> batch = log.read(next, BATCH);
        if (batch.isEmpty()) {
          break;
        }
        for (LoggedEntry entry : batch) {
          if (entry.leaf() < end
              && RestoreEntry.is(entry)
              && !entry.event().received().isBefore(signed)) {
            return Optional.of(entry);
          }
        }
        next = batch.getLast().leaf() + 1;
      }
    }
    return Optional.empty();
  }
}

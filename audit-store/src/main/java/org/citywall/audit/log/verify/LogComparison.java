// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.RestoreEntries;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Compares the log of a data folder with checkpoints that were kept elsewhere, which is how a
 * rollback is noticed: a log that was cut back and signed again agrees with itself. Used by one
 * thread.
 */
public final class LogComparison {

  private final Path dataDir;
  private final VerifierKey key;
  private final PublishedTree tree;
  private final Checkpoint own;
  private final long entries;
  private @Nullable List<LoggedEntry> restores;

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

  /**
   * What a log is beside everything that was kept. A log that is too damaged to be compared is
   * called a fork.
   *
   * @param kept files or folders as {@link Expectation} reads them
   */
  public static List<Comparison> of(Path dataDir, VerifierKey key, List<Path> kept) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Path path : kept) {
      Expectation expectation = Expectation.read(path, key);
      try {
        comparisons.add(published(dataDir, key).with(expectation));
      } catch (PlatformException e) {
        if (e.code().category() != ErrorCategory.INTEGRITY) {
          throw e;
        }
        comparisons.add(
            new Comparison.Forked(expectation.checkpoint(), "damaged: " + e.getMessage()));
      }
    }
    return comparisons;
  }

  private static LogComparison published(Path dataDir, VerifierKey key) {
    Checkpoint own =
        PublishedTree.ofData(dataDir)
            .checkpoint(key)
            .orElseThrow(() -> new PlatformException(AuditErrorCode.LOG_CORRUPT, "no checkpoint"));
    return new LogComparison(dataDir, key, own, own.size());
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
    if (restores == null) {
      restores = RestoreEntries.in(dataDir);
    }
    Checkpoint expected = expectation.checkpoint();
    Instant signed = expected.signedAt(key).orElse(Instant.MIN);
    long end = Math.min(expected.size(), own.size());
    return restores.stream()
        .filter(entry -> entry.leaf() < end && !entry.event().received().isBefore(signed))
        .findFirst();
  }
}

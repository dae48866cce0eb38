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
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.RestoreEntries;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Compares the log of a data folder with checkpoints that were kept elsewhere, which is how a
 * rollback is noticed: a log that was cut back and signed again agrees with itself. Used by one
 * thread.
 */
public final class LogComparison {

  private final Path dataDir;
  private final PublishedTree tree;
  private final KeysBySize keys;
  private final Checkpoint own;
  private final long entries;
  private @Nullable List<LoggedEntry> restores;

  private LogComparison(Path dataDir, TreeHash hash, long entries) {
    this.dataDir = dataDir;
    this.tree = PublishedTree.ofData(dataDir, hash);
    this.keys = KeysBySize.statedBy(dataDir, hash);
    this.own =
        tree.checkpoint(keys)
            .orElseThrow(
                () ->
                    new PlatformException(
                        AuditErrorCode.LOG_CORRUPT, "no checkpoint in " + tree.folder()));
    this.entries = Math.max(entries, own.size());
  }

  /**
   * What a log is beside everything that was kept. A log that is too damaged to be compared is
   * called a fork.
   *
   * @param trusted further keys that the caller knows to be the log's, see {@link Expectation}
   * @param kept files or folders as {@link Expectation} reads them
   */
  public static List<Comparison> of(Path dataDir, List<VerifierKey> trusted, List<Path> kept) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Path path : kept) {
      Expectation expectation = Expectation.read(path, LogFormat.of(dataDir), trusted);
      try {
        comparisons.add(between(dataDir, expectation, 0));
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

  /**
   * What a log that was verified before is beside this expectation: its tiles are taken for the
   * tree of its records.
   *
   * @param entries its records, where they are known to be more than are signed
   */
  public static Comparison between(Path dataDir, Expectation expectation, long entries) {
    if (!LogFormat.of(dataDir).trees().contains(expectation.hash())) {
      throw new PlatformException(
          AuditErrorCode.PROOF_UNAVAILABLE, "the log has no tree over " + expectation.hash());
    }
    return new LogComparison(dataDir, expectation.hash(), entries).with(expectation);
  }

  private Comparison with(Expectation expectation) {
    Checkpoint expected = expectation.checkpoint();
    if (expected.size() > own.size()) {
      return behind(expectation);
    }
    if (root(expected.size()).equals(expected.root())) {
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
        span(own.signedAt(keys.at(own.size())), expectation),
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
        span(RestoreEntry.signedAt(restored.event()), expectation),
        kept,
        proof.orElse(null));
  }

  private boolean proves(long smaller, Checkpoint expected, List<Hash> proof) {
    return smaller == 0
        || Merkle.verifyConsistency(
            tree.hash(), smaller, expected.size(), root(smaller), expected.root(), proof);
  }

  /** Root of its first leaves, by the tiles of its last checkpoint. */
  private Hash root(long size) {
    return tree.prefixRoot(size, own.size());
  }

  private static @Nullable Duration span(Optional<Instant> from, Expectation expectation) {
    Optional<Instant> to = expectation.signedAt();
    return from.isPresent() && to.isPresent() ? Duration.between(from.get(), to.get()) : null;
  }

  /** The first restore after the expected checkpoint was signed, below its size. */
  private Optional<LoggedEntry> restore(Expectation expectation) {
    if (restores == null) {
      restores = RestoreEntries.in(dataDir);
    }
    Checkpoint expected = expectation.checkpoint();
    Instant signed = expectation.signedAt().orElse(Instant.MIN);
    long end = Math.min(expected.size(), own.size());
    return restores.stream()
        .filter(entry -> entry.leaf() < end && !entry.event().received().isBefore(signed))
        .findFirst();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LogRestore;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Comparison;
import org.citywall.audit.log.verify.Expectation;
import org.citywall.audit.log.verify.LogComparison;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup back into an empty folder. It is done only when every digest, the signature and the
 * whole log were verified; after a failure the folder is as empty as it was. A process that is
 * killed leaves a folder that no server starts on ({@code AUD-0089}).
 */
public final class Restore {

  private final RestoreOptions options;
  private final Clock clock;
  private final Progress progress;
  private final ArchiveDisk disk;

  public Restore(RestoreOptions options, Clock clock, Progress progress) {
    this(options, clock, progress, ArchiveDisk.REAL);
  }

  Restore(RestoreOptions options, Clock clock, Progress progress, ArchiveDisk disk) {
    this.options = options;
    this.clock = clock;
    this.progress = progress;
    this.disk = disk;
  }

  /**
   * Restores. Fails with {@code AUD-0082} to {@code AUD-0086} where the backup is not to be
   * trusted, {@code AUD-0087} where the folder is not empty, {@code AUD-0088} where the disk
   * refuses, {@code AUD-0013} where the log in the backup does not verify, {@code AUD-0090} where
   * signed entries are missing and that was not accepted, {@code AUD-0091} where the log
   * contradicts what was kept.
   *
   * @param dataDir empty or not there; its parent is there
   */
  public RestoreReport run(Path from, Path dataDir) {
    RestoreFolder folder = RestoreFolder.claim(dataDir);
    try (folder) {
      RestoreReport report;
      try (LogRestore log = LogRestore.begin(folder.path())) {
        folder.own();
        report = restore(from, folder.path(), log);
      }
      folder.keep();
      return report;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.RESTORE_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private RestoreReport restore(Path from, Path folder, LogRestore log) throws IOException {
    long start = System.nanoTime();
    Unpacking.Unpacked unpacked = unpack(from, folder);
    OwnerFolder.syncAll(folder);
    BackupManifest manifest = unpacked.manifest();
    VerifierKey key = key(folder, manifest);
    boolean signed = requireSigned(unpacked, key);
    long unpackedAt = System.nanoTime();
    Checkpoint checkpoint = log.derive().sha256();
    long derivedAt = System.nanoTime();
    VerificationReport verified = verified(folder, checkpoint, manifest);
    long verifiedAt = System.nanoTime();
    List<Comparison> comparisons = compare(folder, manifest);
    RestoreEntry entry =
        new RestoreEntry(
            unpacked.sums().hex(),
            manifest.madeAt(),
            checkpoint,
            signedAt(folder, checkpoint).orElse(null),
            manifest.entries(),
            signed,
            !comparisons.isEmpty(),
            loss(comparisons));
    Instant now = clock.instant();
    log.finish(List.of(entry.toEntry(now)));
    return new RestoreReport(
        manifest,
        unpacked.sums(),
        signed,
        verified,
        comparisons,
        Duration.ofNanos(unpackedAt - start),
        Duration.ofNanos(derivedAt - unpackedAt),
        Duration.ofNanos(verifiedAt - derivedAt));
  }

  private Unpacking.Unpacked unpack(Path from, Path folder) throws IOException {
    return new Unpacking(new FolderSink(folder, disk), progress).run(from, options.passphrase());
  }

  private VerifierKey key(Path folder, BackupManifest manifest) {
    LogFormat format = LogFormat.of(folder);
    VerifierKey stated = format.key(TreeHash.SHA_256);
    if (!stated.toString().equals(manifest.key())) {
      throw damaged("manifest and log name different keys");
    }
    if (!options.trusted().isEmpty() && trusted(format).isEmpty()) {
      throw new PlatformException(
          AuditErrorCode.BACKUP_UNTRUSTED, "it is of a log that is signed with " + stated);
    }
    return stated;
  }

  /**
   * Those of the keys that the caller trusts which the backup's log has had for the tree over
   * SHA-256: the key that signs backups is one of that chain.
   */
  private List<VerifierKey> trusted(LogFormat format) {
    List<VerifierKey> known =
        format.chain(TreeHash.SHA_256).stream().map(LogFormat.KeyPeriod::key).toList();
    return options.trusted().stream().filter(known::contains).toList();
  }

  private static Optional<Instant> signedAt(Path folder, Checkpoint checkpoint) {
    return checkpoint.signedAt(LogFormat.of(folder).keyAt(TreeHash.SHA_256, checkpoint.size()));
  }

  private boolean requireSigned(Unpacking.Unpacked unpacked, VerifierKey key) {
    String note = unpacked.note();
    if (note == null) {
      if (options.unsigned()) {
        return false;
      }
      throw new PlatformException(AuditErrorCode.BACKUP_UNTRUSTED, "it carries no signature");
    }
    BackupSignature.require(note, unpacked.sums(), key);
    return true;
  }

  private VerificationReport verified(Path folder, Checkpoint checkpoint, BackupManifest manifest) {
    VerificationReport report =
        new LogVerifier(folder, trusted(LogFormat.of(folder)), options.wrapper().orElse(null))
            .full(progress);
    if (report.verdict() != Verdict.INTACT && report.verdict() != Verdict.LAWFULLY_REDUCED) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT,
          "the log in the backup does not verify: " + report.findings().getFirst());
    }
    if (!checkpoint.note().equals(manifest.checkpoint())) {
      throw damaged("manifest and log end with different checkpoints");
    }
    return report;
  }

  private List<Comparison> compare(Path folder, BackupManifest manifest) {
    LogFormat format = LogFormat.of(folder);
    List<Comparison> comparisons = new ArrayList<>();
    for (Path kept : options.expected()) {
      Comparison comparison =
          LogComparison.between(
              folder, Expectation.read(kept, format, options.trusted()), manifest.entries());
      switch (comparison) {
        case Comparison.Continues continues -> comparisons.add(continues);
        case Comparison.Forked forked ->
            throw new PlatformException(AuditErrorCode.LOG_FORKED, forked.explanation());
        case Comparison.RolledBack rolledBack -> {
          if (!options.acceptLoss()) {
            throw new PlatformException(AuditErrorCode.LOG_ROLLED_BACK, rolledBack.explanation());
          }
          comparisons.add(rolledBack);
        }
      }
    }
    return comparisons;
  }

  /** The greatest of the losses. */
  private static RestoreEntry.@Nullable Loss loss(List<Comparison> comparisons) {
    RestoreEntry.Loss greatest = null;
    for (Comparison comparison : comparisons) {
      if (comparison instanceof Comparison.RolledBack found
          && (greatest == null || found.expected().size() > greatest.expected().size())) {
        greatest = new RestoreEntry.Loss(found.expected(), found.missing(), found.proved());
      }
    }
    return greatest;
  }

  private static PlatformException damaged(String what) {
    return new PlatformException(AuditErrorCode.BACKUP_DAMAGED, what);
  }
}

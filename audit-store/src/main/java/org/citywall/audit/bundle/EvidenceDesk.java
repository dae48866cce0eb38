// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.CarriedAnchor;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.CheckpointPair;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.retention.RetentionStatement;
import org.jspecify.annotations.Nullable;

/**
 * Makes evidence bundles, and an entry about each before it leaves. One bundle is made at a time;
 * safe for use by several threads.
 */
public final class EvidenceDesk {

  private final StoredLog log;
  private final Path dataDir;
  private final Clock clock;
  private final long epoch;
  private long sequence;

  /**
   * @param dataDir the folder that holds the log, its keys and what others said about it
   */
  public EvidenceDesk(StoredLog log, Path dataDir, Clock clock) {
    this.log = log;
    this.dataDir = dataDir;
    this.clock = clock;
    this.epoch = Micros.of(clock.instant());
  }

  /**
   * The bundle of a request, verified as who gets it will verify it. {@code AUD-0017} for leaves
   * that the log does not have, {@code AUD-0022} where payloads cannot be opened, {@code AUD-0013}
   * where the log does not prove what it holds, {@code AUD-0152} where the bundle gets too large.
   */
  public synchronized EvidenceBundle make(EvidenceRequest request) {
    TreeMap<Long, BundleEntry> entries = new TreeMap<>();
    Size size = new Size();
    for (long leaf : request.leaves()) {
      BundleEntry entry = selected(log.stored(leaf), request);
      size.add(entry);
      entries.put(leaf, entry);
    }
    LogFormat keys = addSupporting(entries, size);
    Instant made = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ExportRecord record =
        ExportRecord.of(
            made,
            request.person(),
            request.reason(),
            request.selection(),
            request.rules(),
            List.copyOf(entries.values()));
    long leaf = log.append(List.of(record.entry(epoch, sequence + 1)))[0];
    sequence++;
    entries.put(leaf, BundleEntry.of(log.stored(leaf), false));
    log.signCheckpoint();
    CheckpointPair signed =
        log.checkpoints()
            .orElseThrow(
                () -> new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "nothing is signed"));
    EvidenceBundle bundle = bundle(request, entries, keys, made, leaf, signed);
    requireProof(bundle);
    return bundle;
  }

  private static BundleEntry selected(StoredEntry stored, EvidenceRequest request) {
    BundleEntry entry = BundleEntry.of(stored, true);
    if (entry.state() == BundleEntry.State.DESTROYED) {
      return entry;
    }
    LoggedEntry opened = stored.open();
    // What others of the bundle may rest on says nothing about persons outside the platform.
    boolean needed =
        opened.kind() == EntryKind.RETENTION
            || KeyChange.of(opened.kind(), opened.event()).isPresent();
    return !needed && request.withholds(opened.event()) ? entry.withheld() : entry;
  }

  /** Adds what the entries rest on, and gives the keys as they were stated then. */
  private LogFormat addSupporting(TreeMap<Long, BundleEntry> entries, Size size) {
    LogFormat keys = LogFormat.of(dataDir);
    for (LogFormat.KeyPeriod period : keys.periods()) {
      if (period.leaf() != LogFormat.KeyPeriod.FIRST) {
        support(period.leaf(), entries, size);
      }
    }
    for (BundleEntry entry : List.copyOf(entries.values())) {
      for (long leaf = entry.entry().destroyedBy(); leaf >= 0; leaf = restsOn(leaf)) {
        support(leaf, entries, size);
      }
    }
    return keys;
  }

  private void support(long leaf, TreeMap<Long, BundleEntry> entries, Size size) {
    if (!entries.containsKey(leaf)) {
      BundleEntry entry = BundleEntry.of(log.stored(leaf), false);
      size.add(entry);
      entries.put(leaf, entry);
    }
  }

  /** The leaf that a statement about destruction refers to; -1 for none. */
  private long restsOn(long leaf) {
    LoggedEntry entry = log.read(leaf);
    return Lawfulness.restsOn(RetentionStatement.of(entry.kind(), entry.event()));
  }

  private EvidenceBundle bundle(
      EvidenceRequest request,
      TreeMap<Long, BundleEntry> entries,
      LogFormat keys,
      Instant made,
      long record,
      CheckpointPair signed) {
    Map<TreeHash, EvidenceBundle.Proof> trees = new EnumMap<>(TreeHash.class);
    TreeSet<Long> leaves = new TreeSet<>(entries.keySet());
    for (TreeHash tree : keys.trees()) {
      Optional<Checkpoint> checkpoint = signed.of(tree);
      if (checkpoint.isPresent()) {
        trees.put(
            tree,
            new EvidenceBundle.Proof(
                log.sharedPath(leaves, tree, signed.size()), checkpoint.get().note()));
      }
    }
    BundleManifest manifest =
        new BundleManifest(
            signed.sha256().origin(),
            signed.size(),
            made,
            request.person(),
            request.reason(),
            request.selection(),
            request.rules(),
            record,
            keys,
            BundleManifest.Counts.of(List.copyOf(entries.values())));
    return new EvidenceBundle(
        manifest, List.copyOf(entries.values()), trees, anchored(request, keys, signed.size()));
  }

  /** The first checkpoint that has everything asked for and that others vouched for. */
  private EvidenceBundle.@Nullable Anchored anchored(
      EvidenceRequest request, LogFormat keys, long size) {
    return CarriedAnchor.covering(
            dataDir, request.leaves().last(), size, signed -> keys.keyAt(TreeHash.SHA_256, signed))
        .map(
            anchor ->
                new EvidenceBundle.Anchored(
                    anchor, log.consistency(Checkpoint.parse(anchor.note()).size(), size)))
        .orElse(null);
  }

  private static void requireProof(EvidenceBundle bundle) {
    BundleReport report = BundleVerifier.verify(bundle, List.of());
    if (report.verdict() == Verdict.TAMPERED) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, report.findings().getFirst().explanation());
    }
  }

  /** Refuses a bundle before it fills the memory. */
  private static final class Size {
    private long bytes;

    void add(BundleEntry entry) {
      // Base64 takes four characters for three bytes.
      bytes += 4L * entry.entry().length() / 3 + 200;
      if (bytes > EvidenceBundle.MAX_BYTES) {
        throw new PlatformException(AuditErrorCode.BUNDLE_TOO_LARGE, "more than 64 MiB");
      }
    }
  }
}

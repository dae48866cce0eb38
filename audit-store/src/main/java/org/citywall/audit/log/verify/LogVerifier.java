// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.ReadOnlyLogs;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the evidence log of a data folder from its files alone, also while a server writes it.
 * Used by one thread. What is damaged becomes a finding; only a folder that holds no log of a known
 * format ({@code AUD-0011}, {@code AUD-0012}) or a disk that refuses to be read ({@code AUD-0015})
 * is a failure.
 */
public final class LogVerifier {

  private final Path dataDir;
  private final Path root;
  private LogFormat format;
  private final List<VerifierKey> trusted;
  private final @Nullable KeyWrapper wrapper;
  private int threads = Runtime.getRuntime().availableProcessors();
  private @Nullable StateSaving saving;
  private Carried.@Nullable Basis basis;
  private Carried.@Nullable Walked from;

  /**
   * @param trusted the key that the caller trusts; without it the log's own claim is checked
   *     against itself, and the caller has to compare the key in the report
   */
  public LogVerifier(Path dataDir, Optional<VerifierKey> trusted) {
    this(dataDir, trusted.stream().toList(), null);
  }

  /**
   * @param trusted keys that the caller trusts, at most one of each tree
   * @param wrapper opens the data keys of sealed payloads; without it everything is proved but that
   *     a payload is what its entry commits to, and the report says so
   */
  public LogVerifier(Path dataDir, List<VerifierKey> trusted, @Nullable KeyWrapper wrapper) {
    this.dataDir = dataDir;
    this.root = dataDir.resolve("log");
    Path statement = root.resolve("format");
    if (Files.exists(statement) && !FileKinds.isRegular(statement)) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "the format is a link or special file, which is not read");
    }
    this.format = LogFormat.of(dataDir);
    this.trusted = List.copyOf(trusted);
    this.wrapper = wrapper;
  }

  /** Works with so many threads; the report is the same with any number. */
  public LogVerifier withThreads(int number) {
    threads = number;
    return this;
  }

  /** Hands out states of the full verification. */
  public LogVerifier saving(StateSaving when) {
    saving = when;
    return this;
  }

  /**
   * Goes on from a state: where its verification was concluded, only what came later is read and
   * reported; where it was interrupted, the outcome is that of one which was not. {@code AUD-0131}
   * where it was written for another log.
   */
  public LogVerifier continuing(VerificationState state) {
    Carried carried = state.carried();
    if (!carried.keys().equals(firstKeys())) {
      throw new PlatformException(
          AuditErrorCode.VERIFICATION_STATE_OF_ANOTHER_LOG,
          "written for " + String.join(" and ", carried.keys()));
    }
    basis = carried.basis();
    from = carried.finished() ? carried.walked().concluded() : carried.walked();
    return this;
  }

  private List<String> firstKeys() {
    return format.trees().stream()
        .map(tree -> format.chain(tree).getFirst().key().toString())
        .toList();
  }

  /** Everything: records, commitments, trees, tiles, checkpoints, derived files. */
  public VerificationReport full(Progress progress) {
    Findings findings = begin();
    try {
      if (!FileKinds.areRegular(root, findings)) {
        return unread(findings);
      }
      if (basis != null && !basis.mark().isIn(root)) {
        return forked(findings, basis);
      }
      return full(findings, progress);
    } catch (UncheckedIOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "verification stopped", e);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "verification stopped", e);
    }
  }

  /** Nothing is opened where a file of the log is something else than a file. */
  private VerificationReport unread(Findings findings) {
    CheckpointScan nothing = new CheckpointScan(root, format.trees(), findings, null);
    return report("full", findings, 0, new PayloadTally(findings), nothing);
  }

  private VerificationReport full(Findings findings, Progress progress) throws IOException {
    Mark mark = basis == null ? null : basis.mark();
    Carried.Walked start = from == null ? Carried.Walked.nothing(format.trees()) : from;
    long durable = durable(findings);
    StateCheck state = new StateCheck(root, findings);
    CheckpointScan scan = scan(findings, mark);
    long acknowledged = Math.max(durable, scan.signedSize());
    KeyChain keys = new KeyChain(format);
    start.changes().forEach(change -> keys.announced(change.leaf(), change));
    Forest forest =
        new Forest(root, format.trees(), scan.signedSize(), findings, mark, start.trees());
    StoredKeys stored = new StoredKeys(root);
    stored.check(findings);
    RecordJudge judge = new RecordJudge(format.trees(), new PayloadKeys(stored, wrapper));
    PayloadTally payloads =
        new PayloadTally(findings, start.payloads(), basis == null ? 0 : basis.entries());
    findings.beginRecords(start.findings());
    Boundary boundary = new Boundary(scan.signedSize(), saving, this::interrupted);
    if (saving != null) {
      saving.begin(start.leaf());
    }
    long checked;
    Completeness completeness;
    try (RecordCheck records =
        new RecordCheck(
            root,
            findings,
            forest,
            judge,
            payloads,
            keys,
            acknowledged,
            progress,
            threads,
            start,
            boundary)) {
      records.run();
      conclude(findings, records.end(), acknowledged, scan.signedSize());
      checked = records.checked();
      completeness = records.completeness();
    }
    keys.conclude(findings, scan.signedSize());
    payloads.conclude(stored, leaf -> firstSigned(leaf, keys));
    new SignatureCheck(root, format.trees(), keys, findings, threads).run(mark, scan.count());
    state.run(format, scan.signedSize());
    VerificationReport report =
        report("full", findings, checked, payloads, scan).with(completeness);
    finished(boundary.last(), report.verdict(), scan.mark());
    return report;
  }

  private void interrupted(Carried.Walked walked) {
    if (saving != null) {
      saving.save(new Carried(firstKeys(), false, basis, walked));
    }
  }

  private void finished(Carried.@Nullable Walked walked, Verdict verdict, @Nullable Mark mark) {
    if (saving != null && walked != null && mark != null) {
      Carried.Basis next = new Carried.Basis(verdict, walked.leaf(), mark);
      saving.save(new Carried(firstKeys(), true, next, walked.concluded()));
    }
  }

  /** Nothing can be said of what comes after a checkpoint that is not there. */
  private VerificationReport forked(Findings findings, Carried.Basis earlier) throws IOException {
    findings.altered(
        earlier.mark().file(),
        -1,
        earlier.mark().position(),
        "the checkpoint of "
            + earlier.entries()
            + " entries that an earlier verification saw here is gone: the log was cut back, or is"
            + " another one");
    CheckpointScan scan = scan(new Findings(), null);
    return report("full", findings, 0, new PayloadTally(findings), scan);
  }

  /** One entry against the last checkpoint of each tree. */
  public VerificationReport inclusion(long leaf) {
    Findings findings = begin();
    CheckpointScan scan = signed(findings);
    long checked = 0;
    PayloadTally payloads = new PayloadTally(findings);
    try (LogReader reader = reader()) {
      for (TreeHash tree : format.trees()) {
        EntryProof proof = reader.prove(leaf, tree);
        EntryProofs.verifyEnvelope(proof, format.key(tree));
        if (proof.hasPayload()) {
          EntryProofs.verify(proof, format.key(tree));
        } else if (tree == TreeHash.SHA_256) {
          findings.remark(
              "segment", leaf, -1, "the payload is destroyed or sealed; the envelope is proved");
        }
      }
      checked = 1;
    } catch (PlatformException e) {
      switch (e.code()) {
        case AuditErrorCode.LEAF_OUT_OF_RANGE, AuditErrorCode.PROOF_UNAVAILABLE -> throw e;
        case AuditErrorCode.LOG_READ_FAILED -> throw e;
        default -> findings.altered("", leaf, -1, String.valueOf(e.getMessage()));
      }
    }
    return report("inclusion", findings, checked, payloads, scan);
  }

  /** Every checkpoint against the next, from the leaf hashes in the tiles; records are not read. */
  public VerificationReport consistency(Progress progress) {
    Findings findings = begin();
    CheckpointScan scan = signed(findings);
    long signed = scan.signedSize();
    PayloadTally payloads = new PayloadTally(findings);
    try {
      Forest forest = new Forest(root, format.trees(), signed, findings);
      for (long leaf = 0; leaf < signed; leaf++) {
        forest.appendStored(leaf);
        if (!forest.isWhole()) {
          findings.missing("tile", leaf, -1, "the tile of this leaf is missing or cut short");
          return report("consistency", findings, leaf, payloads, scan);
        }
        if ((leaf & 0xFFFF) == 0) {
          progress.at(leaf, signed);
        }
      }
      forest.finish();
      return report("consistency", findings, signed, payloads, scan);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "verification stopped", e);
    }
  }

  private LogReader reader() {
    return wrapper == null ? ReadOnlyLogs.open(dataDir) : ReadOnlyLogs.open(dataDir, wrapper);
  }

  private Findings begin() {
    Findings findings = new Findings();
    for (VerifierKey key : trusted) {
      if (format.chain(key.treeHash()).stream().noneMatch(period -> period.key().equals(key))) {
        findings.altered("format", -1, -1, "the log does not name the key that is trusted: " + key);
      }
    }
    return findings;
  }

  private CheckpointScan signed(Findings findings) {
    try {
      CheckpointScan scan = scan(findings, null);
      KeyChain keys = new KeyChain(format);
      readAnnouncements(keys, scan.signedSize(), findings);
      keys.conclude(findings, scan.signedSize());
      new SignatureCheck(root, format.trees(), keys, findings, threads).run(null, scan.count());
      return scan;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoints", e);
    }
  }

  /** Looks up the entries that announce keys, and proves each in the tree over SHA-256. */
  private void readAnnouncements(KeyChain keys, long signed, Findings findings) {
    try (LogReader reader = ReadOnlyLogs.open(dataDir)) {
      for (LogFormat.KeyPeriod period : format.periods()) {
        if (period.leaf() != LogFormat.KeyPeriod.FIRST) {
          Event event =
              period.leaf() < signed
                  ? EntryProofs.verify(reader.prove(period.leaf()), format.key(TreeHash.SHA_256))
                  : reader.read(period.leaf()).event();
          KeyChange.of(EntryKind.CONTROL, event)
              .ifPresent(change -> keys.announced(period.leaf(), change));
        }
      }
    } catch (PlatformException e) {
      if (e.code() == AuditErrorCode.LOG_READ_FAILED) {
        throw e;
      }
      findings.altered("format", -1, -1, "an announced key: " + e.getMessage());
    }
  }

  private CheckpointScan scan(Findings findings, @Nullable Mark mark) throws IOException {
    CheckpointScan scan = new CheckpointScan(root, format.trees(), findings, mark);
    scan.run();
    // A writer states a key before it signs with it: what was signed is stated by now.
    format = LogFormat.of(dataDir);
    return scan;
  }

  private long durable(Findings findings) throws IOException {
    Path file = root.resolve("durable");
    if (!Files.exists(file)) {
      findings.remark("durable", -1, -1, "missing; the next writer counts again");
      return 0;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.limit() != 16 || bytes.getLong(0) != ~bytes.getLong(8) || bytes.getLong(0) < 0) {
      findings.altered("durable", -1, 0, "the count of durable entries contradicts itself");
      return 0;
    }
    return bytes.getLong(0);
  }

  /** When the log first signed a tree with this leaf in it; empty while it has not. */
  private Optional<Instant> firstSigned(long leaf, KeyChain keys) {
    try {
      Moments moments = new Moments(root, Moments.Damage.IGNORED);
      for (Moment moment = moments.next(); moment != null; moment = moments.next()) {
        if (moment.size() > leaf) {
          return moment.sha256().signedAt(keys.at(TreeHash.SHA_256, moment.size()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void conclude(Findings findings, long end, long acknowledged, long signed) {
    if (end < acknowledged) {
      findings.missing(
          "segment", end, -1, "leaves " + end + " to " + (acknowledged - 1) + " are missing");
    }
    if (end > signed) {
      findings.remark(
          "segment", signed, -1, (end - signed) + " entries are not covered by a checkpoint yet");
    }
  }

  private VerificationReport report(
      String mode, Findings findings, long entries, PayloadTally payloads, CheckpointScan scan) {
    VerifierKey key = format.key(TreeHash.SHA_256);
    VerifierKey sm3Key = format.trees().contains(TreeHash.SM3) ? format.key(TreeHash.SM3) : null;
    Checkpoint last = scan.last(TreeHash.SHA_256);
    Checkpoint sm3 = scan.last(TreeHash.SM3);
    return new VerificationReport(
        mode,
        basis == null ? findings.verdict() : findings.verdict().or(basis.verdict()),
        key.name(),
        key.toString(),
        sm3Key == null ? null : sm3Key.toString(),
        entries,
        payloads.checked(),
        payloads.closed(),
        payloads.shredded(),
        scan.signedSize(),
        last == null ? null : last.root().hex(),
        sm3 == null ? null : sm3.root().hex(),
        last == null ? null : last.signedAt(key).orElse(null),
        scan.count(),
        Completeness.UNKNOWN,
        findings.kept(),
        findings.left(),
        basis == null
            ? null
            : new VerificationReport.Earlier(
                basis.entries(), basis.mark().root(), basis.verdict()));
  }
}

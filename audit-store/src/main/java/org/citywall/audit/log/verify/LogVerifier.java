// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;

/**
 * Verifies the evidence log of a data folder from its files alone, also while a server writes it.
 * What is damaged becomes a finding; only a folder that holds no log of a known format ({@code
 * AUD-0011}, {@code AUD-0012}) or a disk that refuses to be read ({@code AUD-0015}) is a failure.
 */
public final class LogVerifier {

  private final Path dataDir;
  private final Path root;
  private final VerifierKey key;
  private final boolean otherKey;

  /**
   * @param trusted the key that the caller trusts; without it the log's own claim is checked
   *     against itself, and the caller has to compare the key in the report
   */
  public LogVerifier(Path dataDir, Optional<VerifierKey> trusted) {
    VerifierKey stated = EvidenceLogs.statedKey(dataDir);
    this.dataDir = dataDir;
    this.root = dataDir.resolve("log");
    this.key = trusted.orElse(stated);
    this.otherKey = !key.equals(stated);
  }

  /** Everything: records, commitments, tree, tiles, checkpoints, derived files. */
  public VerificationReport full(Progress progress) {
    Findings findings = begin();
    try {
      long mark = durable(findings);
      CheckpointWalk checkpoints = checkpoints(findings);
      long signed = signedSize(checkpoints);
      long acknowledged = Math.max(mark, signed);
      TileCheck tiles = new TileCheck(root, signed, findings);
      RootCheck roots = new RootCheck(checkpoints.signed(), findings);
      RecordCheck records = new RecordCheck(root, findings, tiles, roots, acknowledged, progress);
      records.run();
      if (!roots.givenUp()) {
        tiles.finish();
      }
      conclude(findings, records.end(), acknowledged, signed);
      state(findings);
      return report("full", findings, records.checked(), checkpoints);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "verification stopped", e);
    }
  }

  /** One entry against the last checkpoint. */
  public VerificationReport inclusion(long leaf) {
    Findings findings = begin();
    CheckpointWalk checkpoints = checkpoints(findings);
    long checked = 0;
    try (LogReader reader = EvidenceLogs.openReadOnly(dataDir)) {
      EntryProof proof = reader.prove(leaf);
      EntryProofs.verify(proof, key);
      checked = 1;
    } catch (PlatformException e) {
      switch (e.code()) {
        case AuditErrorCode.LEAF_OUT_OF_RANGE, AuditErrorCode.PROOF_UNAVAILABLE -> throw e;
        case AuditErrorCode.LOG_READ_FAILED -> throw e;
        default -> findings.altered("", leaf, -1, String.valueOf(e.getMessage()));
      }
    }
    return report("inclusion", findings, checked, checkpoints);
  }

  /** Every checkpoint against the next, from the leaf hashes in the tiles; records are not read. */
  public VerificationReport consistency(Progress progress) {
    Findings findings = begin();
    CheckpointWalk checkpoints = checkpoints(findings);
    long signed = signedSize(checkpoints);
    TileCheck tiles = new TileCheck(root, signed, findings);
    RootCheck roots = new RootCheck(checkpoints.signed(), findings);
    TreeFold tree = new TreeFold(tiles);
    LeafHashes hashes = new LeafHashes(root, signed);
    for (long leaf = 0; leaf < signed; leaf++) {
      roots.at(tree);
      byte[] hash = hashes.at(leaf);
      if (hash == null) {
        findings.missing("tlog/tile", leaf, -1, "the tile of this leaf is missing or cut short");
        break;
      }
      tree.append(hash);
      if ((leaf & 0xFFFF) == 0) {
        progress.at(leaf, signed);
      }
    }
    roots.at(tree);
    return report("consistency", findings, tree.size(), checkpoints);
  }

  private Findings begin() {
    Findings findings = new Findings();
    if (otherKey) {
      findings.altered("format", -1, -1, "the log names another key than the one that is trusted");
    }
    return findings;
  }

  private CheckpointWalk checkpoints(Findings findings) {
    CheckpointWalk checkpoints = new CheckpointWalk(root, key, findings);
    try {
      checkpoints.run();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoints", e);
    }
    return checkpoints;
  }

  private static long signedSize(CheckpointWalk checkpoints) {
    Checkpoint last = checkpoints.last();
    return last == null ? 0 : last.size();
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

  private void state(Findings findings) throws IOException {
    Path file = root.resolve("state");
    if (!Files.exists(file)) {
      return;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      byte[] note = new byte[Math.clamp(in.getInt(), 0, in.remaining())];
      in.get(note);
      SignedNote signed = SignedNote.parse(new String(note, StandardCharsets.UTF_8));
      signed.requireSignedBy(key);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(in);
      String hash = Base64.getEncoder().encodeToString(digest.digest());
      if (signed.text().equals("citywall-log-state/1\n" + key.name() + "\n" + hash + "\n")) {
        return;
      }
    } catch (RuntimeException e) {
      // Falls through: whatever cannot be read is not what was signed.
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    findings.altered("state", -1, -1, "the snapshot is not what the log signed");
  }

  private VerificationReport report(
      String mode, Findings findings, long entries, CheckpointWalk checkpoints) {
    Checkpoint last = checkpoints.last();
    return new VerificationReport(
        mode,
        findings.verdict(),
        key.name(),
        key.toString(),
        entries,
        signedSize(checkpoints),
        last == null ? null : last.root().hex(),
        checkpoints.lastTime(),
        checkpoints.count(),
        findings.kept(),
        findings.left());
  }
}

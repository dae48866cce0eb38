// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;

/**
 * Verifies that a log continues what others vouched for, and that enough of them did. The records
 * are not read, only the tree that is published: whether the records have that tree is what a full
 * verification of the log says. Failures: {@code AUD-0011}, {@code AUD-0012} where there is no log
 * of a known format, {@code AUD-0015} or {@code AUD-0066} where a disk refuses.
 */
public final class AnchorVerifier {

  private static final long MAX_NOTE = 1 << 20;

  private final Path dataDir;
  private final AnchorPolicy policy;
  private final Instant now;
  private final VerifierKey key;
  private final KeysBySize keys;
  private final boolean keyTrusted;
  private final AnchorFindings findings = new AnchorFindings();
  private final LogCheck log;

  /**
   * @param now as of when ages are measured
   */
  public AnchorVerifier(Path dataDir, AnchorPolicy policy, Instant now) {
    this.dataDir = dataDir;
    this.policy = policy;
    this.now = now;
    LogFormat format = LogFormat.of(dataDir);
    this.keyTrusted = !policy.logs().isEmpty();
    this.keys = size -> trusted(format.keyAt(TreeHash.SHA_256, size));
    this.key = trusted(format.key(TreeHash.SHA_256));
    for (LogFormat.KeyPeriod period : format.chain(TreeHash.SHA_256)) {
      if (!trusted(period.key()).equals(period.key())) {
        findings.altered(
            "log/format", Finding.NONE, "the policy does not name the log's key " + period.key());
      }
    }
    if (!keyTrusted) {
      findings.remark("log/format", "the policy names no log; its key is its own claim");
    }
    this.log = new LogCheck(PublishedTree.ofData(dataDir, TreeHash.SHA_256), keys, findings);
  }

  /**
   * The key itself where the policy trusts it; else one that it names, under which nothing fits.
   */
  private VerifierKey trusted(VerifierKey stated) {
    List<VerifierKey> named = policy.logs();
    return named.isEmpty() || named.contains(stated) ? stated : named.getFirst();
  }

  /** Compares with a checkpoint that was kept elsewhere. */
  public AnchorVerifier with(Path checkpoint) {
    try {
      if (Files.size(checkpoint) > MAX_NOTE) {
        throw new PlatformException(AuditErrorCode.NOTE_MALFORMED, checkpoint + " is too long");
      }
      String note = new String(Files.readAllBytes(checkpoint), StandardCharsets.UTF_8);
      log.holds(checkpoint.toString(), keys.verified(note));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoint " + checkpoint, e);
    } catch (PlatformException e) {
      LogCheck.report(checkpoint.toString(), e, findings);
    }
    return this;
  }

  /** Verifies a copy and compares with it. */
  public AnchorVerifier withCopy(Path copy, Progress progress) {
    new CopyCheck(copy, new AnchorStore(dataDir), keys, log, findings).run(progress);
    return this;
  }

  /** Verifies what is stored about the log, and concludes. */
  public AnchorReport verify(Progress progress) {
    AnchorStore store = new AnchorStore(dataDir);
    NoteCheck notes = new NoteCheck(store, policy, keys, log, findings, now);
    store.names().forEach(notes::check);
    ActCheck acts = new ActCheck(dataDir, store, findings, progress);
    acts.run();
    PolicyCheck demands = new PolicyCheck(policy, findings, now);
    List<NoteCheck.Statement> counted = demands.worth(notes.statements(), acts);
    AnchorReport.Reached quorum = demands.quorum(counted);
    demands.tokens(counted);
    Hash root = log.root();
    return new AnchorReport(
        findings.verdict(),
        now,
        key.name(),
        key.toString(),
        keyTrusted,
        log.size(),
        root == null ? null : root.hex(),
        counted.stream()
            .map(
                each ->
                    new AnchorReport.Anchor(
                        each.kind(), each.who(), each.size(), each.time(), each.path()))
            .toList(),
        quorum,
        findings.kept(),
        findings.left());
  }
}

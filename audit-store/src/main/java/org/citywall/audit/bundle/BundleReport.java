// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.time.Instant;
import java.util.List;
import org.citywall.audit.anchor.AnchorReport;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the check of a bundle came to.
 *
 * @param verdict {@link Verdict#LAWFULLY_REDUCED} where payloads were destroyed, not where they are
 *     only withheld
 * @param manifest what the bundle says of itself; bound to the log unless the verdict is {@link
 *     Verdict#TAMPERED}
 * @param key key that signs the checkpoint over SHA-256
 * @param sm3Key key that signs the one over SM3; null without that tree
 * @param signedAt when the checkpoint was signed, by the log's clock; null where it is not signed
 * @param sources what the bundle shows of each source, in order of their names
 * @param disclosed selected entries with payload, each checked
 * @param anchors what vouches for an earlier checkpoint with all of them, by a policy; none without
 *     one
 */
public record BundleReport(
    Verdict verdict,
    BundleManifest manifest,
    VerifierKey key,
    @Nullable VerifierKey sm3Key,
    @Nullable Instant signedAt,
    List<SourceRun> sources,
    List<LoggedEntry> disclosed,
    List<AnchorReport.Anchor> anchors,
    List<Finding> findings) {

  /**
   * Entries of one source and epoch.
   *
   * @param first lowest sequence in the bundle
   * @param last highest sequence in the bundle
   * @param entries how many of those between are in the bundle, withheld ones too
   */
  public record SourceRun(String source, long epoch, long first, long last, long entries) {

    /** Sequences between the first and the last that the bundle does not hold. */
    public long absent() {
      return last - first + 1 - entries;
    }
  }

  public BundleReport {
    sources = List.copyOf(sources);
    disclosed = List.copyOf(disclosed);
    anchors = List.copyOf(anchors);
    findings = List.copyOf(findings);
  }
}

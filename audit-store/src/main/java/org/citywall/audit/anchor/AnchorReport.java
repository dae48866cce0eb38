// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Instant;
import java.util.List;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a verification of anchors.
 *
 * @param asOf the time at which ages were measured
 * @param key vkey of the log
 * @param keyTrusted whether the policy names it; else it is the log's own claim
 * @param size of the published checkpoint
 * @param root of the published checkpoint in hexadecimal, or null without one
 * @param anchors what was found good, by rising size
 * @param quorum the newest checkpoint with a quorum, or null
 * @param findings at most 1,000, in order of discovery
 * @param moreFindings how many further ones were left out
 */
public record AnchorReport(
    Verdict verdict,
    Instant asOf,
    String origin,
    String key,
    boolean keyTrusted,
    long size,
    @Nullable String root,
    List<Anchor> anchors,
    @Nullable Reached quorum,
    List<Finding> findings,
    long moreFindings) {

  /** How somebody outside vouched. */
  public enum Kind {
    /** A time-stamp token (RFC 3161). */
    TOKEN,
    /** A cosignature of a witness (C2SP tlog-cosignature). */
    COSIGNATURE
  }

  /**
   * Somebody outside vouched for a checkpoint that the log continues.
   *
   * @param who name of the authority or the witness in the policy
   * @param time that it says
   * @param file path below the data folder
   */
  public record Anchor(Kind kind, String who, long size, Instant time, String file) {}

  /**
   * A checkpoint that was vouched for as the policy wants.
   *
   * @param at when the last of those who were needed vouched
   */
  public record Reached(long size, Instant at) {}

  public AnchorReport {
    anchors = List.copyOf(anchors);
    findings = List.copyOf(findings);
  }
}

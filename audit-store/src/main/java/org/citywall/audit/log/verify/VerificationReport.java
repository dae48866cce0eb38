// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a verification.
 *
 * @param mode {@code full}, {@code inclusion}, {@code consistency} or {@code index}
 * @param key vkey that the signatures were checked with; the log's own claim unless one was given
 * @param entries entries that were checked
 * @param signedEntries entries that the last checkpoint covers
 * @param root root of the last checkpoint in hexadecimal, or null without a checkpoint
 * @param signedAt when the last checkpoint was signed, or null
 * @param checkpoints checkpoints that were checked
 * @param findings at most 1,000, in order of discovery
 * @param moreFindings how many further ones were left out
 */
public record VerificationReport(
    String mode,
    Verdict verdict,
    String origin,
    String key,
    long entries,
    long signedEntries,
    @Nullable String root,
    @Nullable Instant signedAt,
    long checkpoints,
    List<Finding> findings,
    long moreFindings) {

  public VerificationReport {
    findings = List.copyOf(findings);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.time.Duration;
import java.util.List;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.verify.Comparison;
import org.citywall.audit.log.verify.VerificationReport;

/**
 * A restore that came to its end.
 *
 * @param backup what the backup says about itself
 * @param sums SHA-256 of its list of digests
 * @param signed whether the log's key signed it
 * @param verification of the restored log
 * @param comparisons with what was kept elsewhere, in the order given
 * @param unpacking time to unpack and to make durable
 * @param deriving time to make the tree again
 * @param verifying time to verify
 */
public record RestoreReport(
    BackupManifest backup,
    Hash sums,
    boolean signed,
    VerificationReport verification,
    List<Comparison> comparisons,
    Duration unpacking,
    Duration deriving,
    Duration verifying) {

  public RestoreReport {
    comparisons = List.copyOf(comparisons);
  }
}

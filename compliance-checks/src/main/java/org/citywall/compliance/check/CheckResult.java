// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waiver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came of one check of one target.
 *
 * @param reason why it does not apply or could not be checked; empty otherwise
 * @param remarks the comparisons behind it
 * @param evidence the facts that the check keeps; null where none were had
 * @param digest SHA-256 over all facts, in hexadecimal; empty where none were had
 * @param collectedAt when the facts were had
 * @param waiver that counts for it now; null for none, and where none is needed
 * @param took to collect them; facts that several checks share are collected once
 */
public record CheckResult(
    String check,
    int version,
    String target,
    Result result,
    String reason,
    @Nullable Waiver waiver,
    List<Remark> remarks,
    @Nullable JsonNode evidence,
    String digest,
    Instant collectedAt,
    Duration took) {
  public CheckResult {
    remarks = List.copyOf(remarks);
  }

  /** Whether nothing has to be done: it conforms, does not apply, or is waived. */
  public boolean accepted() {
    return result == Result.CONFORM || result == Result.NOT_APPLICABLE || waiver != null;
  }
}

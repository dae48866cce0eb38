// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.citywall.compliance.score.Result;
import org.jspecify.annotations.Nullable;

/**
 * What an item came to, of one object.
 *
 * @param version counts changes; a change names the one it saw
 * @param stated what was settled or found last, whatever has expired since and is waived
 * @param reviewer who looked it over, never the assessor; null until then
 * @param applicability why it does not apply, or why what was found is accepted for a time
 * @param value 0..100 of an indicator; null elsewhere
 * @param crypto of a technical unit of a cryptography assessment; null elsewhere
 * @param evidenceUntil last day on which the evidence holds; null where it does not expire
 */
public record ItemResult(
    ItemKey key,
    long version,
    Result stated,
    Origin origin,
    @Nullable String assessor,
    @Nullable String reviewer,
    String comment,
    @Nullable Applicability applicability,
    @Nullable BigDecimal value,
    @Nullable Crypto crypto,
    @Nullable LocalDate evidenceUntil,
    @Nullable Instant decidedAt) {

  /** Who decided. */
  public enum Origin {
    NOBODY,
    CHECK,
    PERSON,
    /** The conclusion of the platform that the system runs on. */
    PLATFORM
  }

  /**
   * What it counts as on a day: expired evidence is no pass, an expired exception is untested, and
   * what is waived does not apply until the waiver ends.
   */
  public Result outcome(LocalDate today) {
    boolean ended = applicability != null && applicability.until().isBefore(today);
    if (stated == Result.NOT_APPLICABLE) {
      return ended ? Result.UNTESTED : stated;
    }
    if (failed(stated) && applicability != null && !ended) {
      return Result.NOT_APPLICABLE;
    }
    boolean rests = stated == Result.CONFORM || stated == Result.PARTIAL;
    return rests && evidenceUntil != null && evidenceUntil.isBefore(today)
        ? Result.EVIDENCE_EXPIRED
        : stated;
  }

  /** Whether somebody still has to say what it is. */
  public boolean unsettled(LocalDate today) {
    return unsettled(outcome(today));
  }

  static boolean failed(Result result) {
    return result == Result.NONCONFORM || result == Result.PARTIAL;
  }

  static boolean unsettled(Result result) {
    return result == Result.UNTESTED || result == Result.ERROR || result == Result.EVIDENCE_EXPIRED;
  }
}

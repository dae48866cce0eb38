// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.citywall.compliance.catalogue.Wording;
import org.jspecify.annotations.Nullable;

/**
 * What an indicator comes to in a period.
 *
 * @param applicable false where somebody said that it does not apply
 * @param reached 0..100; null where it does not apply or nobody knows yet
 * @param query what was counted; empty where a person said it
 * @param leaves entries of the log that it rests on
 * @param evidence what a person's value rests on, or null
 * @param sha256 digest of a file that it rests on, or null
 * @param from first day that it is about
 * @param to last day that it is about
 * @param recordedAt when it came here
 */
public record IndexValue(
    String indicator,
    Origin origin,
    boolean applicable,
    @Nullable BigDecimal reached,
    Wording explanation,
    String query,
    List<Long> leaves,
    @Nullable String evidence,
    @Nullable String sha256,
    LocalDate from,
    LocalDate to,
    Instant recordedAt,
    String recordedBy) {

  /** Who says so. */
  public enum Origin {
    /** The platform counted it. */
    FEED,
    /** A person entered it. */
    MANUAL,
    /** Nobody yet: the platform cannot tell. */
    NOBODY
  }

  public IndexValue {
    leaves = List.copyOf(leaves);
  }
}

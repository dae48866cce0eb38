// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;

/**
 * An order to destroy the payloads of one subject group and month, by destroying the data keys that
 * seal them. Envelopes, trees and proofs stay.
 *
 * @param group label of the group, as {@link SubjectGroups} gives it
 * @param month month of receipt, by UTC
 * @param approvers who approved it: accounts of two different persons at least
 * @param basis the rule or request on which it rests, one line
 */
public record Destruction(String group, YearMonth month, List<String> approvers, String basis) {

  /**
   * Whole months that must have passed since the end of the month: logs of networks are kept six
   * months at least (网络安全法, duty to keep logs). No option lowers it.
   */
  public static final int LEAST_MONTHS = 6;

  public Destruction {
    approvers = List.copyOf(approvers);
  }

  /** Whether the log may obey and a verifier will call it lawful. */
  public boolean isLawful(Instant now) {
    return isOneLine(group)
        && isOneLine(basis)
        && !basis.isBlank()
        && approvers.stream().allMatch(name -> isOneLine(name) && !name.isBlank())
        && new HashSet<>(approvers).size() >= 2
        && !now.isBefore(earliest());
  }

  /** The first moment at which the payloads may be destroyed. */
  public Instant earliest() {
    return month.plusMonths(1 + LEAST_MONTHS).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static boolean isOneLine(String text) {
    return text.codePoints().noneMatch(c -> c < ' ');
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.List;

/**
 * Whether every entry that a source numbered is in the log. Sources number from 1 within an epoch
 * (see {@link org.citywall.audit.event.SourcePosition}), so what is between two numbers that stand
 * in the log was numbered, too. What a source numbered last in an epoch and lost cannot be known
 * from the log alone.
 *
 * @param sources sources whose entries were read
 * @param epochs incarnations of all of them
 * @param missing how many numbers are missing
 * @param gaps at most 1,000, in order of the entries behind them
 * @param moreGaps how many further ones were left out
 */
public record Completeness(long sources, long epochs, long missing, List<Gap> gaps, long moreGaps) {

  /** Nothing was read, as where records are not looked at. */
  public static final Completeness UNKNOWN = new Completeness(0, 0, 0, List.of(), 0);

  public Completeness {
    gaps = List.copyOf(gaps);
  }

  /**
   * Numbers that are missing.
   *
   * @param first first sequence that is missing
   * @param last last sequence that is missing
   * @param leaf the entry behind the gap
   */
  public record Gap(String source, long epoch, long first, long last, long leaf) {}
}

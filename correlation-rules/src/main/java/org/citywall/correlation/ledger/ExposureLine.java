// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.util.List;

/**
 * Exposure of one operator, account or whatever the report is by.
 *
 * @param value empty for what no entry says
 * @param statements that ended
 * @param unfinished statements that were let pass and of whose end nothing is known
 * @param rows returned
 * @param changed rows inserted, updated or deleted
 * @param byLevel returned rows by level, from 0 to 4
 * @param known rows, of all, of which it is known whom they are about
 * @param persons distinct persons of the known rows; over several keys an upper bound
 * @param exact whether the persons are counted and not estimated
 * @param keys under how many keys persons are told apart
 * @param claimed persons by the sources' own word, summed up, of rows that are not known
 * @param byDay returned rows of each day of the question
 * @param lastLeaf newest entry behind it
 */
public record ExposureLine(
    String value,
    long statements,
    long unfinished,
    long rows,
    long changed,
    List<Long> byLevel,
    long known,
    long persons,
    boolean exact,
    int keys,
    long claimed,
    List<Long> byDay,
    long lastLeaf) {

  public ExposureLine {
    byLevel = List.copyOf(byLevel);
    byDay = List.copyOf(byDay);
  }

  /** Rows of which nobody knows whom they are about. */
  public long unknown() {
    return rows + changed - known;
  }
}

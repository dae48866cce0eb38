// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.util.List;

/**
 * What the ledger says to a question.
 *
 * @param lines those with the most rows first
 * @param total over all lines; a person of several lines is one
 * @param asOfLeaf every entry below this leaf is counted
 * @param tooOld entries that came when their day was over by more than is kept
 * @param folded entries that are counted without telling who and what, because there was too much
 */
public record ExposureReport(
    ExposureQuestion question,
    List<ExposureLine> lines,
    ExposureLine total,
    long asOfLeaf,
    long tooOld,
    long folded) {

  public ExposureReport {
    lines = List.copyOf(lines);
  }
}

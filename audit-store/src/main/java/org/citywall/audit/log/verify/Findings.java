// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects findings, bounded, and the verdict they add up to. */
final class Findings {

  private static final int MAX = 1000;

  /**
   * What the records had to say so far.
   *
   * @param left how many further findings were left out
   */
  record OfRecords(
      List<Finding> kept, long left, boolean altered, boolean missing, boolean reduced) {

    static final OfRecords NONE = new OfRecords(List.of(), 0, false, false, false);

    OfRecords {
      kept = List.copyOf(kept);
    }
  }

  private final List<Finding> kept = new ArrayList<>();
  private int keptBefore;
  private long leftBefore;
  private long left;
  private boolean altered;
  private boolean missing;
  private boolean reduced;

  void altered(String file, long leaf, long position, String explanation) {
    altered = true;
    add(new Finding.Altered(file, leaf, position, explanation));
  }

  void missing(String file, long leaf, long position, String explanation) {
    missing = true;
    add(new Finding.Missing(file, leaf, position, explanation));
  }

  void lawful(String file, long leaf, String explanation) {
    reduced = true;
    add(new Finding.Lawful(file, leaf, Finding.NONE, explanation));
  }

  /** Something that was done as the rules of retention allow and took nothing away. */
  void allowed(String file, long leaf, String explanation) {
    add(new Finding.Lawful(file, leaf, Finding.NONE, explanation));
  }

  void remark(String file, long leaf, long position, String explanation) {
    add(new Finding.Remark(file, leaf, position, explanation));
  }

  /** From here on findings are about records; those of an interrupted verification come first. */
  void beginRecords(OfRecords earlier) {
    keptBefore = kept.size();
    leftBefore = left;
    earlier.kept().forEach(this::add);
    left += earlier.left();
    altered |= earlier.altered();
    missing |= earlier.missing();
    reduced |= earlier.reduced();
  }

  /** What was found since {@link #beginRecords}; what came before is found again by who goes on. */
  OfRecords ofRecords() {
    return new OfRecords(
        kept.subList(keptBefore, kept.size()), left - leftBefore, altered, missing, reduced);
  }

  private void add(Finding finding) {
    if (kept.size() < MAX) {
      kept.add(finding);
    } else {
      left++;
    }
  }

  List<Finding> kept() {
    return kept;
  }

  long left() {
    return left;
  }

  Verdict verdict() {
    if (altered) {
      return Verdict.TAMPERED;
    }
    if (missing) {
      return Verdict.INCOMPLETE;
    }
    return reduced ? Verdict.LAWFULLY_REDUCED : Verdict.INTACT;
  }
}

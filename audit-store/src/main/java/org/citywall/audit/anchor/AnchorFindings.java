// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Verdict;

/** Collects findings, bounded, and the verdict they add up to. */
final class AnchorFindings {

  private static final int MAX = 1000;

  private final List<Finding> kept = new ArrayList<>();
  private long left;
  private boolean altered;
  private boolean missing;

  void altered(String file, long leaf, String explanation) {
    add(new Finding.Altered(file, leaf, Finding.NONE, explanation));
  }

  void missing(String file, long leaf, String explanation) {
    add(new Finding.Missing(file, leaf, Finding.NONE, explanation));
  }

  void remark(String file, String explanation) {
    add(new Finding.Remark(file, Finding.NONE, Finding.NONE, explanation));
  }

  /** Takes a finding over from another verification. */
  void add(Finding finding) {
    switch (finding) {
      case Finding.Altered _ -> altered = true;
      case Finding.Missing _ -> missing = true;
      case Finding.Lawful _, Finding.Remark _ -> {}
    }
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
    return altered ? Verdict.TAMPERED : missing ? Verdict.INCOMPLETE : Verdict.INTACT;
  }
}

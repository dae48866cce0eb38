// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.List;

/** Compares the tree with every root that was signed, while it grows. */
final class RootCheck {

  private final List<CheckpointWalk.Signed> signed;
  private final Findings findings;
  private int next;
  private boolean reported;
  private boolean givenUp;

  RootCheck(List<CheckpointWalk.Signed> signed, Findings findings) {
    this.signed = signed;
    this.findings = findings;
  }

  /** Call it with every size of the tree, before it grows further. */
  void at(TreeFold tree) {
    if (next == signed.size() || givenUp || signed.get(next).size() != tree.size()) {
      return;
    }
    CheckpointWalk.Signed expected = signed.get(next++);
    if (!tree.root().equals(expected.root()) && !reported) {
      reported = true;
      findings.altered(
          expected.where(),
          -1,
          -1,
          "entries before leaf " + expected.size() + " do not have the root that was signed");
    }
  }

  /** From here on the tree cannot be known any more. */
  void giveUp() {
    givenUp = true;
  }

  boolean givenUp() {
    return givenUp;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/** Compares the trees with every root that was signed, while they grow together. */
final class RootCheck {

  private final Moments moments;
  private final Findings findings;
  private final Map<TreeHash, TreeFold> trees = new EnumMap<>(TreeHash.class);
  private final Set<TreeHash> reported = EnumSet.noneOf(TreeHash.class);
  private @Nullable Moment next;
  private long compared = -1;
  private boolean givenUp;

  /**
   * @param mark the moment to begin with, or null for the first
   * @param reported trees whose roots are known to differ
   */
  RootCheck(Path root, Findings findings, @Nullable Mark mark, Set<TreeHash> reported)
      throws IOException {
    this.moments = new Moments(root, Moments.Damage.IGNORED, mark);
    this.findings = findings;
    this.reported.addAll(reported);
    this.next = moments.next();
  }

  void watch(TreeHash hash, TreeFold tree) {
    trees.put(hash, tree);
  }

  /** Call it with every size of the trees, before they grow further. */
  void at(long size) throws IOException {
    while (next != null && next.size() <= size && !givenUp) {
      if (next.size() == size && compared < size) {
        for (Map.Entry<TreeHash, TreeFold> tree : trees.entrySet()) {
          compare(next, next.of(tree.getKey()), tree.getKey(), tree.getValue());
        }
        compared = next.sm3() == null && trees.size() > 1 ? compared : size;
      }
      next = moments.next();
    }
  }

  private void compare(Moment moment, @Nullable Checkpoint signed, TreeHash hash, TreeFold tree) {
    if (signed != null && !signed.root().equals(tree.root()) && reported.add(hash)) {
      findings.altered(
          moment.file(),
          -1,
          moment.position(),
          "entries before leaf " + signed.size() + " do not have the root that was signed");
    }
  }

  /** Trees whose roots differ from what was signed. */
  Set<TreeHash> reported() {
    return Set.copyOf(reported);
  }

  /** From here on the trees cannot be known any more. */
  void giveUp() {
    givenUp = true;
  }

  boolean givenUp() {
    return givenUp;
  }
}

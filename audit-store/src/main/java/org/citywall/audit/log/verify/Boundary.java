// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is known between two records: at the size that was signed last, where a later
 * verification can go on, and before that as often as an interruption may cost. Behind it nothing
 * is taken, because tiles and checkpoints of what nobody signed yet were not compared.
 */
final class Boundary {

  private final long signed;
  private final @Nullable StateSaving saving;
  private final Consumer<Carried.Walked> interrupted;
  private Carried.@Nullable Walked last;

  /**
   * @param saving tells when; null where nobody wants anything
   * @param interrupted takes what is known before the end
   */
  Boundary(long signed, @Nullable StateSaving saving, Consumer<Carried.Walked> interrupted) {
    this.signed = signed;
    this.saving = saving;
    this.interrupted = interrupted;
  }

  boolean isWanted(long leaf) {
    return saving != null && leaf <= signed && (isEnd(leaf) || leaf < signed && saving.isDue(leaf));
  }

  private boolean isEnd(long leaf) {
    return leaf == signed && last == null;
  }

  void reached(Carried.Walked walked) {
    if (isEnd(walked.leaf())) {
      last = walked;
    } else {
      interrupted.accept(walked);
    }
  }

  /** What was known at the signed size, or null where the records did not come to it. */
  Carried.@Nullable Walked last() {
    return last;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.Collection;

/** Whether a condition holds of some facts; unknown where they do not say. */
public enum Truth {
  FALSE,
  UNKNOWN,
  TRUE;

  static Truth of(boolean holds) {
    return holds ? TRUE : FALSE;
  }

  Truth not() {
    return values()[TRUE.ordinal() - ordinal()];
  }

  /** Strong Kleene conjunction: true of none. */
  static Truth all(Collection<Truth> each) {
    return each.stream().min(Truth::compareTo).orElse(TRUE);
  }

  /** Strong Kleene disjunction: false of none. */
  static Truth any(Collection<Truth> each) {
    return each.stream().max(Truth::compareTo).orElse(FALSE);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a statement itself says of the person behind it.
 *
 * @param own claim of this statement alone; null where it has the session's
 * @param naming change of the session's claim, once it has run; null for none
 * @param replaced whether another text runs in its place also where nothing is enforced
 */
record Said(@Nullable Claim own, @Nullable Naming naming, boolean replaced) {

  static final Said NOTHING = new Said(null, null, false);

  /**
   * A change of the session's claim.
   *
   * @param local until the transaction ends
   */
  record Naming(UnaryOperator<Claim> to, boolean local) {}

  /** Of a statement that makes a change. */
  static Said changing(UnaryOperator<Claim> to, boolean local, boolean replaced) {
    return new Said(null, new Naming(to, local), replaced);
  }

  /** Of a statement with a claim of its own. */
  static Said by(Claim own) {
    return new Said(own, null, false);
  }
}

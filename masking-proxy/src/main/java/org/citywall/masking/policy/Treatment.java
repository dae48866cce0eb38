// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import org.citywall.masking.mask.Mask;

/** What one person sees of one column. */
public sealed interface Treatment {

  /** The value as it is. */
  record Plain() implements Treatment {}

  /** The value behind a mask. */
  record Masked(Mask mask) implements Treatment {}

  /**
   * Nothing: null of the column's type.
   *
   * @param reason for the record, for example {@code above clearance}
   */
  record Hidden(String reason) implements Treatment {}
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.List;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.mask.Mask;

/** What one person sees of one column. */
public sealed interface Treatment {

  /** Whether values are shown as they are. */
  default boolean showsValues() {
    return switch (this) {
      case Plain() -> true;
      case Granted(var grants) -> true;
      case Masked(var mask) -> false;
      case Hidden(var reason) -> false;
    };
  }

  /** The value as it is. */
  record Plain() implements Treatment {}

  /**
   * The value as it is, above the clearance, by these grants; to read it and no more.
   *
   * @param grants all of which are used
   */
  record Granted(List<Grant> grants) implements Treatment {

    public Granted {
      grants = List.copyOf(grants);
    }
  }

  /** The value behind a mask. */
  record Masked(Mask mask) implements Treatment {}

  /**
   * Nothing: null of the column's type.
   *
   * @param reason for the record, for example {@code above clearance}
   */
  record Hidden(String reason) implements Treatment {}
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.Locale;

/** What an instance of a scenario is to detection. */
public enum Kind {
  /** Satisfies the definition: an alert is due. */
  ATTACK,
  /** Falls short of the definition in one respect: no alert is due. */
  NEAR_MISS,
  /** Looks the same and is in order: a ticket, an approval, a known machine. */
  BENIGN;

  /** {@code attack}, {@code near-miss} or {@code benign}, as in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

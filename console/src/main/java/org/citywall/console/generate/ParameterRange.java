// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.Locale;

/** From which distributions a city is drawn. */
public enum ParameterRange {
  /** Those that rules are developed with: {@code scenarios.yaml}. */
  USUAL,
  /**
   * Others, which fit the same definitions: sizes just beyond them, another pace, other hours,
   * programs, names and look-alikes. For a last look at rules that are finished; who mends rules by
   * what it shows makes it a second usual one.
   */
  HELD_OUT;

  /** {@code usual} or {@code held-out}, as on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import java.util.Locale;

/** Puts SQL together. */
public final class Sql {

  private Sql() {}

  /** The pattern with these in the places of {@code %s} and {@code %d}. */
  static String of(String pattern, Object... parts) {
    return String.format(Locale.ROOT, pattern, parts);
  }

  /** A string constant that means the same whatever {@code standard_conforming_strings} says. */
  public static String literal(String text) {
    String quoted = text.replace("'", "''");
    return text.indexOf('\\') < 0 ? "'" + quoted + "'" : "E'" + quoted.replace("\\", "\\\\") + "'";
  }
}

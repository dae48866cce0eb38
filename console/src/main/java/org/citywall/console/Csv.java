// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

import java.io.IOException;
import java.util.List;

/**
 * Rows as RFC 4180 has them. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe: what an attacker wrote into a log line must not run on an officer's desk.
 */
public final class Csv {

  /** Tells Excel that what follows is UTF-8. */
  public static final String BOM = "\ufeff";

  private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private Csv() {}

  public static void row(Appendable out, List<String> cells) throws IOException {
    String separator = "";
    for (String cell : cells) {
      out.append(separator).append(cell(cell));
      separator = ",";
    }
    out.append("\r\n");
  }

  static String cell(String value) {
    String safe = !value.isEmpty() && startsFormula(value) ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  private static boolean startsFormula(String value) {
    if (FORMULA.indexOf(value.charAt(0)) < 0) {
      String trimmed = value.stripLeading();
      return trimmed.length() < value.length()
          && !trimmed.isEmpty()
          && FORMULA.indexOf(trimmed.charAt(0)) >= 0;
    }
    return !value.matches("-[0-9]{1,18}(\\.[0-9]{1,9})?");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.nio.charset.StandardCharsets;
import org.citywall.masking.policy.TableName;

/** Names as PostgreSQL folds, cuts and quotes them (PostgreSQL 18, section 4.1.1). */
public final class Identifier {

  /** NAMEDATALEN less the zero behind the name. */
  private static final int MAX_BYTES = 63;

  private Identifier() {}

  /** Folds a name that was not quoted. In UTF-8 only ASCII letters fold. */
  static String folded(String written) {
    if (!hasUpperCase(written)) {
      return cut(written);
    }
    StringBuilder folded = new StringBuilder(written);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return cut(folded.toString());
  }

  private static boolean hasUpperCase(String written) {
    for (int i = 0; i < written.length(); i++) {
      if (written.charAt(i) >= 'A' && written.charAt(i) <= 'Z') {
        return true;
      }
    }
    return false;
  }

  /** Cuts a name to what the database keeps of it, between characters. */
  static String cut(String name) {
    if (name.length() * 3 <= MAX_BYTES
        || name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
      return name;
    }
    int end = 0;
    int bytes = 0;
    while (end < name.length()) {
      int point = name.codePointAt(end);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > MAX_BYTES) {
        break;
      }
      end += Character.charCount(point);
    }
    return name.substring(0, end);
  }

  /** The name in quotes. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name in quotes, with its schema. */
  public static String quoted(TableName table) {
    return quoted(table.schema()) + "." + quoted(table.name());
  }
}

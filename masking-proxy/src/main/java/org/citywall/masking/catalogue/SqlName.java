// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.yaml.YamlValue;

/**
 * Reads names as SQL writes them: folded to lower case (ASCII letters alone) unless they are in
 * double quotes. {@code Public.Person} is {@code public.person}; {@code public."Person"} is not.
 */
public final class SqlName {

  /** Bytes that PostgreSQL keeps of a name (NAMEDATALEN less one). */
  private static final int MAX_BYTES = 63;

  private final String text;
  private final YamlValue place;
  private int at;

  private SqlName(String text, YamlValue place) {
    this.text = text;
    this.place = place;
  }

  /** The column that a text names. */
  static String column(String text, YamlValue place) {
    List<String> parts = new SqlName(text, place).parts();
    if (parts.size() != 1) {
      throw invalid(place, "a column has a name of one part; put it in double quotes");
    }
    return parts.getFirst();
  }

  /** The table that a value names with its schema. */
  static TableName table(YamlValue value) {
    List<String> parts = new SqlName(value.text(), value).parts();
    if (parts.size() != 2) {
      throw invalid(value, "a table is named with its schema, as in public.person");
    }
    return new TableName(parts.getFirst(), parts.getLast());
  }

  /** The parts of a name with dots between them, or {@code MSK-0084}. */
  public static List<String> parts(String text, YamlValue place) {
    return new SqlName(text, place).parts();
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    do {
      String part = at < text.length() && text.charAt(at) == '"' ? quoted() : folded();
      if (part.isEmpty() || part.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
        throw invalid(place, "a name is 1 to " + MAX_BYTES + " bytes long");
      }
      parts.add(part);
    } while (at < text.length() && text.charAt(at++) == '.');
    return parts;
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '"') {
        name.append(c);
      } else if (text.startsWith("\"\"", at)) {
        name.append(text.charAt(at++));
      } else if (at + 1 == text.length() || text.charAt(at + 1) == '.') {
        at++;
        return name.toString();
      } else {
        break;
      }
    }
    throw invalid(place, "a double quote is not closed or stands within a name");
  }

  private String folded() {
    StringBuilder name = new StringBuilder();
    for (; at < text.length() && text.charAt(at) != '.'; at++) {
      char c = text.charAt(at);
      if (c == '"' || Character.isWhitespace(c)) {
        throw invalid(place, "a name with spaces or quotes is written in double quotes");
      }
      name.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return name.toString();
  }

  private static PlatformException invalid(YamlValue place, String detail) {
    return place.mistake(MaskingErrorCode.VALUE_INVALID, detail);
  }
}

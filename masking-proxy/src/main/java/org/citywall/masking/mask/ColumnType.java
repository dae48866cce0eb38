// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import java.util.Locale;
import java.util.Set;

/**
 * The type of a column as masks look at it.
 *
 * @param sqlName as {@code format_type} prints it, for example {@code character varying(20)}; it is
 *     put into SQL as it is, so it must come from the database's own catalogue
 */
public record ColumnType(String sqlName) {

  /** What a mask can make of a value. */
  public enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    DATE,
    OTHER
  }

  /** Bytes of a name that are not the zero behind it (NAMEDATALEN). */
  private static final int NAME_LENGTH = 63;

  private static final Set<String> TEXTS =
      Set.of("text", "character varying", "character", "citext", "name", "\"char\"");
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");
  private static final Set<String> DECIMALS = Set.of("numeric", "real", "double precision");
  private static final Set<String> DATES =
      Set.of("date", "timestamp without time zone", "timestamp with time zone");

  private static final Set<String> GROUPED =
      Set.of("boolean", "uuid", "bytea", "jsonb", "inet", "cidr", "interval", "oid");

  public Kind kind() {
    String base = base();
    if (TEXTS.contains(base)) {
      return Kind.TEXT;
    }
    if (INTEGERS.contains(base)) {
      return Kind.INTEGER;
    }
    if (DECIMALS.contains(base)) {
      return Kind.DECIMAL;
    }
    return DATES.contains(base) ? Kind.DATE : Kind.OTHER;
  }

  /** Whether rows can be grouped by it for certain: some types have no equality. */
  public boolean isGrouped() {
    return kind() != Kind.OTHER || GROUPED.contains(base());
  }

  /** How many characters a text of this type holds, as far as the type says. */
  public int room() {
    int open = sqlName.indexOf('(');
    if (open >= 0) {
      return Integer.parseInt(sqlName.substring(open + 1, sqlName.indexOf(')')).strip());
    }
    return switch (base()) {
      case "character", "\"char\"" -> 1;
      case "name" -> NAME_LENGTH;
      default -> Integer.MAX_VALUE;
    };
  }

  private String base() {
    return sqlName.toLowerCase(Locale.ROOT).replaceAll("\\([0-9, ]*\\)", "").strip();
  }
}

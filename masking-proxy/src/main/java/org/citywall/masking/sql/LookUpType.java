// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.mask.ColumnType;

/** Types of which a value can be looked up: those whose values have one way to be written. */
public enum LookUpType {
  TEXT,
  INTEGER,
  DECIMAL,
  DATE;

  private static final String DIGITS = "[0-9]{1,18}";
  private static final String DECIMALS = "[0-9]{1,18}(\\.[0-9]{1,9})?";
  private static final String DAYS = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

  /** Names as statements write them, and as the database prints them, to one name. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("text", "text"),
          Map.entry("varchar", "text"),
          Map.entry("character varying", "text"),
          Map.entry("bpchar", "bpchar"),
          Map.entry("int2", "int2"),
          Map.entry("smallint", "int2"),
          Map.entry("int4", "int4"),
          Map.entry("int", "int4"),
          Map.entry("integer", "int4"),
          Map.entry("int8", "int8"),
          Map.entry("bigint", "int8"),
          Map.entry("numeric", "numeric"),
          Map.entry("decimal", "numeric"),
          Map.entry("date", "date"));

  private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

  /** Object ids of types that the protocol names, which never change (pg_type.dat). */
  private static final Map<String, Integer> IDS =
      Map.of(
          "text", 25, "bpchar", 1042, "int2", 21, "int4", 23, "int8", 20, "numeric", 1700, "date",
          1082);

  private static final Set<Integer> TEXT_IDS = Set.of(25, 1042, 1043);
  private static final Set<Integer> INTEGER_IDS = Set.of(20, 21, 23);

  /** The type of a column's values; empty where none can be looked up. */
  static Optional<LookUpType> of(ColumnType type) {
    return Optional.ofNullable(NAMES.get(base(type))).map(LookUpType::named);
  }

  /** Whether a type of which a value can be looked up has this name. */
  static boolean isName(String name) {
    return NAMES.containsKey(name);
  }

  /** What a constant or a parameter without a type is cast to beside a column of this type. */
  static String castOf(ColumnType type) {
    return NAMES.getOrDefault(base(type), "text");
  }

  private static String base(ColumnType type) {
    String base = type.sqlName().toLowerCase(Locale.ROOT).replaceAll("\\([0-9, ]*\\)", "").strip();
    return base.equals("character") ? "bpchar" : base;
  }

  /**
   * What a cast of the operand to this type is called in {@code pg_catalog}; empty where the
   * comparison would be another one than that of the column's type.
   */
  Optional<String> cast(String written) {
    return Optional.ofNullable(NAMES.get(written)).filter(name -> named(name) == this);
  }

  private static LookUpType named(String name) {
    if (INTEGERS.contains(name)) {
      return INTEGER;
    }
    return switch (name) {
      case "numeric" -> DECIMAL;
      case "date" -> DATE;
      default -> TEXT;
    };
  }

  /** Object id of the type that a cast names in {@code pg_catalog}. */
  static int id(String cast) {
    return IDS.getOrDefault(cast, 0);
  }

  /** Whether a parameter of the type with this object id holds such values. */
  public boolean takesParameter(int typeId) {
    return switch (this) {
      case TEXT -> TEXT_IDS.contains(typeId);
      case INTEGER -> INTEGER_IDS.contains(typeId);
      case DECIMAL -> typeId == id("numeric") || INTEGER_IDS.contains(typeId);
      case DATE -> typeId == id("date");
    };
  }

  /** The one writing of a value of this type. */
  String canonical(String value) {
    return switch (this) {
      case TEXT -> value.stripTrailing();
      case INTEGER -> Long.toString(Long.parseLong(value));
      case DECIMAL -> new BigDecimal(value).stripTrailingZeros().toPlainString();
      case DATE -> value;
    };
  }

  /** Whether a number without quotes may be compared with a column of this type. */
  boolean takesNumber(String number) {
    return switch (this) {
      case INTEGER -> number.matches(DIGITS);
      case DECIMAL -> number.matches(DECIMALS);
      case TEXT, DATE -> false;
    };
  }

  /** Whether the text is a value of this type, in its usual writing. */
  public boolean isValue(String text) {
    return switch (this) {
      case TEXT -> true;
      case INTEGER -> text.matches(DIGITS);
      case DECIMAL -> text.matches(DECIMALS);
      case DATE -> text.matches(DAYS);
    };
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citywall.audit.event.Field;
import org.citywall.correlation.ledger.Dimension;
import org.citywall.correlation.ledger.ExposureQuestion;

/** The query by which a search finds the entries that a figure was counted from. */
public final class EntriesBehind {

  /** What the ledger counts when it cannot tell apart any more. */
  private static final String MANY = "*";

  private static final String ACCESSES = "(db.rows.returned:* OR db.rows.affected:*)";

  private EntriesBehind() {}

  /**
   * The query of a line; empty where none says it: a value that stands for nothing or for many.
   *
   * @param value of the line
   */
  public static Optional<String> query(ExposureQuestion question, String value) {
    Map<Dimension, String> all = new EnumMap<>(Dimension.class);
    all.putAll(question.only());
    all.put(question.by(), value);
    if (all.values().stream().anyMatch(one -> one.isEmpty() || one.equals(MANY))) {
      return Optional.empty();
    }
    StringBuilder query = new StringBuilder(ACCESSES);
    all.forEach((dimension, one) -> query.append(" AND ").append(condition(dimension, one)));
    return Optional.of(query.toString());
  }

  private static String condition(Dimension dimension, String value) {
    return switch (dimension) {
      case OPERATOR -> either(Field.GOV_PERSON_ID, Field.USER_NAME, value);
      case ACCOUNT -> either(Field.USER_EFFECTIVE_NAME, Field.USER_NAME, value);
      case UNIT -> is(Field.GOV_DEPARTMENT_CODE, value);
      case RECIPIENT -> either(Field.GOV_VENDOR_ID, Field.GOV_DEPARTMENT_CODE, value);
      case OWNER -> is(Field.GOV_OWNER_CODE, value);
      case LEVEL -> is(Field.GOV_DATA_LEVEL, value);
      case TABLE ->
          Arrays.stream(value.split(", "))
              .map(table -> is(Field.DB_TABLE, table))
              .collect(Collectors.joining(" AND "));
    };
  }

  /** The first field, or the second where the event has no first. */
  private static String either(Field first, Field second, String value) {
    return "("
        + is(first, value)
        + " OR ("
        + is(second, value)
        + " NOT "
        + first.fieldName()
        + ":*))";
  }

  private static String is(Field field, String value) {
    String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
    return field.fieldName() + ":\"" + quoted + '"';
  }
}

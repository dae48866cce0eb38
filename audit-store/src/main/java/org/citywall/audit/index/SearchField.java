// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.FieldType;

/**
 * A name that a query may use: a registered field, a header of {@link EventJson}, {@code
 * entry.kind}, {@code entry.leaf} or a label.
 */
public record SearchField(String name, FieldType type) {

  /** What the entry is about: the lower-case name of its kind. */
  public static final String KIND = "entry.kind";

  /** Position in the log. */
  public static final String LEAF = "entry.leaf";

  private static final Map<String, FieldType> HEADERS =
      Map.of(
          EventJson.TIMESTAMP,
          FieldType.TIMESTAMP,
          EventJson.RECEIVED,
          FieldType.TIMESTAMP,
          EventJson.ID,
          FieldType.KEYWORD,
          EventJson.SOURCE_ID,
          FieldType.KEYWORD,
          EventJson.SOURCE_EPOCH,
          FieldType.LONG,
          EventJson.SOURCE_SEQUENCE,
          FieldType.LONG,
          KIND,
          FieldType.KEYWORD,
          LEAF,
          FieldType.LONG);

  private static final int MAX_DISTANCE = 4;
  private static final int MAX_SUGGESTIONS = 3;

  /** The field of this dotted name; labels have any name and are KEYWORD. */
  public static Optional<SearchField> named(String name) {
    if (isLabel(name)) {
      return Optional.of(new SearchField(name, FieldType.KEYWORD));
    }
    FieldType header = HEADERS.get(name);
    return header != null
        ? Optional.of(new SearchField(name, header))
        : Field.named(name).map(field -> new SearchField(name, field.type()));
  }

  /** Whether this is the name of a label, which has at least one character after the prefix. */
  public static boolean isLabel(String name) {
    return name.startsWith(EventJson.LABELS) && name.length() > EventJson.LABELS.length();
  }

  /** Names that every event has a value for. */
  public boolean isHeader() {
    return HEADERS.containsKey(name);
  }

  /** Every name but those of labels, in order. */
  public static List<String> names() {
    return Stream.concat(HEADERS.keySet().stream(), Stream.of(Field.values()).map(Field::fieldName))
        .sorted()
        .toList();
  }

  /** At most three names that are spelled much like this one, the nearest first. */
  static List<String> nearest(String name) {
    return names().stream()
        .filter(candidate -> distance(name, candidate) <= MAX_DISTANCE)
        .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .limit(MAX_SUGGESTIONS)
        .toList();
  }

  /** Number of single-character edits between two names; the last part of a name alone is near. */
  private static int distance(String typed, String name) {
    if (name.endsWith("." + typed)) {
      return 1;
    }
    int[] row = new int[name.length() + 1];
    for (int j = 0; j <= name.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= name.length(); j++) {
        int change = diagonal + (typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[name.length()];
  }
}

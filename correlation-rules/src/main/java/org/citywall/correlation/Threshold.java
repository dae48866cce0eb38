// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that a rule is tuned by. In YAML it is the value alone, or a map with these names.
 *
 * @param value a number, a duration in ISO 8601, or a text
 * @param unit what it counts, empty where the value says so
 * @param meaning what it decides, in a sentence
 * @param confirmed whether somebody compared it with a source or with experience
 */
public record Threshold(String value, String unit, String meaning, boolean confirmed) {

  private static final Set<String> NAMES = Set.of("value", "unit", "meaning", "confirmed");

  public Threshold {
    Objects.requireNonNull(value, "value is missing");
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Threshold of(Object yaml) {
    if (!(yaml instanceof Map<?, ?> map)) {
      return new Threshold(String.valueOf(yaml), "", "", false);
    }
    for (Object name : map.keySet()) {
      if (!NAMES.contains(String.valueOf(name))) {
        throw new IllegalArgumentException("a threshold has no " + name);
      }
    }
    Object value = map.get("value");
    return new Threshold(
        String.valueOf(Objects.requireNonNull(value, "value is missing")),
        text(map.get("unit")),
        text(map.get("meaning")),
        Boolean.TRUE.equals(map.get("confirmed")));
  }

  /** Whether a value of the site is of the same kind: number, duration or text. */
  boolean takes(String other) {
    boolean number = value.matches("\\d+");
    boolean duration = isDuration(value);
    return number ? other.matches("\\d{1,18}") : duration ? isDuration(other) : !other.isBlank();
  }

  /**
   * The value by so many percent each, where it is a number or a duration; without those that come
   * out as it is, as nothing, or as one another.
   */
  List<String> others(int... percent) {
    Set<String> others = new LinkedHashSet<>();
    for (int each : percent) {
      String other = times(each);
      if (!other.equals(value) && takes(other) && !other.equals("0")) {
        others.add(other);
      }
    }
    return List.copyOf(others);
  }

  private String times(int percent) {
    if (value.matches("\\d{1,15}")) {
      return Long.toString(Math.ceilDiv(Long.parseLong(value) * percent, 100));
    }
    if (!isDuration(value)) {
      return value;
    }
    Duration changed = Duration.parse(value).multipliedBy(percent).dividedBy(100);
    return Duration.ofSeconds(Math.max(1, changed.toSeconds())).toString();
  }

  private static boolean isDuration(String text) {
    try {
      Duration duration = Duration.parse(text);
      return duration.isPositive();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}

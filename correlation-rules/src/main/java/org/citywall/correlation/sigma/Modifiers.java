// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a field's name, sorted by what it does.
 *
 * @param transforms changes of the value, in the order they are written
 * @param operator how field and value are compared; null for equality
 * @param place where in the field the value is looked for
 * @param part the part of a time that is compared, or null
 * @param regexFlags flags of {@link Pattern}
 */
record Modifiers(
    List<Transform> transforms,
    @Nullable Operator operator,
    Glob.Shape place,
    @Nullable TimePart part,
    @Nullable Ordering ordering,
    int regexFlags,
    boolean all,
    boolean cased,
    boolean negated) {

  Modifiers {
    transforms = List.copyOf(transforms);
  }

  /** Changes of a value before it is compared. */
  enum Transform {
    BASE64,
    BASE64OFFSET,
    UTF16,
    UTF16LE,
    UTF16BE,
    WINDASH,
    EXPAND
  }

  /** Comparisons that are not of text. */
  enum Operator {
    RE,
    CIDR,
    EXISTS,
    FIELDREF
  }

  private static final Map<String, Transform> TRANSFORMS =
      Map.of(
          "base64", Transform.BASE64,
          "base64offset", Transform.BASE64OFFSET,
          "utf16", Transform.UTF16,
          "utf16le", Transform.UTF16LE,
          "wide", Transform.UTF16LE,
          "utf16be", Transform.UTF16BE,
          "windash", Transform.WINDASH,
          "expand", Transform.EXPAND);

  private static final Map<String, Glob.Shape> PLACES =
      Map.of(
          "contains", Glob.Shape.CONTAINS,
          "startswith", Glob.Shape.STARTS,
          "endswith", Glob.Shape.ENDS);

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "re", Operator.RE,
          "cidr", Operator.CIDR,
          "exists", Operator.EXISTS,
          "fieldref", Operator.FIELDREF);

  private static final Map<String, Ordering> ORDERINGS =
      Map.of("gt", Ordering.GT, "gte", Ordering.GTE, "lt", Ordering.LT, "lte", Ordering.LTE);

  private static final Map<String, Integer> REGEX_FLAGS =
      Map.of("i", Pattern.CASE_INSENSITIVE, "m", Pattern.MULTILINE, "s", Pattern.DOTALL);

  private static final Set<String> PARTS = Set.of("minute", "hour", "day", "week", "month", "year");

  /**
   * Sorts modifiers; one that the specification does not know, or twice the same kind, is wrong.
   */
  static Modifiers of(List<String> names, int line) {
    Collector found = new Collector(line);
    names.forEach(found::add);
    return found.finish();
  }

  private static final class Collector {

    private final int line;
    private final List<Transform> transforms = new ArrayList<>();
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private @Nullable Operator operator;
    private Glob.@Nullable Shape place;
    private @Nullable TimePart part;
    private @Nullable Ordering ordering;
    private int regexFlags;

    private enum Flag {
      ALL,
      CASED,
      NEQ
    }

    Collector(int line) {
      this.line = line;
    }

    void add(String name) {
      if (TRANSFORMS.containsKey(name)) {
        transforms.add(TRANSFORMS.get(name));
      } else if (PLACES.containsKey(name)) {
        require(place == null, name);
        place = PLACES.get(name);
      } else if (OPERATORS.containsKey(name)) {
        require(operator == null && ordering == null, name);
        operator = OPERATORS.get(name);
      } else if (ORDERINGS.containsKey(name)) {
        require(operator == null && ordering == null, name);
        ordering = ORDERINGS.get(name);
      } else if (REGEX_FLAGS.containsKey(name)) {
        require(operator == Operator.RE, name);
        regexFlags |= REGEX_FLAGS.getOrDefault(name, 0);
      } else if (PARTS.contains(name)) {
        require(part == null, name);
        part = TimePart.valueOf(name.toUpperCase(Locale.ROOT));
      } else {
        addFlag(name);
      }
    }

    private void addFlag(String name) {
      switch (name) {
        case "all" -> flags.add(Flag.ALL);
        case "cased" -> flags.add(Flag.CASED);
        case "neq" -> flags.add(Flag.NEQ);
        default -> throw RuleMistake.invalid(line, "there is no modifier " + name);
      }
    }

    private void require(boolean holds, String name) {
      if (!holds) {
        throw RuleMistake.invalid(line, "the modifier " + name + " does not fit the others");
      }
    }

    Modifiers finish() {
      boolean text = operator == null && ordering == null && part == null;
      require(transforms.isEmpty() || text || onlyExpands(), "of the value");
      require(place == null || text || operator == Operator.FIELDREF, "of the place");
      require(part == null || operator == null, "of the time");
      return new Modifiers(
          transforms,
          operator,
          place == null ? Glob.Shape.EXACT : place,
          part,
          ordering,
          regexFlags,
          flags.contains(Flag.ALL),
          flags.contains(Flag.CASED),
          flags.contains(Flag.NEQ));
    }

    private boolean onlyExpands() {
      return transforms.stream().allMatch(transform -> transform == Transform.EXPAND);
    }
  }
}

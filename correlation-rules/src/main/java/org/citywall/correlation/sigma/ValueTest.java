// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import org.jspecify.annotations.Nullable;

/** A test of the values of one field; true where it is true of any value. */
sealed interface ValueTest {

  /**
   * @param value values of the field, null where the event has no such field
   * @param steps counts regular expressions that were given up
   */
  boolean test(@Nullable FieldValue value, RegexSteps steps);

  /** Text with wildcards. Without {@code cased} the glob must be folded. */
  record Text(Glob glob, boolean cased) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      for (int i = 0; value != null && i < value.size(); i++) {
        if (glob.matches(cased ? value.text(i) : value.folded(i))) {
          return true;
        }
      }
      return false;
    }
  }

  record Matches(BoundedRegex regex) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      for (int i = 0; value != null && i < value.size(); i++) {
        if (regex.find(value.text(i), steps)) {
          return true;
        }
      }
      return false;
    }
  }

  record InNetwork(Network network) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      for (int i = 0; value != null && i < value.size(); i++) {
        if (network.contains(value.text(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** A comparison of numbers; a value that is no number does not pass. */
  record Compare(Ordering ordering, double number) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      for (int i = 0; value != null && i < value.size(); i++) {
        double found = Numbers.parse(value.text(i));
        if (!Double.isNaN(found) && ordering.holds(found, number)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A comparison of one part of a time; a value that is no time does not pass. */
  record ComparePart(TimePart part, Ordering ordering, double number) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      for (int i = 0; value != null && i < value.size(); i++) {
        double found = part.of(value.text(i));
        if (!Double.isNaN(found) && ordering.holds(found, number)) {
          return true;
        }
      }
      return false;
    }
  }

  record Exists(boolean wanted) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      return (value != null) == wanted;
    }
  }

  /** Absent or null. */
  record IsNull() implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      return value == null || value.size() == 0;
    }
  }

  /** A comparison with another field of the same event; who evaluates it knows both. */
  record OtherField(String name, Glob.Shape shape, boolean cased) implements ValueTest {
    @Override
    public boolean test(@Nullable FieldValue value, RegexSteps steps) {
      throw new IllegalStateException("needs the other field");
    }

    boolean test(@Nullable FieldValue value, @Nullable FieldValue other) {
      if (value == null || other == null) {
        return false;
      }
      for (int i = 0; i < value.size(); i++) {
        for (int j = 0; j < other.size(); j++) {
          if (cased
              ? holds(value.text(i), other.text(j))
              : holds(value.folded(i), other.folded(j))) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean holds(String text, String other) {
      return switch (shape) {
        case EXACT -> text.equals(other);
        case STARTS -> text.startsWith(other);
        case ENDS -> text.endsWith(other);
        case CONTAINS, WILD -> text.contains(other);
      };
    }
  }
}

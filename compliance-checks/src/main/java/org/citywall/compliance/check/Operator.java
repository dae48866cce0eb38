// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a fact is compared with what is wanted. */
enum Operator {
  /** The fact is there, or is not. */
  EXISTS {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      return Truth.of(wanted.booleanValue());
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isBoolean();
    }
  },
  /** The same number, word or truth value. */
  EQUALS {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      return Truth.of(same(found, wanted));
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isValueNode() && !wanted.isNull();
    }
  },
  /** One of these. */
  IN {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      for (JsonNode one : wanted) {
        if (same(found, one)) {
          return Truth.TRUE;
        }
      }
      return Truth.FALSE;
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isArray() && !wanted.isEmpty();
    }
  },
  /** A number that is as high; a fact that is no number is unknown. */
  AT_LEAST {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      BigDecimal number = number(found);
      return number == null
          ? Truth.UNKNOWN
          : Truth.of(number.compareTo(wanted.decimalValue()) >= 0);
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isNumber();
    }
  },
  /** A number that is as low; a fact that is no number is unknown. */
  AT_MOST {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      BigDecimal number = number(found);
      return number == null
          ? Truth.UNKNOWN
          : Truth.of(number.compareTo(wanted.decimalValue()) <= 0);
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isNumber();
    }
  },
  /** A list that has this element, or each of these. */
  CONTAINS {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      if (!found.isArray()) {
        return Truth.UNKNOWN;
      }
      if (!wanted.isArray()) {
        return Truth.of(has(found, wanted));
      }
      for (JsonNode one : wanted) {
        if (!has(found, one)) {
          return Truth.FALSE;
        }
      }
      return Truth.TRUE;
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isArray() ? !wanted.isEmpty() : wanted.isValueNode() && !wanted.isNull();
    }
  },
  /** A text of which a part matches this regular expression. */
  MATCHES {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      return Patience.find(Pattern.compile(wanted.stringValue()), text(found));
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isString() && Patience.compiles(wanted.stringValue());
    }
  },
  /** File permissions, in octal, that allow nothing that these do not. */
  MODE_WITHIN {
    @Override
    Truth compare(JsonNode found, JsonNode wanted) {
      Optional<Integer> mode = octal(found);
      return mode.map(bits -> Truth.of((bits & ~octal(wanted).orElseThrow()) == 0))
          .orElse(Truth.UNKNOWN);
    }

    @Override
    boolean takes(JsonNode wanted) {
      return wanted.isString() && octal(wanted).isPresent();
    }
  };

  private static final int OCTAL = 8;

  /** What comes of two values of the kinds that it takes. */
  abstract Truth compare(JsonNode found, JsonNode wanted);

  /** Whether it can be compared with this. */
  abstract boolean takes(JsonNode wanted);

  /** Its name in a check. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Operator> of(String word) {
    for (Operator operator : values()) {
      if (operator.word().equals(word)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  private static boolean has(JsonNode list, JsonNode wanted) {
    for (JsonNode one : list) {
      if (same(one, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(JsonNode found, JsonNode wanted) {
    BigDecimal number = number(found);
    if (wanted.isNumber()) {
      return number != null && number.compareTo(wanted.decimalValue()) == 0;
    }
    return found.isValueNode() && text(found).equals(text(wanted));
  }

  /** A number, also one that a file spells. */
  private static @Nullable BigDecimal number(JsonNode fact) {
    if (fact.isNumber()) {
      return fact.decimalValue();
    }
    return fact.isString() && fact.stringValue().matches("-?[0-9]{1,18}(\\.[0-9]{1,6})?")
        ? new BigDecimal(fact.stringValue())
        : null;
  }

  private static String text(JsonNode fact) {
    return fact.isValueNode() ? fact.asString() : fact.toString();
  }

  private static Optional<Integer> octal(JsonNode fact) {
    return fact.isString() && fact.stringValue().matches("[0-7]{3,5}")
        ? Optional.of(Integer.parseInt(fact.stringValue(), OCTAL))
        : Optional.empty();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** Parameters of a request: decimal numbers, each named once; {@code AUD-0103} otherwise. */
final class Parameters {

  private static final int MAX_DIGITS = 19;

  private final Map<String, Long> values = new HashMap<>();

  private Parameters() {}

  /** Those of a query, of which all must be known. */
  static Parameters of(@Nullable String query, Set<String> known) {
    Parameters parameters = new Parameters();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        int equals = part.indexOf('=');
        String name = part.substring(0, Math.max(0, equals));
        if (!known.contains(name)
            || parameters.values.put(name, number(part.substring(equals + 1))) != null) {
          throw malformed("parameters are " + Arrays.toString(known.stream().sorted().toArray()));
        }
      }
    }
    return parameters;
  }

  private static long number(String text) {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed("a parameter is a decimal number");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed("a parameter is a decimal number");
    }
  }

  long required(String name) {
    Long value = values.get(name);
    if (value == null) {
      throw malformed("parameter " + name + " is missing");
    }
    return value;
  }

  long optional(String name, long absent) {
    return values.getOrDefault(name, absent);
  }

  private static PlatformException malformed(String what) {
    return new PlatformException(AuditErrorCode.STORE_REQUEST_MALFORMED, what);
  }
}

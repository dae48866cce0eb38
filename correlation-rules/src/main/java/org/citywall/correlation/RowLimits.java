// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.citywall.correlation.Context.PersonType;

/**
 * How many rows of a level an account may read in the window of a rule: the context, else the rule.
 */
final class RowLimits {

  private final Map<PersonType, long[]> defaults = new EnumMap<>(PersonType.class);

  RowLimits(RuleMetadata rule) {
    for (PersonType type : PersonType.values()) {
      long[] byLevel = new long[4];
      for (int level = 1; level <= 4; level++) {
        String name = "rows-" + type.name().toLowerCase(Locale.ROOT) + "-" + level;
        byLevel[level - 1] = rule.number(name);
      }
      defaults.put(type, byLevel);
    }
  }

  long of(PersonType type, int level, ContextIndex context) {
    OptionalLong own = context.limit(type, level);
    if (own.isPresent()) {
      return own.getAsLong();
    }
    long[] byLevel = defaults.get(type);
    return byLevel == null ? Long.MAX_VALUE : byLevel[level - 1];
  }
}

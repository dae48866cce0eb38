// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.citywall.correlation.Context.PersonType;

/** Sums the rows that each account reads of each level; signals while the sum is over the limit. */
final class VolumeView implements AccessDetector.View {

  private final int minutes;
  private final Map<PersonType, long[]> defaults = new EnumMap<>(PersonType.class);
  private final KeyedState<MinuteWindow> windows;

  VolumeView(RuleMetadata rule, EngineOptions options) {
    minutes = (int) rule.duration("window").toMinutes();
    for (PersonType type : PersonType.values()) {
      long[] byLevel = new long[4];
      for (int level = 1; level <= 4; level++) {
        String name = "rows-" + type.name().toLowerCase(Locale.ROOT) + "-" + level;
        byLevel[level - 1] = rule.number(name);
      }
      defaults.put(type, byLevel);
    }
    windows = new KeyedState<>(options.maxKeys(), options.idleMicros(rule.duration("window")));
  }

  @Override
  public boolean observe(DataAccess access, ContextIndex context, Consumer<Signal> signals) {
    if (access.rows() <= 0) {
      return true;
    }
    String key = access.account() + " L" + access.level();
    Observation o = access.observation();
    MinuteWindow window = windows.touch(key, o.clock(), k -> new MinuteWindow(minutes));
    if (!window.add(o, access.rows(), access.persons())) {
      return false;
    }
    long limit = limit(access, context);
    if (window.rows() > limit) {
      signals.accept(
          new Signal.RowsRead(
              key,
              access.entity(),
              o.at(),
              window.take(o.leaf()),
              access.account(),
              access.personType(),
              access.level(),
              window.rows(),
              window.persons(),
              limit));
    }
    return true;
  }

  private long limit(DataAccess access, ContextIndex context) {
    OptionalLong own = context.limit(access.personType(), access.level());
    if (own.isPresent()) {
      return own.getAsLong();
    }
    long[] byLevel = defaults.get(access.personType());
    return byLevel == null ? Long.MAX_VALUE : byLevel[access.level() - 1];
  }

  @Override
  public KeyedState<MinuteWindow> windows() {
    return windows;
  }
}

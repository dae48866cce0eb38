// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.function.Consumer;

/** Sums the rows that each account reads of each level; signals while the sum is over the limit. */
final class VolumeView implements AccessDetector.View {

  private final int minutes;
  private final RowLimits limits;
  private final UsualVolume usual;
  private final KeyedState<MinuteWindow> windows;

  VolumeView(RuleMetadata rule, UsualVolume usual, EngineOptions options) {
    minutes = (int) rule.duration("window").toMinutes();
    limits = new RowLimits(rule);
    this.usual = usual;
    windows = new KeyedState<>(options.maxKeys(), options.idleMicros(rule.duration("window")));
  }

  @Override
  public boolean observe(DataAccess access, ContextIndex context, Consumer<Signal> signals) {
    if (access.rows() <= 0) {
      return true;
    }
    String key = UsualVolume.key(access.account(), access.level());
    Observation o = access.observation();
    MinuteWindow window = windows.touch(key, o.clock(), k -> new MinuteWindow(minutes));
    if (!window.add(o, access.rows(), access.persons())) {
      return false;
    }
    if (window.rows() <= limits.of(access.personType(), access.level(), context)) {
      return true;
    }
    long limit = usual.limit(key, access.personType(), access.level(), o.micros(), context);
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
              limit,
              usual.of(key, o.micros(), context)));
    }
    return true;
  }

  @Override
  public KeyedState<MinuteWindow> windows() {
    return windows;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.function.Consumer;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Signal.Evidence;

/** Signals each access of outsourced staff to data of at least some level. Keeps no state. */
final class SensitiveAccessView implements AccessDetector.View {

  private final long level;
  private final KeyedState<MinuteWindow> none = new KeyedState<>(1, 0);

  SensitiveAccessView(RuleMetadata rule) {
    level = rule.number("level");
  }

  @Override
  public boolean observe(DataAccess access, ContextIndex context, Consumer<Signal> signals) {
    if (access.personType() == PersonType.OUTSOURCED && access.level() >= level) {
      signals.accept(
          new Signal.SensitiveAccess(
              access.account(),
              access.entity(),
              access.observation().at(),
              Evidence.of(access.observation()),
              access.account(),
              access.personType(),
              access.vendor(),
              access.roster(),
              access.level(),
              access.table(),
              Math.max(0, access.rows())));
    }
    return true;
  }

  @Override
  public KeyedState<MinuteWindow> windows() {
    return none;
  }
}

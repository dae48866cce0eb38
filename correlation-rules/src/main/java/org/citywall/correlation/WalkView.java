// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.function.Consumer;
import org.citywall.audit.event.Field;

/**
 * Counts how often an account repeats one statement on one table that answers with a record or two;
 * signals while the count is at or over the threshold.
 */
final class WalkView implements AccessDetector.View {

  private final int minutes;
  private final long reads;
  private final long rows;
  private final long level;
  private final KeyedState<MinuteWindow> windows;

  WalkView(RuleMetadata rule, EngineOptions options) {
    minutes = (int) rule.duration("window").toMinutes();
    reads = rule.number("reads");
    rows = rule.number("rows");
    level = rule.number("level");
    windows = new KeyedState<>(options.maxKeys(), options.idleMicros(rule.duration("window")));
  }

  @Override
  public boolean observe(DataAccess access, ContextIndex context, Consumer<Signal> signals) {
    if (access.level() < level || access.rows() < 0 || access.rows() > rows) {
      return true;
    }
    Observation o = access.observation();
    if (!o.event().texts(Field.DB_KEY_VALUES).isEmpty()) {
      return true; // their order can be told: key-walk looks at them
    }
    if (access.rows() <= 1 && !o.event().texts(Field.GOV_LOOK_UP_DIGESTS).isEmpty()) {
      return true; // which values were tried can be told: column-probing looks at them
    }
    String statement = o.text(Field.DB_STATEMENT_HASH);
    if (context.context().approvedStatements().contains(statement)) {
      return true;
    }
    String group = access.account() + " " + access.table();
    String key = group + " " + statement;
    MinuteWindow window = windows.touch(key, o.clock(), k -> new MinuteWindow(minutes));
    if (!window.add(o, access.rows(), access.persons())) {
      return false;
    }
    if (window.count() >= reads) {
      signals.accept(
          new Signal.RecordWalk(
              group,
              access.entity(),
              o.at(),
              window.take(o.leaf()),
              access.account(),
              access.personType(),
              access.level(),
              access.table(),
              statement,
              window.count()));
    }
    return true;
  }

  @Override
  public KeyedState<MinuteWindow> windows() {
    return windows;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Trail.Mark;
import org.jspecify.annotations.Nullable;

/**
 * Takes what watches find.
 *
 * @param trigger the entry that made them look
 * @param others trails of the same watch by their keys, null where there is none
 */
record Crossings(long trigger, Consumer<Signal> signals, Function<String, @Nullable Trail> others) {

  /** Where no other trail is asked for. */
  static Crossings sending(long trigger, Consumer<Signal> signals) {
    return new Crossings(trigger, signals, key -> null);
  }

  /** The same among these trails. */
  Crossings among(Function<String, @Nullable Trail> trails) {
    return new Crossings(trigger, signals, trails);
  }

  /** Begins a signal that this form of this rule holds; {@link Draft#emit()} sends it. */
  Draft of(RuleMetadata rule, String variant, Fact fact, Trail trail) {
    return new Draft(rule, variant, fact, trail);
  }

  /** A signal that is being put together. */
  final class Draft {
    private final RuleMetadata rule;
    private final String variant;
    private final Fact fact;
    private final Trail trail;
    private final List<Mark> others = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();
    private final SortedMap<String, String> figures = new TreeMap<>();
    private String group;
    private String entity;
    private long from;

    private Draft(RuleMetadata rule, String variant, Fact fact, Trail trail) {
      this.rule = rule;
      this.variant = variant;
      this.fact = fact;
      this.trail = trail;
      this.group = trail.key();
      this.entity = fact.entity();
      this.from = fact.micros();
      if (!fact.account().isEmpty()) {
        subjects.add(fact.account());
        figures.put("account", fact.account());
      }
    }

    /** Groups by this instead of the key of the trail. */
    Draft group(String key) {
      group = key;
      return this;
    }

    /** About this instead of the account. */
    Draft about(String what) {
      entity = what;
      return this;
    }

    /** An approval may be about this, too. */
    Draft subject(String subject) {
      if (!subject.isEmpty()) {
        subjects.add(subject);
      }
      return this;
    }

    /** No approval helps. */
    Draft inexcusable() {
      subjects.clear();
      return this;
    }

    /** An approval must hold from this time on, in microseconds, not only at the end. */
    Draft approvedFrom(long micros) {
      from = micros;
      return this;
    }

    /** An entry that another trail remembers. */
    Draft entry(Mark other) {
      others.add(other);
      return this;
    }

    Draft with(String name, Object value) {
      figures.put(name, String.valueOf(value));
      return this;
    }

    void emit() {
      signals.accept(
          new Signal.Crossing(
              rule.id(),
              variant,
              group,
              entity,
              fact.at(),
              Micros.toInstant(from),
              trail.take(trigger, others),
              subjects,
              figures));
    }
  }
}

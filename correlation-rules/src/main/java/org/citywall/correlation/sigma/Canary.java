// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes an event that a rule matches, from what the rule asks for. Several values of one field let
 * several tests of it pass; what the rule excludes is left out. Whatever is made is tried word for
 * word before it is believed.
 */
final class Canary {

  private static final LogSources FACTS = LogSources.builtIn();
  private static final int TRIES = 24;
  private static final String SOMETHING = "canary";

  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private final int choice;

  private Canary(int choice) {
    this.choice = choice;
  }

  /** An event of its log source that the rule matches; empty where none was found. */
  static Optional<SigmaEvent> of(SigmaRule rule, Explainer explainer) {
    return of(rule, explainer, event -> FACTS.admits(rule.logSource(), event));
  }

  /** The same, whatever the event says of its log source. */
  static Optional<SigmaEvent> ofAnyLogSource(SigmaRule rule, Explainer explainer) {
    return of(rule, explainer, event -> true);
  }

  private static Optional<SigmaEvent> of(
      SigmaRule rule, Explainer explainer, Predicate<SigmaEvent> wanted) {
    for (int choice = 0; choice < TRIES; choice++) {
      Canary canary = new Canary(choice);
      if (canary.meet(rule.expression())) {
        SigmaEvent event = SigmaEvent.of(canary.fields);
        if (wanted.test(event) && explainer.holds(rule, event)) {
          return Optional.of(event);
        }
      }
    }
    return Optional.empty();
  }

  /** False where this maker cannot meet it. */
  private boolean meet(Expression expression) {
    return switch (expression) {
      case Expression.And and -> and.parts().stream().allMatch(this::meet);
      case Expression.Or or -> meetOne(or.parts());
      case Expression.AtLeast some ->
          some.parts().stream().filter(this::meet).limit(some.count()).count() == some.count();
      case Expression.Not not -> avoid(not.part());
      case Expression.Keyword keyword -> meet("message", keyword.test());
      case Expression.Field field -> meet(field.name(), field.test());
    };
  }

  private boolean meetOne(List<Expression> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (meet(parts.get((choice + i) % parts.size()))) {
        return true;
      }
    }
    return false;
  }

  private boolean avoid(Expression expression) {
    return switch (expression) {
      case Expression.Not not -> meet(not.part());
      case Expression.Or or -> or.parts().stream().allMatch(this::avoid);
      case Expression.And and -> avoid(and.parts().get(choice % and.parts().size()));
      case Expression.AtLeast some -> some.parts().stream().allMatch(this::avoid);
      case Expression.Keyword keyword -> true;
      case Expression.Field field ->
          switch (field.test()) {
            case ValueTest.IsNull isNull -> add(field.name(), SOMETHING);
            case ValueTest.Exists exists -> exists.wanted() || add(field.name(), SOMETHING);
            default -> true;
          };
    };
  }

  private boolean meet(String field, ValueTest test) {
    return switch (test) {
      case ValueTest.Text text -> add(field, text.glob().example());
      case ValueTest.InNetwork in -> add(field, in.network().example());
      case ValueTest.Compare compare ->
          add(field, Numbers.text(compare.ordering().example(compare.number())));
      case ValueTest.Exists exists -> !exists.wanted() || add(field, SOMETHING);
      case ValueTest.IsNull isNull -> true;
      case ValueTest.OtherField other -> add(field, SOMETHING) && add(other.name(), SOMETHING);
      case ValueTest.Matches matches ->
          matches.regex().example().map(text -> add(field, text)).orElse(false);
      case ValueTest.ComparePart part -> false;
    };
  }

  private boolean add(String field, String value) {
    List<String> values = fields.computeIfAbsent(field, f -> new ArrayList<>());
    if (!values.contains(value)) {
      values.add(value);
    }
    return true;
  }
}

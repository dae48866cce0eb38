// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Finds for an expression a set of needs, one of which every matching event meets, and among the
 * possible sets the one that few events meet. How common a text is in events is guessed: what many
 * rules ask for is common, and so is what is short.
 */
final class Needs {

  static final int ALL_FIELDS = -1;

  private static final int LONGEST_PART = 16;
  private static final double PRESENT_COST = 400;
  private static final double SHORT_COST = 60;

  private final Map<Need, Integer> uses = new HashMap<>();

  /** What it costs to look at a rule whenever one of these is met. */
  private record Choice(List<Need> needs, double cost) {}

  /** Notes what the rule could be found by; to be called for all rules before any is chosen. */
  void count(Expression expression, ToIntFunction<String> slots) {
    switch (expression) {
      case Expression.And and -> and.parts().forEach(part -> count(part, slots));
      case Expression.Or or -> or.parts().forEach(part -> count(part, slots));
      case Expression.AtLeast some -> some.parts().forEach(part -> count(part, slots));
      case Expression.Not not -> {}
      case Expression.Field field ->
          need(slots.applyAsInt(field.name()), field.test())
              .ifPresent(need -> uses.merge(need, 1, Integer::sum));
      case Expression.Keyword keyword ->
          need(ALL_FIELDS, keyword.test()).ifPresent(need -> uses.merge(need, 1, Integer::sum));
    }
  }

  /** The needs to find the rule by; empty where an event can match without any. */
  Optional<List<Need>> choose(Expression expression, ToIntFunction<String> slots) {
    return choice(expression, slots).map(Choice::needs);
  }

  private Optional<Choice> choice(Expression expression, ToIntFunction<String> slots) {
    return switch (expression) {
      case Expression.And and ->
          and.parts().stream()
              .flatMap(part -> choice(part, slots).stream())
              .min((a, b) -> Double.compare(a.cost(), b.cost()));
      case Expression.Or or -> together(or.parts(), slots);
      case Expression.AtLeast some -> together(some.parts(), slots);
      case Expression.Not not -> Optional.empty();
      case Expression.Field field -> choice(slots.applyAsInt(field.name()), field.test());
      case Expression.Keyword keyword -> choice(ALL_FIELDS, keyword.test());
    };
  }

  private Optional<Choice> together(List<Expression> parts, ToIntFunction<String> slots) {
    List<Need> needs = new ArrayList<>();
    double cost = 0;
    for (Expression part : parts) {
      Optional<Choice> choice = choice(part, slots);
      if (choice.isEmpty()) {
        return Optional.empty();
      }
      needs.addAll(choice.get().needs());
      cost += choice.get().cost();
    }
    return Optional.of(new Choice(needs, cost));
  }

  private Optional<Choice> choice(int slot, ValueTest test) {
    return need(slot, test).map(need -> new Choice(List.of(need), cost(need)));
  }

  private double cost(Need need) {
    int shared = uses.getOrDefault(need, 1);
    return switch (need) {
      case Need.Exact exact -> 1 + shared;
      case Need.Part part -> 1 + shared + SHORT_COST / part.text().length();
      case Need.Present present -> PRESENT_COST;
    };
  }

  private static Optional<Need> need(int slot, ValueTest test) {
    return switch (test) {
      case ValueTest.Text text -> textNeed(slot, text.glob());
      case ValueTest.Exists exists ->
          exists.wanted() ? Optional.of(new Need.Present(slot)) : Optional.empty();
      case ValueTest.IsNull isNull -> Optional.empty();
      case ValueTest.Matches matches -> present(slot);
      case ValueTest.InNetwork network -> present(slot);
      case ValueTest.Compare compare -> present(slot);
      case ValueTest.ComparePart compare -> present(slot);
      case ValueTest.OtherField other -> present(slot);
    };
  }

  private static Optional<Need> present(int slot) {
    return slot == ALL_FIELDS ? Optional.empty() : Optional.of(new Need.Present(slot));
  }

  private static Optional<Need> textNeed(int slot, Glob glob) {
    String literal = Fold.fold(glob.literal());
    if (glob.shape() == Glob.Shape.EXACT && slot != ALL_FIELDS) {
      return Optional.of(new Need.Exact(slot, literal));
    } else if (literal.isEmpty()) {
      return present(slot);
    }
    // The end of a path says more than its beginning.
    int from = Math.max(0, literal.length() - LONGEST_PART);
    return Optional.of(new Need.Part(slot, literal.substring(from)));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an expression can be true at all, each test of a field taken as an unknown that is true
 * or false. Gives up after a bounded number of steps and then says yes.
 */
final class Satisfiable {

  private static final int MOST_STEPS = 3_000;

  /** An expression that has to be true, or false. */
  private record Goal(Expression expression, boolean wanted) {}

  private final Map<Expression, Boolean> assumed = new HashMap<>();
  private int steps;

  private Satisfiable() {}

  static boolean canBeTrue(Expression expression) {
    return new Satisfiable().meet(new Goal(expression, true), new ArrayDeque<>());
  }

  /** Whether the goal and all that wait can be met together. */
  private boolean meet(Goal goal, Deque<Goal> waiting) {
    if (++steps > MOST_STEPS) {
      return true;
    }
    return switch (goal.expression()) {
      case Expression.Not not -> meet(new Goal(not.part(), !goal.wanted()), waiting);
      case Expression.And and when goal.wanted() -> meetAll(and.parts(), true, waiting);
      case Expression.And and -> meetOne(and.parts(), false, waiting);
      case Expression.Or or when goal.wanted() -> meetOne(or.parts(), true, waiting);
      case Expression.Or or -> meetAll(or.parts(), false, waiting);
      case Expression.AtLeast some when goal.wanted() && some.count() > some.parts().size() ->
          false;
      case Expression.AtLeast some -> next(waiting);
      case Expression.Keyword keyword -> assume(keyword, goal.wanted(), waiting);
      case Expression.Field field -> assume(field, goal.wanted(), waiting);
    };
  }

  private boolean meetAll(List<Expression> parts, boolean wanted, Deque<Goal> waiting) {
    Deque<Goal> more = new ArrayDeque<>(waiting);
    parts.forEach(part -> more.addLast(new Goal(part, wanted)));
    return next(more);
  }

  private boolean meetOne(List<Expression> parts, boolean wanted, Deque<Goal> waiting) {
    for (Expression part : parts) {
      if (meet(new Goal(part, wanted), new ArrayDeque<>(waiting))) {
        return true;
      }
    }
    return false;
  }

  private boolean assume(Expression test, boolean wanted, Deque<Goal> waiting) {
    Boolean known = assumed.get(test);
    if (known != null) {
      return known == wanted && next(waiting);
    }
    assumed.put(test, wanted);
    boolean met = next(waiting);
    assumed.remove(test);
    return met;
  }

  private boolean next(Deque<Goal> waiting) {
    Goal goal = waiting.pollFirst();
    return goal == null || meet(goal, waiting);
  }
}

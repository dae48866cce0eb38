// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.citywall.compliance.score.Result;
import org.jspecify.annotations.Nullable;

/**
 * Tries a check on its own fixtures: each must come out as it says, there must be one that
 * conforms, one that does not and one that does not apply, and every small mistake in a condition
 * must make one of them come out otherwise.
 */
public final class Trial {

  private static final Set<Result> NEEDED =
      EnumSet.of(Result.CONFORM, Result.NONCONFORM, Result.NOT_APPLICABLE);

  private Trial() {}

  /** What is wrong with the check, for people; nothing where it holds. */
  public static List<String> problems(Check check) {
    List<String> problems = new ArrayList<>();
    Check.Conditions own = check.conditions();
    Set<Result> seen = EnumSet.noneOf(Result.class);
    for (Fixture fixture : check.fixtures()) {
      Result result = outcome(own, fixture);
      seen.add(fixture.expected());
      if (result != fixture.expected()) {
        problems.add(fixture.name() + ": " + result + " where " + fixture.expected() + " was due");
      }
    }
    for (Result needed : NEEDED) {
      if (!seen.contains(needed)) {
        problems.add("no fixture is " + needed);
      }
    }
    if (problems.isEmpty()) {
      Condition applies = own.applies();
      Condition when = own.when();
      Condition partly = own.partly();
      survivors(
          check, applies, c -> new Check.Conditions(c, when, own.conforms(), partly), problems);
      survivors(
          check, when, c -> new Check.Conditions(applies, c, own.conforms(), partly), problems);
      survivors(
          check, own.conforms(), c -> new Check.Conditions(applies, when, c, partly), problems);
      survivors(
          check, partly, c -> new Check.Conditions(applies, when, own.conforms(), c), problems);
    }
    return problems;
  }

  private static void survivors(
      Check check, @Nullable Condition condition, ConditionsWith with, List<String> problems) {
    if (condition == null) {
      return;
    }
    for (Mutations.Mutant mutant : Mutations.of(condition)) {
      Check.Conditions mistaken = with.condition(mutant.condition());
      boolean noticed =
          check.fixtures().stream()
              .anyMatch(fixture -> outcome(mistaken, fixture) != fixture.expected());
      if (!noticed) {
        problems.add("no fixture notices: " + mutant.mistake());
      }
    }
  }

  /** The conditions of a check with another one in one place. */
  @FunctionalInterface
  private interface ConditionsWith {
    Check.Conditions condition(Condition other);
  }

  private static Result outcome(Check.Conditions conditions, Fixture fixture) {
    Condition applies = conditions.applies();
    if (applies != null && applies.judge(fixture.target(), new Remarks()) == Truth.FALSE) {
      return Result.NOT_APPLICABLE;
    }
    return Check.judge(conditions, fixture.facts()).result();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns expressions into what can be evaluated fast. */
final class RuleCompiler {

  /** A test and the slot it looks at; keywords look at all. */
  private record Test(int slot, ValueTest test) {}

  private static final int ALL_FIELDS = -1;

  private final FieldNames names;
  private final FieldSlots slots = new FieldSlots();
  private final Map<Test, Integer> numbers = new HashMap<>();

  RuleCompiler(FieldNames names) {
    this.names = names;
  }

  FieldSlots slots() {
    return slots;
  }

  int tests() {
    return numbers.size();
  }

  int slot(String field, LogSource logSource) {
    return slots.slot(names.of(field, logSource));
  }

  Compiled compile(Expression expression, LogSource logSource) {
    return switch (expression) {
      case Expression.And and -> new Compiled.All(compile(and.parts(), logSource));
      case Expression.Or or -> new Compiled.Any(compile(or.parts(), logSource));
      case Expression.AtLeast some ->
          new Compiled.Several(some.count(), compile(some.parts(), logSource));
      case Expression.Not not -> new Compiled.Inverse(compile(not.part(), logSource));
      case Expression.Keyword keyword ->
          new Compiled.KeywordTest(number(ALL_FIELDS, keyword.test()), keyword.test());
      case Expression.Field field -> fieldTest(field, logSource);
    };
  }

  private Compiled fieldTest(Expression.Field field, LogSource logSource) {
    int slot = slot(field.name(), logSource);
    return field.test() instanceof ValueTest.OtherField other
        ? new Compiled.PairTest(slot, slot(other.name(), logSource), other)
        : new Compiled.FieldTest(number(slot, field.test()), slot, field.test());
  }

  private Compiled[] compile(List<Expression> parts, LogSource logSource) {
    return parts.stream().map(part -> compile(part, logSource)).toArray(Compiled[]::new);
  }

  private int number(int slot, ValueTest test) {
    return numbers.computeIfAbsent(new Test(slot, test), t -> numbers.size());
  }
}

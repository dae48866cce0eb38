// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.List;
import org.citywall.correlation.sigma.SigmaEngine.FieldMatch;
import org.jspecify.annotations.Nullable;

/** Tells why a rule matched an event: the tests that passed and that it could not do without. */
final class Explainer {

  private static final int MOST = 8;
  private static final int LONGEST = 120;
  private static final String ANY_FIELD = "*";

  private final FieldNames names = FieldNames.builtIn();
  private final RegexSteps steps = new RegexSteps();

  List<FieldMatch> explain(SigmaRule rule, SigmaEvent event) {
    List<FieldMatch> passed = new ArrayList<>();
    collect(rule.expression(), rule.logSource(), event, passed);
    return passed.stream().distinct().limit(MOST).toList();
  }

  /** Whether the rule matches, without any index. */
  boolean holds(SigmaRule rule, SigmaEvent event) {
    return holds(rule.expression(), rule.logSource(), event);
  }

  private void collect(
      Expression expression, LogSource source, SigmaEvent event, List<FieldMatch> passed) {
    switch (expression) {
      case Expression.And and -> and.parts().forEach(p -> collect(p, source, event, passed));
      case Expression.Or or -> collectThose(or.parts(), source, event, passed);
      case Expression.AtLeast some -> collectThose(some.parts(), source, event, passed);
      case Expression.Not not -> {}
      case Expression.Keyword keyword -> {
        for (FieldValue value : event.fields().values()) {
          if (keyword.test().test(value, steps)) {
            passed.add(new FieldMatch(ANY_FIELD, shown(value, keyword.test())));
            return;
          }
        }
      }
      case Expression.Field field -> {
        FieldValue value = value(field.name(), source, event);
        if (value != null && holds(field, source, event)) {
          passed.add(new FieldMatch(field.name(), shown(value, field.test())));
        }
      }
    }
  }

  private void collectThose(
      List<Expression> parts, LogSource source, SigmaEvent event, List<FieldMatch> passed) {
    for (Expression part : parts) {
      if (holds(part, source, event)) {
        collect(part, source, event, passed);
      }
    }
  }

  private boolean holds(Expression expression, LogSource source, SigmaEvent event) {
    return switch (expression) {
      case Expression.And and -> and.parts().stream().allMatch(p -> holds(p, source, event));
      case Expression.Or or -> or.parts().stream().anyMatch(p -> holds(p, source, event));
      case Expression.AtLeast some ->
          some.parts().stream().filter(p -> holds(p, source, event)).count() >= some.count();
      case Expression.Not not -> !holds(not.part(), source, event);
      case Expression.Keyword keyword ->
          event.fields().values().stream().anyMatch(value -> keyword.test().test(value, steps));
      case Expression.Field field when field.test() instanceof ValueTest.OtherField other ->
          other.test(value(field.name(), source, event), value(other.name(), source, event));
      case Expression.Field field -> field.test().test(value(field.name(), source, event), steps);
    };
  }

  private @Nullable FieldValue value(String field, LogSource source, SigmaEvent event) {
    for (String name : names.of(field, source)) {
      FieldValue value = event.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The value that passed, else the first. */
  private String shown(FieldValue value, ValueTest test) {
    String text = value.size() == 0 ? "" : value.text(0);
    if (value.size() > 1 && !(test instanceof ValueTest.OtherField)) {
      for (String each : value.texts()) {
        if (test.test(new FieldValue(List.of(each)), steps)) {
          text = each;
          break;
        }
      }
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}

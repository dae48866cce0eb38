// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates a rule word for word, with no index, no memory and no fast path: the yardstick. */
final class NaiveMatch {

  private static final FieldNames NAMES = FieldNames.builtIn();
  private static final LogSources SOURCES = LogSources.builtIn();

  private NaiveMatch() {}

  static boolean matches(SigmaRule rule, SigmaEvent event) {
    return SOURCES.admits(rule.logSource(), event)
        && holds(rule.expression(), rule.logSource(), event);
  }

  private static boolean holds(Expression expression, LogSource source, SigmaEvent event) {
    return switch (expression) {
      case Expression.And and -> and.parts().stream().allMatch(p -> holds(p, source, event));
      case Expression.Or or -> or.parts().stream().anyMatch(p -> holds(p, source, event));
      case Expression.AtLeast some ->
          some.parts().stream().filter(p -> holds(p, source, event)).count() >= some.count();
      case Expression.Not not -> !holds(not.part(), source, event);
      case Expression.Keyword keyword ->
          event.fields().values().stream().anyMatch(value -> passes(keyword.test(), value));
      case Expression.Field field when field.test() instanceof ValueTest.OtherField other ->
          other.test(value(field.name(), source, event), value(other.name(), source, event));
      case Expression.Field field -> passes(field.test(), value(field.name(), source, event));
    };
  }

  private static @Nullable FieldValue value(String field, LogSource source, SigmaEvent event) {
    return NAMES.of(field, source).stream()
        .map(event::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static boolean passes(ValueTest test, @Nullable FieldValue value) {
    if (test instanceof ValueTest.Text text) {
      Collection<String> texts = value == null ? List.of() : value.texts();
      return texts.stream().anyMatch(found -> matches(text, found));
    }
    return test.test(value, new RegexSteps());
  }

  /** By way of a regular expression made from the wildcards. */
  private static boolean matches(ValueTest.Text text, String found) {
    StringBuilder regex = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (int code : text.glob().codes()) {
      if (code >= 0) {
        plain.append((char) code);
        continue;
      }
      // Quoted as a whole: half of a surrogate pair matches nothing.
      regex.append(Pattern.quote(plain.toString()));
      plain.setLength(0);
      regex.append(code == Glob.ANY ? ".*" : code == Glob.ONE ? "." : "[-/\u2013\u2014\u2015]");
    }
    regex.append(Pattern.quote(plain.toString()));
    return Pattern.compile(regex.toString(), Pattern.DOTALL)
        .matcher(text.cased() ? found : Fold.fold(found))
        .matches();
  }
}

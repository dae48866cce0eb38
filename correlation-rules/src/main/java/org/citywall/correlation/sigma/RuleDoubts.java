// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.sigma.SigmaRules.Remark;

/**
 * Looks for rules that load but cannot do what their author meant: never true, kept away by their
 * own log source, true of an event that has nothing, or about fields that nobody sends.
 */
public final class RuleDoubts {

  private static final LogSources FACTS = LogSources.builtIn();
  private static final SigmaEvent NOTHING = SigmaEvent.of(Map.of());

  private final Explainer explainer = new Explainer();
  private final FieldNames names = FieldNames.builtIn();
  private final Set<String> produced;

  private RuleDoubts(Set<String> produced) {
    this.produced = produced;
  }

  /**
   * The doubts about these rules, in their order.
   *
   * @param produced names of all fields that events have; empty where nobody knows
   */
  public static List<Remark> of(SigmaRules rules, Set<String> produced) {
    RuleDoubts doubts = new RuleDoubts(produced);
    List<Remark> remarks = new ArrayList<>();
    for (SigmaRule rule : rules.rules()) {
      doubts
          .about(rule)
          .forEach(
              reason ->
                  remarks.add(
                      new Remark(
                          rule.place(),
                          rule.title(),
                          CorrelationErrorCode.SIGMA_RULE_DOUBTFUL,
                          reason)));
    }
    return remarks;
  }

  private List<String> about(SigmaRule rule) {
    List<String> reasons = new ArrayList<>();
    if (!Satisfiable.canBeTrue(rule.expression())) {
      reasons.add("never true: it asks for what it excludes");
      return reasons;
    }
    if (explainer.holds(rule, NOTHING)) {
      reasons.add("too broad: true of an event that has none of its fields");
    }
    if (contradictsItsLogSource(rule)) {
      reasons.add("unreachable: what it asks for is not of its log source " + rule.logSource());
    }
    reasons.addAll(fieldsNobodySends(rule));
    return reasons;
  }

  private boolean contradictsItsLogSource(SigmaRule rule) {
    return Canary.of(rule, explainer).isEmpty()
        && Canary.ofAnyLogSource(rule, explainer)
            .filter(event -> !FACTS.admits(rule.logSource(), event))
            .isPresent();
  }

  private List<String> fieldsNobodySends(SigmaRule rule) {
    if (produced.isEmpty() || possible(rule.expression(), rule.logSource())) {
      return List.of();
    }
    TreeSet<String> missing = new TreeSet<>();
    missing(rule.expression(), rule.logSource(), missing);
    return missing.isEmpty()
        ? List.of()
        : List.of("no source of this log sends " + String.join(", ", missing));
  }

  private boolean isProduced(String field, LogSource source) {
    return names.of(field, source).stream().anyMatch(produced::contains);
  }

  /** Whether the rule can be true of events that have only fields that somebody sends. */
  private boolean possible(Expression expression, LogSource source) {
    return switch (expression) {
      case Expression.And and -> and.parts().stream().allMatch(p -> possible(p, source));
      case Expression.Or or -> or.parts().stream().anyMatch(p -> possible(p, source));
      case Expression.AtLeast some ->
          some.parts().stream().filter(p -> possible(p, source)).count() >= some.count();
      case Expression.Not not -> true;
      case Expression.Keyword keyword -> true;
      case Expression.Field field ->
          field.test() instanceof ValueTest.IsNull
              || field.test() instanceof ValueTest.Exists
              || isProduced(field.name(), source);
    };
  }

  private void missing(Expression expression, LogSource source, Set<String> missing) {
    switch (expression) {
      case Expression.And and -> and.parts().forEach(p -> missing(p, source, missing));
      case Expression.Or or -> or.parts().forEach(p -> missing(p, source, missing));
      case Expression.AtLeast some -> some.parts().forEach(p -> missing(p, source, missing));
      case Expression.Not not -> {}
      case Expression.Keyword keyword -> {}
      case Expression.Field field -> {
        if (!isProduced(field.name(), source)) {
          missing.add(field.name());
        }
      }
    }
  }
}

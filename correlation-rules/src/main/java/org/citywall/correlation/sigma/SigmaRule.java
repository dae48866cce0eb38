// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.List;

/**
 * A rule about single events.
 *
 * @param id the rule's id, or its name or title where it has none
 * @param name what correlations may call it, else empty
 * @param level informational, low, medium, high or critical; empty where the rule gives none
 * @param tags as the rule gives them, for example {@code attack.t1059}
 * @param place file and line
 */
public record SigmaRule(
    String id,
    String name,
    String title,
    String level,
    List<String> tags,
    LogSource logSource,
    Place place,
    Condition condition) {

  public SigmaRule {
    tags = List.copyOf(tags);
  }

  /** What the rule asks of an event; only the matcher looks inside. */
  public static final class Condition {

    private final Expression expression;

    Condition(Expression expression) {
      this.expression = expression;
    }

    Expression expression() {
      return expression;
    }
  }

  Expression expression() {
    return condition.expression;
  }

  /** The same rule where the filter holds, too. */
  SigmaRule and(Expression filter) {
    return new SigmaRule(
        id,
        name,
        title,
        level,
        tags,
        logSource,
        place,
        new Condition(new Expression.And(List.of(condition.expression, filter))));
  }

  /** Whether a correlation or filter that says this means this rule. */
  boolean isCalled(String reference) {
    return reference.equals(id) || (!name.isEmpty() && reference.equals(name));
  }
}

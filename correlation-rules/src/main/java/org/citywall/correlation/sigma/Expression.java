// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.List;

/** What a rule asks of an event. */
sealed interface Expression {

  /** True where all are; true of everything without any. */
  record And(List<Expression> parts) implements Expression {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** True where one is; never true without any. */
  record Or(List<Expression> parts) implements Expression {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** True where at least {@code count} of the parts are. */
  record AtLeast(int count, List<Expression> parts) implements Expression {
    public AtLeast {
      parts = List.copyOf(parts);
    }
  }

  record Not(Expression part) implements Expression {}

  /** A test of one field, by the name that the rule gives it. */
  record Field(String name, ValueTest test) implements Expression {}

  /** A test that any value of any field may pass. */
  record Keyword(ValueTest test) implements Expression {}

  static Expression all(List<Expression> parts) {
    return parts.size() == 1 ? parts.getFirst() : new And(parts);
  }

  static Expression any(List<Expression> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Or(parts);
  }
}

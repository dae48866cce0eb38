// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.masking.sql.facts.Equality;

/**
 * Where a condition stands, as indexes of tokens.
 *
 * @param end behind the last one
 */
record Condition(int start, int end, List<Operand> operands) {

  /** The condition; empty where brackets or anything else stand between its parts. */
  static Optional<Condition> of(Tokens tokens, Equality equality) {
    int column = tokens.indexAt(equality.column().at());
    int columnEnd = tokens.endOfName(column);
    int operator = tokens.indexAt(equality.operator());
    if (tokens.isWord(operator, "in")) {
      return columnEnd == operator ? list(tokens, column, operator + 1) : Optional.empty();
    }
    if (columnEnd == operator) {
      return Operand.at(tokens, operator + 1)
          .map(operand -> new Condition(column, operand.end(), List.of(operand)));
    }
    return column == operator + 1 ? turned(tokens, operator, columnEnd) : Optional.empty();
  }

  private static Optional<Condition> turned(Tokens tokens, int operator, int end) {
    // the longest writing is CAST ( x AS character varying )
    for (int start = Math.max(0, operator - 7); start < operator; start++) {
      Optional<Operand> operand = Operand.at(tokens, start);
      if (operand.isPresent() && operand.get().end() == operator) {
        return Optional.of(new Condition(start, end, List.of(operand.get())));
      }
    }
    return Optional.empty();
  }

  private static Optional<Condition> list(Tokens tokens, int column, int open) {
    List<Operand> operands = new ArrayList<>();
    int at = open;
    do {
      Optional<Operand> operand = Operand.at(tokens, at + 1);
      if (operand.isEmpty()) {
        return Optional.empty();
      }
      operands.add(operand.get());
      at = operand.get().end();
    } while (tokens.is(at, ","));
    return tokens.is(at, ")") && tokens.is(open, "(")
        ? Optional.of(new Condition(column, at + 1, operands))
        : Optional.empty();
  }
}

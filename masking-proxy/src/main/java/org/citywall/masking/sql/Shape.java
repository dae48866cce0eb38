// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/**
 * A text without those constants that nothing but the database looks at. Whatever else stands in
 * the text is part of the shape as it is written, comments and spaces too.
 *
 * @param text with a zero, which no statement holds, and a sort in the place of each such constant
 * @param constants what is left out, in order
 */
record Shape(String text, List<Token> constants) {

  private static final char HOLE = '\0';

  Shape {
    constants = List.copyOf(constants);
  }

  /** The shape; empty where each constant belongs to it, or where the text cannot be read. */
  static Optional<Shape> of(String sql) {
    Tokens tokens;
    try {
      tokens = Tokens.of(sql);
    } catch (StatementRefused unreadable) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(sql.length());
    List<Token> constants = new ArrayList<>();
    int from = 0;
    BitSet free = ConstantPlaces.free(tokens);
    for (int i = free.nextSetBit(0); i >= 0; i = free.nextSetBit(i + 1)) {
      Token token = tokens.get(i);
      ConstantSort sort = ConstantSort.of(token);
      if (sort != ConstantSort.OTHER) {
        text.append(sql, from, token.start()).append(HOLE).append(sort.sign());
        from = token.end();
        constants.add(token);
      }
    }
    return constants.isEmpty()
        ? Optional.empty()
        : Optional.of(new Shape(text.append(sql, from, sql.length()).toString(), constants));
  }
}

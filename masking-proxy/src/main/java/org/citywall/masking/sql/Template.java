// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.Token;

/**
 * A verdict that holds for every statement of one shape: nothing that led to it looked at a
 * constant that the shape leaves out, and nothing that the statement reads or writes is protected
 * from the person (ADR 0054).
 *
 * @param pieces what runs, cut where the constants stand: one more than there are constants
 * @param verdict on the statement that was judged
 */
record Template(List<String> pieces, Verdict.Allowed verdict) {

  private static final Set<StatementKind> KINDS =
      EnumSet.of(
          StatementKind.SELECT, StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE);

  Template {
    pieces = List.copyOf(pieces);
  }

  /** The template; empty where a verdict may be on this statement alone. */
  static Optional<Template> of(
      String sql, Shape shape, Rewritten rewritten, Verdict.Allowed verdict) {
    boolean general =
        KINDS.contains(verdict.kind())
            && rewritten.open()
            && !rewritten.readsTexts()
            && !verdict.masked()
            && verdict.lookUps().isEmpty()
            && verdict.written().isEmpty();
    return general
        ? rewritten
            .edits()
            .applied(sql, shape.constants())
            .map(pieces -> new Template(pieces, verdict))
        : Optional.empty();
  }

  /** The verdict on another statement of the shape, or the same one. */
  Verdict filled(Shape shape) {
    StringBuilder sql = new StringBuilder(pieces.getFirst());
    int next = 1;
    for (Token constant : shape.constants()) {
      sql.append(constant.text()).append(pieces.get(next));
      next++;
    }
    return new Verdict.Allowed(
        sql.toString(), verdict.uses(), verdict.tables(), verdict.masked(), verdict.kind());
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Optional;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is judged by: the grammar, what names mean, and one person's rights.
 *
 * @param viewSchema schema of the database's views that stand in the place of derived tables; null
 *     where there are none
 */
record Session(
    StatementAnalyser analyser, SchemaView schema, Rights rights, @Nullable String viewSchema) {

  /** Views that are defined by views; PostgreSQL itself has no bound. */
  private static final int MAX_DEPTH = 16;

  /**
   * Rewrites every statement of a text.
   *
   * @param depth how many views the text stands in
   */
  Rewritten rewrite(String sql, int depth) {
    if (depth > MAX_DEPTH) {
      throw new StatementRefused(
          MaskingErrorCode.CONSTRUCT_REFUSED, "views in views, too deep", -1);
    }
    List<Token> read = analyser.limits().read(sql);
    List<StatementFacts> facts = read.isEmpty() ? List.of() : analyser.analyse(sql);
    return new Rewriter(this, sql, new Tokens(read), facts, depth).rewrite();
  }

  boolean hardened() {
    return viewSchema != null;
  }

  /** The facts of a view's query. */
  StatementFacts definition(Relation view) {
    String sql = query(view);
    analyser.limits().read(sql);
    List<StatementFacts> facts = analyser.analyse(sql);
    if (facts.size() != 1) {
      throw new StatementRefused(
          MaskingErrorCode.CONSTRUCT_REFUSED, "a view of several statements", -1);
    }
    return facts.getFirst();
  }

  /** A condition over the columns of a relation. */
  RowFilter filter(String condition, Relation relation) {
    return RowFilter.read(analyser, schema, condition, relation);
  }

  /** The query of a view. */
  static String query(Relation view) {
    return Optional.ofNullable(view.definition())
        .orElseThrow(
            () ->
                new StatementRefused(
                    MaskingErrorCode.CONSTRUCT_REFUSED, "a view whose query is not known", -1))
        .strip()
        .replaceAll(";$", "");
  }

  /** The relation that a reference names. */
  Relation relation(TableReference reference) {
    return schema
        .relation(reference.schema(), reference.name())
        .orElseThrow(
            () ->
                new StatementRefused(
                    MaskingErrorCode.RELATION_UNKNOWN, reference.name(), reference.at()));
  }

  Optional<Relation> relation(TableName name) {
    return schema.relation(name.schema(), name.name());
  }
}

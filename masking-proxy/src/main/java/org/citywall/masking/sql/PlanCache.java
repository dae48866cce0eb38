// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Optional;
import org.citywall.masking.policy.Rights;

/**
 * Verdicts that were given, for statements that come again, with other constants too where that
 * changes nothing: bounded, the longest unused goes first. A verdict holds for one statement or
 * shape, one person's rights, one version of the policy and one meaning of names. Safe for use by
 * several threads.
 */
final class PlanCache {

  /** Longer statements hardly come twice. */
  private static final int MAX_LENGTH = 1 << 14;

  /** Longer ones take more time to cut than those who wait for another session's should wait. */
  private static final int MAX_SHAPED = 1 << 12;

  /**
   * For what a verdict is kept.
   *
   * @param text a statement, or the text of a shape, which is none
   */
  private record Key(String text, Rights rights, String policy, String schema) {}

  /** What is kept. */
  private sealed interface Plan {

    record Whole(Verdict verdict) implements Plan {}

    record Shaped(Template template) implements Plan {}
  }

  private final Recent<Key, Plan> plans;

  /**
   * @param size verdicts that are kept
   */
  PlanCache(int size) {
    plans = new Recent<>(size);
  }

  Optional<Verdict> find(String sql, SchemaView schema, Rights rights) {
    if (plans.find(key(sql, schema, rights)) instanceof Plan.Whole whole) {
      return Optional.of(whole.verdict());
    }
    return shape(sql)
        .flatMap(
            shape ->
                plans.find(key(shape.text(), schema, rights)) instanceof Plan.Shaped shaped
                    ? Optional.of(shaped.template().filled(shape))
                    : Optional.empty());
  }

  void keep(String sql, SchemaView schema, Rights rights, Verdict verdict) {
    if (sql.length() <= MAX_LENGTH) {
      plans.keep(key(sql, schema, rights), new Plan.Whole(verdict));
    }
  }

  /**
   * Keeps a verdict for other constants as well, where it does not depend on them.
   *
   * @param rewritten what led to it
   */
  void keep(
      String sql, SchemaView schema, Rights rights, Verdict.Allowed verdict, Rewritten rewritten) {
    Shape shape = shape(sql).orElse(null);
    Template template =
        shape == null ? null : Template.of(sql, shape, rewritten, verdict).orElse(null);
    if (shape == null || template == null) {
      keep(sql, schema, rights, verdict);
    } else {
      plans.keep(key(shape.text(), schema, rights), new Plan.Shaped(template));
    }
  }

  private static Optional<Shape> shape(String sql) {
    return sql.length() <= MAX_SHAPED ? Shape.of(sql) : Optional.empty();
  }

  private static Key key(String text, SchemaView schema, Rights rights) {
    return new Key(text, rights, rights.version(), schema.version());
  }
}

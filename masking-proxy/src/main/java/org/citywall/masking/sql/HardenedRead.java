// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Optional;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementRefused;

/** Finds the view that a person reads in the place of a relation, where hardened mode is on. */
record HardenedRead(Session session, Coverages coverages) {

  /** What nobody names in a statement, whatever the mode. */
  static void requireForeign(Relation relation, int at) {
    if (ViewNames.isOwn(relation.name().schema())) {
      throw new StatementRefused(
          MaskingErrorCode.RELATION_REFUSED, "a view of hardened mode " + relation.name(), at);
    }
  }

  /**
   * The view, quoted; empty where the relation itself is read, or {@code MSK-0050} where nobody
   * planned for what the person may see.
   */
  Optional<String> view(Coverage coverage, boolean only, int at) {
    Relation relation = coverage.relation();
    String schema = session.viewSchema();
    if (schema == null || !holdsData(relation.kind())) {
      return Optional.empty();
    }
    if (session.relation(ViewNames.profile(schema, session.rights())).isEmpty()) {
      throw missing(relation, "a person or a purpose that is not planned for", at);
    }
    boolean ownRows = only && !relation.children().isEmpty();
    TableName name = ViewNames.view(schema, relation.name(), coverages.said(coverage), ownRows);
    if (session.relation(name).isPresent()) {
      return Optional.of(Identifier.quoted(name));
    }
    if (!coverage.isOpen()) {
      throw missing(relation, "what is shown of it now is not planned for", at);
    }
    return Optional.empty();
  }

  /** Whether a view of ours is the one that this person reads in the place of a relation. */
  boolean isOwn(TableName view, Relation relation) {
    String schema = session.viewSchema();
    if (schema == null || !ViewNames.isOf(view, relation.name())) {
      return false;
    }
    String said = coverages.said(coverages.of(relation, -1));
    return view.equals(ViewNames.view(schema, relation.name(), said, false))
        || view.equals(ViewNames.view(schema, relation.name(), said, true));
  }

  /**
   * A sub-query that takes a part of a view's rows, as TABLESAMPLE would of a table's.
   *
   * @param percentage expression
   * @param seed expression, or an empty text: then each run takes another part
   */
  static String sample(String view, String percentage, String seed) {
    String share =
        seed.isEmpty()
            ? "pg_catalog.random() * 100"
            : "(pg_catalog.hashtextextended(CAST(sampled AS text), CAST(("
                + seed
                + ") * 1000 AS bigint)) & 1048575) / 10485.76";
    return "(SELECT * FROM " + view + " AS sampled WHERE " + share + " < (" + percentage + "))";
  }

  private static boolean holdsData(RelationKind kind) {
    return switch (kind) {
      case TABLE, PARTITIONED, FOREIGN, MATVIEW, VIEW -> true;
      case TEMP, SEQUENCE, SYSTEM -> false;
    };
  }

  private static StatementRefused missing(Relation relation, String why, int at) {
    return new StatementRefused(MaskingErrorCode.VIEWS_MISSING, relation.name() + ", " + why, at);
  }
}

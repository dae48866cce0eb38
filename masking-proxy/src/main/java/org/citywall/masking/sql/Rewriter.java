// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Rewrites one text: each reference to a relation gets its schema, so that it means the same
 * whenever it runs, or becomes a derived table where something of it is protected.
 */
final class Rewriter {

  private final Session session;
  private final String sql;
  private final Tokens tokens;
  private final List<StatementFacts> statements;
  private final int depth;
  private final Coverages coverages;
  private final Edits edits = new Edits();
  private final List<ColumnUse> uses = new ArrayList<>();
  private final Set<TableName> tables = new HashSet<>();
  private boolean masked;
  private boolean secret;

  Rewriter(Session session, String sql, Tokens tokens, List<StatementFacts> statements, int depth) {
    this.session = session;
    this.sql = sql;
    this.tokens = tokens;
    this.statements = statements;
    this.depth = depth;
    this.coverages = new Coverages(session);
  }

  Rewritten rewrite() {
    for (StatementFacts facts : statements) {
      Map<TableReference, Relation> relations = relations(facts);
      new FunctionCheck(session.schema(), facts, relations, tokens, sql, edits).run();
      new WriteCheck(facts, relations, coverages).run();
      Set<TableName> replaced = new HashSet<>();
      Set<TableReference> derived = new HashSet<>();
      for (Map.Entry<TableReference, Relation> entry : relations.entrySet()) {
        if (read(entry.getKey(), entry.getValue(), facts)) {
          derived.add(entry.getKey());
          if (entry.getKey().alias() == null) {
            replaced.add(entry.getValue().name());
          }
        }
      }
      WriteCheck.requireNoReturn(facts, derived);
      facts.names().forEach(name -> shorten(name, replaced));
    }
    new TokenGuard(session, coverages, tokens, statements).check();
    return new Rewritten(edits.applied(sql), statements, uses, tables, masked, secret);
  }

  private Map<TableReference, Relation> relations(StatementFacts facts) {
    Map<TableReference, Relation> relations = new HashMap<>();
    for (TableReference reference : facts.tables()) {
      if (!reference.cte() && reference.role() != TableReference.Role.CREATE) {
        relations.put(reference, session.relation(reference));
      }
    }
    return relations;
  }

  /** Rewrites a reference; true where a derived table stands in its place. */
  private boolean read(TableReference reference, Relation relation, StatementFacts facts) {
    Place place = Place.of(tokens, reference);
    if (relation.kind() != RelationKind.SYSTEM) {
      tables.add(relation.name());
    }
    if (relation.kind() == RelationKind.VIEW
        && reference.role() == TableReference.Role.SCAN
        && !session.rights().catalogued(relation.name())) {
      return view(reference, relation, place, facts.kind());
    }
    Coverage coverage = coverages.of(relation, reference.at());
    // a view of the session is read through its query, which is masked whenever it is read
    if (reference.role() == TableReference.Role.TARGET
        || facts.kind() == StatementKind.CREATE_VIEW) {
      qualify(relation, place);
      return false;
    }
    if (relation.kind() != RelationKind.SYSTEM) {
      use(coverage, facts, reference);
    }
    if (coverage.isOpen()) {
      qualify(relation, place);
      return false;
    }
    masked = true;
    secret |= coverage.hasSecret();
    if (reference.role() == TableReference.Role.COPY) {
      copy(coverage, place);
    } else {
      String sample =
          place.sampleEnd() > place.aliasEnd()
              ? sql.substring(tokens.start(place.aliasEnd()), tokens.endBefore(place.sampleEnd()))
              : "";
      derive(reference, place, coverage.query(reference.only(), sample));
    }
    return true;
  }

  private void qualify(Relation relation, Place place) {
    edits.replace(
        tokens.start(place.name()),
        tokens.endBefore(place.nameEnd()),
        Identifier.quoted(relation.name()));
  }

  private void derive(TableReference reference, Place place, String query) {
    if (place.tableCommand() >= 0) {
      edits.replace(
          tokens.start(place.tableCommand()),
          tokens.endBefore(place.tableCommand() + 1),
          "SELECT * FROM");
    }
    String alias =
        reference.alias() == null ? " AS " + Identifier.quoted(reference.name()) + " " : " ";
    edits.replace(tokens.start(place.start()), tokens.endBefore(place.end()), query + alias);
    if (place.sampleEnd() > place.aliasEnd()) {
      edits.replace(tokens.start(place.aliasEnd()), tokens.endBefore(place.sampleEnd()), "");
    }
  }

  private void copy(Coverage coverage, Place place) {
    int end = place.end();
    String columns = "*";
    if (tokens.is(end, "(")) {
      end = tokens.endOfBrackets(end);
      columns = sql.substring(tokens.get(place.end()).end(), tokens.get(end - 1).start());
    }
    edits.replace(
        tokens.start(place.start()),
        tokens.endBefore(end),
        "(SELECT "
            + columns
            + " FROM "
            + coverage.query(false, "")
            + " AS "
            + Identifier.quoted(coverage.relation().name().name())
            + ") ");
  }

  /** Reads a view through its query; true where something of it is protected. */
  private boolean view(TableReference reference, Relation view, Place place, StatementKind kind) {
    Rewritten query;
    try {
      query = session.rewrite(Session.query(view), depth + 1);
    } catch (StatementRefused refused) {
      throw new StatementRefused(
          refused.code(), refused.detail() + ", in view " + view.name(), reference.at());
    }
    uses.addAll(query.uses());
    tables.addAll(query.tables());
    if (!query.masked() || kind == StatementKind.CREATE_VIEW) {
      qualify(view, place);
      return false;
    }
    if (reference.only() || place.sampleEnd() > place.aliasEnd()) {
      throw new StatementRefused(
          MaskingErrorCode.CONSTRUCT_REFUSED, "ONLY or TABLESAMPLE of a view", reference.at());
    }
    masked = true;
    secret |= query.secret();
    derive(reference, place, "(" + query.sql() + ")");
    return true;
  }

  private void use(Coverage coverage, StatementFacts facts, TableReference reference) {
    Set<String> named = new HashSet<>(facts.selected());
    boolean all = reference.role() == TableReference.Role.COPY || named.contains("*");
    for (ColumnName name : facts.names()) {
      named.add(name.last());
      all |= name.star() || name.last().equals(reference.visibleName());
    }
    facts.functions().forEach(function -> named.add(function.name()));
    for (RelationColumn column : coverage.relation().columns()) {
      if (all || named.contains(column.name())) {
        uses.add(
            new ColumnUse(coverage.relation().name(), column.name(), coverage.of(column.name())));
      }
    }
  }

  /** Takes the schema off a column's name where a derived table, which has none, is meant. */
  private void shorten(ColumnName name, Set<TableName> replaced) {
    List<String> parts = name.parts();
    int size = parts.size();
    int dropped = 0;
    if (size >= 2 && replaced.contains(new TableName(parts.get(size - 2), parts.getLast()))) {
      dropped = size - 1;
    } else if (size >= 3
        && !name.star()
        && replaced.contains(new TableName(parts.get(size - 3), parts.get(size - 2)))) {
      dropped = size - 2;
    }
    if (dropped > 0) {
      int first = tokens.indexAt(name.at());
      int kept = first;
      for (int i = 0; i < dropped; i++) {
        kept = tokens.endOfPart(kept) + 1;
      }
      edits.replace(tokens.start(first), tokens.start(kept), "");
    }
  }
}

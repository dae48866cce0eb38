// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
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
  private final HardenedRead hardened;
  private final Edits edits = new Edits();
  private final List<ColumnUse> uses = new ArrayList<>();
  private final Set<TableName> tables = new HashSet<>();
  private final List<LookUp> lookUps = new ArrayList<>();
  private final List<WrittenText> written = new ArrayList<>();

  /** In their place stands a query, whose row has no type as that of a view has. */
  private final Set<TableReference> queried = new HashSet<>();

  private boolean masked;
  private boolean replaced;
  private boolean secret;
  private boolean open = true;
  private boolean readsTexts;

  /** What stands in the place of a reference. */
  private enum Reading {
    ITSELF,
    /** A view that shows or takes all. */
    OTHER,
    /** Something in which columns are masked or rows are left out. */
    MASKED
  }

  Rewriter(Session session, String sql, Tokens tokens, List<StatementFacts> statements, int depth) {
    this.session = session;
    this.sql = sql;
    this.tokens = tokens;
    this.statements = statements;
    this.depth = depth;
    this.coverages = new Coverages(session);
    this.hardened = new HardenedRead(session, coverages);
  }

  Rewritten rewrite() {
    ReturnedRow returned = ReturnedRow.of(statements, tokens);
    HarmlessFunctions harmless = new HarmlessFunctions(session, coverages);
    for (StatementFacts facts : statements) {
      Map<TableReference, Relation> relations = relations(facts);
      new FunctionCheck(session.schema(), harmless::has, facts, relations, tokens, sql, edits)
          .run();
      LookUps lookUp =
          depth == 0
              ? LookUps.of(facts, relations, coverages, tokens, sql, edits)
              : LookUps.none(coverages, tokens, edits);
      lookUps.addAll(lookUp.found());
      new WriteCheck(facts, relations, coverages, lookUp, returned).run();
      WriteBacks writeBacks = new WriteBacks(session, relations, coverages, tokens);
      written.addAll(writeBacks.check(facts));
      readsTexts |= writeBacks.readsTexts();
      Set<TableName> renamed = new HashSet<>();
      Set<TableReference> derived = new HashSet<>();
      Set<TableReference> elsewhere = new HashSet<>();
      for (Map.Entry<TableReference, Relation> entry : relations.entrySet()) {
        Reading reading = read(entry.getKey(), entry.getValue(), facts, lookUp);
        if (reading != Reading.ITSELF) {
          replaced = true;
          elsewhere.add(entry.getKey());
        }
        if (reading == Reading.MASKED) {
          derived.add(entry.getKey());
        }
        if (reading != Reading.ITSELF && entry.getKey().alias() == null) {
          renamed.add(entry.getValue().name());
        }
      }
      WriteCheck.requireNoReturn(facts, derived);
      new GroupedRows(facts, relations, coverages, tokens, edits).add(elsewhere);
      new WholeRows(facts, relations, tokens, edits).cast(queried);
      facts.names().stream()
          .filter(name -> !lookUp.has(name))
          .forEach(name -> shorten(name, renamed));
    }
    new TokenGuard(session, coverages, tokens, statements).check();
    return new Rewritten(
        edits.applied(sql),
        statements,
        uses,
        tables,
        masked,
        replaced,
        secret,
        lookUps,
        written,
        open && coverages.areOpen(),
        readsTexts,
        edits);
  }

  /** In the order of the statement, so that what is found first does not hang on positions. */
  private Map<TableReference, Relation> relations(StatementFacts facts) {
    Map<TableReference, Relation> relations = new LinkedHashMap<>();
    for (TableReference reference : facts.tables()) {
      if (!reference.cte() && reference.role() != TableReference.Role.CREATE) {
        relations.put(reference, session.relation(reference));
      }
    }
    return relations;
  }

  private Reading read(
      TableReference reference, Relation relation, StatementFacts facts, LookUps lookUp) {
    HardenedRead.requireForeign(relation, reference.at());
    Place place = Place.of(tokens, reference);
    if (relation.kind() != RelationKind.SYSTEM) {
      tables.add(relation.name());
    }
    if (relation.kind() == RelationKind.VIEW
        && reference.role() == TableReference.Role.SCAN
        && !session.rights().catalogued(relation.name())) {
      return view(reference, relation, place, facts.kind());
    }
    if (relation.kind() == RelationKind.VIEW && reference.role() == TableReference.Role.TARGET) {
      writeView(reference, relation, place);
      return Reading.ITSELF;
    }
    Coverage coverage = coverages.of(relation, reference.at());
    // a view of the session is read through its query, which is masked whenever it is read
    if (facts.kind() == StatementKind.CREATE_VIEW) {
      qualify(relation, place);
      return Reading.ITSELF;
    }
    if (reference.role() == TableReference.Role.TARGET) {
      return target(reference, coverage, place, facts);
    }
    if (relation.kind() != RelationKind.SYSTEM) {
      use(coverage, facts, reference);
    }
    Optional<String> view = hardened.view(coverage, reference.only(), reference.at());
    if (coverage.isShown() && view.isEmpty()) {
      qualify(relation, place);
      return Reading.ITSELF;
    }
    if (relation.kind() == RelationKind.SYSTEM) {
      requireUnnamed(coverage, facts);
    }
    masked |= !coverage.isShown();
    secret |= coverage.hasSecret();
    if (reference.role() == TableReference.Role.COPY) {
      copy(coverage, place, view.orElseGet(() -> coverage.query(false, "", List.of(), Set.of())));
    } else {
      Set<String> system = new SystemColumns(tokens, facts).readOf(relation, reference);
      derive(
          reference,
          place,
          view.map(name -> sampled(name, place))
              .orElseGet(
                  () ->
                      coverage.query(
                          reference.only(), sample(place), lookUp.conditions(reference), system)));
    }
    return coverage.isShown() ? Reading.OTHER : Reading.MASKED;
  }

  /** COPY cannot write through a view: it needs nothing but the right to insert. */
  private Reading target(
      TableReference reference, Coverage coverage, Place place, StatementFacts facts) {
    boolean copied =
        facts.writes().stream()
            .anyMatch(
                write -> write.target().equals(reference) && write.kind() == StatementKind.COPY_IN);
    Optional<String> view =
        copied ? Optional.empty() : hardened.view(coverage, reference.only(), reference.at());
    boolean filtered = !coverage.filters().isEmpty();
    masked |= filtered;
    ReturnedRow returned = ReturnedRow.of(statements, tokens);
    if (view.isEmpty() && returned.isThere() && !coverage.clearsEveryColumn()) {
      returned.mask(coverage, edits);
      masked = true;
      secret |= coverage.hasSecret();
    }
    if (view.isEmpty()) {
      qualify(coverage.relation(), place);
      if (filtered) {
        new WriteFilter(tokens, edits).add(reference, place, coverage);
      }
      return Reading.ITSELF;
    }
    String alias =
        reference.alias() == null ? " AS " + Identifier.quoted(reference.name()) + " " : " ";
    edits.replace(tokens.start(place.start()), tokens.endBefore(place.end()), view.get() + alias);
    return Reading.OTHER;
  }

  /** The TABLESAMPLE clause of a reference, or an empty text. */
  private String sample(Place place) {
    return place.sampleEnd() > place.aliasEnd()
        ? sql.substring(tokens.start(place.aliasEnd()), tokens.endBefore(place.sampleEnd()))
        : "";
  }

  /** A view, or the part of its rows that a TABLESAMPLE clause asks for. */
  private String sampled(String view, Place place) {
    int method = place.aliasEnd() + 1;
    if (place.sampleEnd() <= place.aliasEnd()) {
      return view;
    }
    int end = tokens.endOfBrackets(method + 1);
    String seed = end < place.sampleEnd() ? inBrackets(end + 1) : "";
    return HardenedRead.sample(view, inBrackets(method + 1), seed);
  }

  private String inBrackets(int open) {
    return sql.substring(
        tokens.get(open).end(), tokens.get(tokens.endOfBrackets(open) - 1).start());
  }

  /** Who asks for what nobody is shown is told so. */
  private static void requireUnnamed(Coverage coverage, StatementFacts facts) {
    for (ColumnName name : facts.names()) {
      String column = name.last();
      if (coverage.relation().has(column) && !coverage.shows(column)) {
        throw new StatementRefused(
            MaskingErrorCode.RELATION_REFUSED,
            "column " + column + " of " + coverage.relation().name(),
            name.at());
      }
    }
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
    if (query.startsWith("(")) {
      queried.add(reference);
    }
    String alias =
        reference.alias() == null ? " AS " + Identifier.quoted(reference.name()) + " " : " ";
    edits.replace(tokens.start(place.start()), tokens.endBefore(place.end()), query + alias);
    if (place.sampleEnd() > place.aliasEnd()) {
      edits.replace(tokens.start(place.aliasEnd()), tokens.endBefore(place.sampleEnd()), "");
    }
  }

  private void copy(Coverage coverage, Place place, String query) {
    int end = place.end();
    String columns = "*";
    if (tokens.is(end, "(")) {
      end = tokens.endOfBrackets(end);
      columns = inBrackets(place.end());
    }
    edits.replace(
        tokens.start(place.start()),
        tokens.endBefore(end),
        "(SELECT "
            + columns
            + " FROM "
            + query
            + " AS "
            + Identifier.quoted(coverage.relation().name().name())
            + ") ");
  }

  /** The query of a view as the person may see it. */
  private Rewritten query(TableReference reference, Relation view) {
    try {
      Rewritten query = session.rewrite(Session.query(view), depth + 1);
      uses.addAll(query.uses());
      tables.addAll(query.tables());
      open &= query.open();
      return query;
    } catch (StatementRefused refused) {
      throw new StatementRefused(
          refused.code(), refused.detail() + ", in view " + view.name(), reference.at());
    }
  }

  /** Writes through a view where the person sees all that it reads as it is, and by no grant. */
  private void writeView(TableReference reference, Relation view, Place place) {
    Rewritten query = query(reference, view);
    boolean hides =
        query.masked()
            || query.replaced()
            || query.uses().stream().anyMatch(use -> !(use.treatment() instanceof Treatment.Plain))
            || session.rights().catalogued(view.name())
                && !coverages.of(view, reference.at()).isOpen();
    if (hides) {
      throw new StatementRefused(
          MaskingErrorCode.WRITE_REFUSED,
          "what is written is a view of masked columns: " + view.name(),
          reference.at());
    }
    qualify(view, place);
  }

  /** Reads a view through its query, where anything stands in the place of what it reads. */
  private Reading view(TableReference reference, Relation view, Place place, StatementKind kind) {
    Rewritten query = query(reference, view);
    if (!query.replaced() || kind == StatementKind.CREATE_VIEW) {
      qualify(view, place);
      return Reading.ITSELF;
    }
    if (reference.only() || place.sampleEnd() > place.aliasEnd()) {
      throw new StatementRefused(
          MaskingErrorCode.CONSTRUCT_REFUSED, "ONLY or TABLESAMPLE of a view", reference.at());
    }
    masked |= query.masked();
    secret |= query.secret();
    derive(reference, place, "(" + query.sql() + ")");
    return query.masked() ? Reading.MASKED : Reading.OTHER;
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

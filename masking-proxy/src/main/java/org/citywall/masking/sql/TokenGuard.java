// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;

/**
 * The first guard behind the analyser: every word that is the name of a protected relation has to
 * stand where the analyser saw a table, a column, a function or a label. A table reference that an
 * analyser misses is found here.
 */
final class TokenGuard {

  /** They name cursors and prepared statements alone. */
  private static final Set<StatementKind> WITHOUT_TABLES =
      Set.of(
          StatementKind.CLOSE,
          StatementKind.DEALLOCATE,
          StatementKind.FETCH,
          StatementKind.SET,
          StatementKind.SHOW,
          StatementKind.TRANSACTION);

  private final Session session;
  private final Coverages coverages;
  private final Tokens tokens;
  private final List<StatementFacts> statements;
  private final BitSet accounted = new BitSet();
  private final BitSet tables = new BitSet();

  TokenGuard(Session session, Coverages coverages, Tokens tokens, List<StatementFacts> statements) {
    this.session = session;
    this.coverages = coverages;
    this.tokens = tokens;
    this.statements = statements;
  }

  void check() {
    if (!statements.isEmpty()
        && statements.stream().allMatch(facts -> WITHOUT_TABLES.contains(facts.kind()))) {
      return;
    }
    statements.forEach(this::account);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean known = tables.get(i) || !mustBeTable(i) && (accounted.get(i) || isLabel(i));
      if (token.isName() && !known && namesProtected(token)) {
        throw new StatementRefused(MaskingErrorCode.NAME_UNACCOUNTED, token.text(), token.start());
      }
    }
  }

  private void account(StatementFacts facts) {
    for (TableReference reference : facts.tables()) {
      Place place = Place.of(tokens, reference);
      accounted.set(place.start(), place.sampleEnd());
      tables.set(place.start(), place.end());
    }
    facts.names().stream().filter(name -> name.at() >= 0).map(ColumnName::at).forEach(this::name);
    facts.functions().stream().map(FunctionUse::at).forEach(this::name);
    facts.labels().stream().filter(at -> at >= 0).forEach(this::name);
  }

  private void name(int position) {
    int index = tokens.indexAt(position);
    accounted.set(index, Math.max(index + 1, tokens.endOfName(index)));
  }

  /** Whether a table stands here, or a word that is as rare: {@code substring(x FROM person)}. */
  private boolean mustBeTable(int index) {
    return tokens.isWord(index - 1, "from")
        || tokens.isWord(index - 1, "join")
        || tokens.isWord(index - 1, "only")
        || tokens.isWord(index - 1, "table");
  }

  /** Whether the grammar lets only a new name, or a field of a row, stand here. */
  private boolean isLabel(int index) {
    boolean named = tokens.isWord(index - 1, "as");
    boolean field =
        tokens.is(index - 1, ".") && (tokens.is(index - 2, ")") || tokens.is(index - 2, "]"));
    return named || field || isExpressionName(index);
  }

  /** {@code WITH name AS (} and {@code WITH name (columns) AS (}. */
  private boolean isExpressionName(int index) {
    int next = index + 1;
    if (tokens.is(next, "(")) {
      next = tokens.endOfBrackets(next);
    }
    return tokens.isWord(next, "as")
        && (tokens.is(next + 1, "(")
            || tokens.isWord(next + 1, "materialized")
            || tokens.isWord(next + 1, "not"));
  }

  private boolean namesProtected(Token token) {
    for (TableName name : session.schema().named(token.text())) {
      Optional<Relation> relation = session.relation(name);
      if (relation.isPresent() && isProtected(relation.get(), token)) {
        return true;
      }
    }
    return false;
  }

  private boolean isProtected(Relation relation, Token token) {
    try {
      return switch (relation.kind()) {
        case SYSTEM, SEQUENCE -> false;
        case TABLE, PARTITIONED, FOREIGN, TEMP, MATVIEW ->
            !coverages.of(relation, token.start()).isOpen();
        case VIEW ->
            session.rights().catalogued(relation.name())
                ? !coverages.of(relation, token.start()).isOpen()
                : session.rewrite(Session.query(relation), 1).masked();
      };
    } catch (StatementRefused refused) {
      // what cannot be read through the proxy is protected
      return true;
    }
  }
}

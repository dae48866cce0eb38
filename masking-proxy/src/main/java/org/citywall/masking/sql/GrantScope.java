// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/**
 * Keeps what a grant shows to what can be counted: nothing of it is written anywhere, where it
 * would outlive the grant, and where rows are counted each of them shows one row of one table.
 */
final class GrantScope {

  /** What is shown when it runs, and not later by another statement. */
  private static final Set<StatementKind> SHOWN_AT_ONCE =
      EnumSet.of(StatementKind.SELECT, StatementKind.COPY_OUT, StatementKind.EXPLAIN);

  private GrantScope() {}

  /**
   * Looks at a text of statements.
   *
   * @param sql as the client sent it
   * @throws StatementRefused {@code GRANT_SCOPE}
   */
  static void check(Rewritten rewritten, String sql) {
    List<Grant> grants =
        rewritten.uses().stream()
            .map(ColumnUse::treatment)
            .filter(Treatment.Granted.class::isInstance)
            .flatMap(treatment -> ((Treatment.Granted) treatment).grants().stream())
            .distinct()
            .toList();
    if (grants.isEmpty()) {
      return;
    }
    List<StatementFacts> statements = rewritten.facts();
    for (StatementFacts facts : statements) {
      if (!facts.writes().isEmpty()
          || facts.kind() == StatementKind.CREATE_TABLE_AS
          || facts.inner() == StatementKind.CREATE_TABLE_AS) {
        throw refused("a write of what a grant shows");
      }
    }
    if (grants.stream().noneMatch(Grant::isLimited)) {
      return;
    }
    if (statements.size() != 1 || !SHOWN_AT_ONCE.contains(statements.getFirst().kind())) {
      throw refused("a limited grant is for one SELECT or COPY at a time");
    }
    if (grants.stream().anyMatch(grant -> grant.rows() != null)) {
      requireRowForRow(rewritten, sql);
    }
  }

  private static void requireRowForRow(Rewritten rewritten, String sql) {
    StatementFacts facts = rewritten.facts().getFirst();
    long queries = Lexer.tokens(sql).stream().filter(GrantScope::beginsQuery).count();
    if (facts.tables().size() != 1 || rewritten.tables().size() != 1 || queries > 1) {
      throw refused(
          "a grant whose rows are counted is for one table in a statement, no view, and no"
              + " sub-query");
    }
    for (FunctionUse function : facts.functions()) {
      if (AllowList.COLLECTING.has(function.name())) {
        throw refused(function.name() + " puts several rows into one, whose rows a grant counts");
      }
    }
  }

  private static boolean beginsQuery(Token token) {
    return token.isWord("select") || token.isWord("table") || token.isWord("values");
  }

  private static StatementRefused refused(String what) {
    return new StatementRefused(MaskingErrorCode.GRANT_SCOPE, what, -1);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;

/**
 * Lets functions of the allow-list pass and sees to it that theirs are the ones that are called:
 * {@code f(x)} and {@code (x).f} are two ways to write both a call and a column.
 */
final class FunctionCheck {

  private static final String CATALOG = "pg_catalog";

  /** Changes a setting as SET does, and is judged as SET is. */
  private static final String SET_CONFIG = "set_config";

  /** Of three queries it computes; of a query and a text it runs the text as a statement. */
  private static final String TS_REWRITE = "ts_rewrite";

  private final SchemaView schema;
  private final StatementFacts facts;
  private final Map<TableReference, Relation> relations;
  private final Tokens tokens;
  private final String sql;
  private final Edits edits;
  private final Predicate<String> harmless;

  /**
   * @param harmless whether every function of a name may be called, whatever its schema
   */
  FunctionCheck(
      SchemaView schema,
      Predicate<String> harmless,
      StatementFacts facts,
      Map<TableReference, Relation> relations,
      Tokens tokens,
      String sql,
      Edits edits) {
    this.schema = schema;
    this.harmless = harmless;
    this.facts = facts;
    this.relations = relations;
    this.tokens = tokens;
    this.sql = sql;
    this.edits = edits;
  }

  /** Lets none but the server's own functions pass. */
  static Predicate<String> serversOwn(SchemaView schema) {
    return name ->
        AllowList.FUNCTIONS.has(name)
            && schema.schemasOfFunction(name).stream().allMatch(CATALOG::equals);
  }

  void run() {
    facts.functions().forEach(this::call);
    facts.names().forEach(this::qualified);
    tokens.all().forEach(this::operator);
    for (String field : facts.selected()) {
      if (isUnknownFunction(field) && !areColumns(field)) {
        throw refused(field, -1);
      }
    }
  }

  /** Whether every row that the statement may select the field of has it as a column. */
  private boolean areColumns(String field) {
    return !relations.isEmpty()
        && relations.values().stream().allMatch(relation -> relation.has(field));
  }

  /** An operator that somebody made calls what they like, and is judged as that function is. */
  private void operator(Token token) {
    for (String called : CalledOperators.of(token)) {
      if (isUnknownFunction(called)) {
        throw refused(called, token.start());
      }
    }
  }

  private void call(FunctionUse function) {
    String name = function.name();
    if (function.schema() != null) {
      String full = function.schema().equals(CATALOG) ? name : function.schema() + "." + name;
      if (!isListed(full, function)
          && (function.schema().equals(CATALOG) || !harmless.test(name))) {
        throw refused(full, function.at());
      }
    } else if (isListed(name, function)) {
      if (!schema.schemasOfFunction(name).stream().allMatch(CATALOG::equals)
          && !harmless.test(name)) {
        int at = tokens.start(tokens.indexAt(function.at()));
        edits.replace(at, at, CATALOG + ".");
      }
    } else if (isColumn(function)) {
      select(function);
    } else if (!isOwn(name)) {
      throw refused(name, function.at());
    }
  }

  private boolean isListed(String name, FunctionUse function) {
    return switch (name) {
      case SET_CONFIG -> sets(function);
      case TS_REWRITE -> tokens.commasIn(tokens.endOfName(tokens.indexAt(function.at()))) == 2;
      default -> AllowList.FUNCTIONS.has(name);
    };
  }

  /** Whether a call of set_config sets by constants what SET may, and not what names mean. */
  private boolean sets(FunctionUse function) {
    int open = tokens.endOfName(tokens.indexAt(function.at()));
    boolean constant =
        tokens.is(open, "(")
            && tokens.is(open + 2, ",")
            && tokens.is(open + 4, ",")
            && (tokens.isWord(open + 5, "true") || tokens.isWord(open + 5, "false"))
            && tokens.is(open + 6, ")");
    return constant
        && plainText(open + 1).filter(setting -> !setting.equals("search_path")).isPresent()
        && plainText(open + 3)
            .filter(value -> AllowList.SETTINGS.has(plainText(open + 1).orElseThrow(), value))
            .isPresent();
  }

  /** A text without quotes or escapes in it, in lower case. */
  private Optional<String> plainText(int index) {
    String written = sql.substring(tokens.get(index).start(), tokens.get(index).end());
    return written.matches("'[^'\\\\]*'")
        ? Optional.of(written.substring(1, written.length() - 1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Whether {@code f(x)} is a column of the row {@code x}. */
  private boolean isColumn(FunctionUse function) {
    List<String> row = function.soleArgument();
    return !row.isEmpty() && allHave(row.getLast(), function.name());
  }

  private void select(FunctionUse function) {
    int name = tokens.indexAt(function.at());
    int end = tokens.endOfBrackets(name + 1);
    String row = sql.substring(tokens.get(name + 1).end(), tokens.get(end - 1).start());
    edits.replace(
        tokens.start(name),
        tokens.endBefore(end),
        "(" + row + ")." + Identifier.quoted(function.name()));
  }

  /** {@code x.f} calls a function where the row {@code x} has no such column. */
  private void qualified(ColumnName name) {
    if (name.parts().size() < 2 || name.star() || !isUnknownFunction(name.last())) {
      return;
    }
    if (!allHave(name.parts().get(name.parts().size() - 2), name.last())) {
      throw refused(name.last(), name.at());
    }
  }

  /** Whether there are relations of this visible name and all of them have the column. */
  private boolean allHave(String visibleName, String column) {
    List<Relation> rows =
        relations.entrySet().stream()
            .filter(entry -> entry.getKey().visibleName().equals(visibleName))
            .map(Map.Entry::getValue)
            .toList();
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.has(column));
  }

  private boolean isUnknownFunction(String name) {
    return !schema.schemasOfFunction(name).isEmpty() && !harmless.test(name);
  }

  /** Whether the database has functions of this name, and none of them shows anything. */
  private boolean isOwn(String name) {
    return !schema.schemasOfFunction(name).isEmpty() && harmless.test(name);
  }

  private static StatementRefused refused(String function, int at) {
    return new StatementRefused(MaskingErrorCode.FUNCTION_REFUSED, function, at);
  }
}

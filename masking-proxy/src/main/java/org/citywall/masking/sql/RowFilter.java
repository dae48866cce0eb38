// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;

/**
 * A condition that rows of a table have to meet, which reads its columns and calls functions of the
 * allow-list, and nothing else.
 *
 * @param text with {@link #OF_TABLE} before each column
 * @param columns that it reads
 */
record RowFilter(String text, Set<String> columns) {

  /** No character of a statement. */
  private static final String OF_TABLE = "\0";

  /** What could begin a query of its own. */
  private static final Set<String> QUERIES = Set.of("select", "values", "table", "with");

  RowFilter {
    columns = Set.copyOf(columns);
  }

  /** A condition of the project's own on one column, which stands at {@code %s}. */
  static RowFilter of(String condition, String column) {
    return new RowFilter(
        condition.replace("%s", OF_TABLE + Identifier.quoted(column)), Set.of(column));
  }

  /**
   * Reads a condition.
   *
   * @throws StatementRefused {@code ROW_FILTER_INVALID} for anything but such a condition
   */
  static RowFilter read(
      StatementAnalyser analyser, SchemaView schema, String condition, Relation relation) {
    String before = "SELECT 1 FROM " + Identifier.quoted(relation.name()) + " WHERE (";
    String sql = before + flat(condition) + ")";
    List<Token> read = analyser.limits().read(sql);
    List<StatementFacts> facts = analyser.analyse(sql);
    if (facts.size() != 1 || !readsOneTable(facts.getFirst())) {
      throw refused("a condition over columns of the table alone");
    }
    Tokens tokens = new Tokens(read);
    Edits edits = new Edits();
    TableReference reference = facts.getFirst().tables().getFirst();
    new FunctionCheck(
            schema,
            FunctionCheck.serversOwn(schema),
            facts.getFirst(),
            Map.of(reference, relation),
            tokens,
            sql,
            edits)
        .run();
    Set<String> columns = new HashSet<>();
    for (ColumnName name : facts.getFirst().names()) {
      if (name.star() || name.parts().size() != 1 || !relation.has(name.last())) {
        throw refused("no column of the table: " + String.join(".", name.parts()));
      }
      columns.add(name.last());
      edits.replace(name.at(), name.at(), OF_TABLE);
    }
    String applied = edits.applied(sql);
    return new RowFilter(applied.substring(before.length(), applied.length() - 1), columns);
  }

  private static boolean readsOneTable(StatementFacts facts) {
    return facts.kind() == StatementKind.SELECT
        && facts.tables().size() == 1
        && facts.writes().isEmpty()
        && facts.selected().isEmpty();
  }

  /** The tokens in one line without comments, which cannot end the brackets around them. */
  private static String flat(String condition) {
    StringBuilder flat = new StringBuilder();
    int open = 0;
    for (Token token : Lexer.tokens(condition)) {
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      boolean query = token.kind() == Token.Kind.WORD && QUERIES.contains(token.text());
      if (open < 0 || token.is(";") || token.kind() == Token.Kind.PARAMETER || query) {
        throw refused("'" + token.text() + "' stands in no condition");
      }
      flat.append(flat.isEmpty() ? "" : " ").append(condition, token.start(), token.end());
    }
    if (open != 0 || flat.isEmpty()) {
      throw refused("brackets that do not match, or nothing");
    }
    return flat.toString();
  }

  private static StatementRefused refused(String what) {
    return new StatementRefused(MaskingErrorCode.ROW_FILTER_INVALID, what, -1);
  }

  /** The condition where the table is called by its own name, or by none. */
  String sql() {
    return text.replace(OF_TABLE, "");
  }

  /** The condition where the table is called by this name. */
  String sql(String visibleName) {
    return text.replace(OF_TABLE, Identifier.quoted(visibleName) + ".");
  }
}

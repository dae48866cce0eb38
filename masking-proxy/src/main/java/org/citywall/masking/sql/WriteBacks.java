// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.MaskedForm;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.Assignment;
import org.citywall.masking.sql.facts.OutputColumn;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;
import org.citywall.masking.sql.facts.Write;

/**
 * Refuses what a mask left of a value where it is written back into the column: {@code 139****5678}
 * in the place of a telephone number would destroy it. What is written otherwise than as a constant
 * or a parameter is not known here.
 */
final class WriteBacks {

  /** Digits of the number of a parameter. */
  private static final int MOST_DIGITS = 5;

  /** Nothing of the rows is looked at. */
  private static final CopyFormat UNKNOWN_FORMAT =
      new CopyFormat(CopyFormat.Kind.TEXT, '\0', '\0', '\0', "", false);

  private static final Set<String> TEXTS =
      Set.of("text", "varchar", "char", "character", "bpchar", "citext");

  private final Session session;
  private final Map<TableReference, Relation> relations;
  private final Coverages coverages;
  private final Tokens tokens;
  private final List<WrittenText> found = new ArrayList<>();
  private boolean readsTexts;

  WriteBacks(
      Session session,
      Map<TableReference, Relation> relations,
      Coverages coverages,
      Tokens tokens) {
    this.session = session;
    this.relations = relations;
    this.coverages = coverages;
    this.tokens = tokens;
  }

  /** Checks what the statement writes; gives what can be checked only when it runs. */
  List<WrittenText> check(StatementFacts facts) {
    facts.writes().forEach(this::check);
    return found;
  }

  /** Whether the verdict may be another one for other constants. */
  boolean readsTexts() {
    return readsTexts;
  }

  private void check(Write write) {
    Relation target = relations.get(write.target());
    if (target == null) {
      return;
    }
    // a statement may write thousands of rows
    Map<RelationColumn, Optional<WrittenColumn>> known = new HashMap<>();
    for (Assignment assignment : write.assignments()) {
      column(assignment, target)
          .flatMap(column -> known.computeIfAbsent(column, one -> written(target, one)))
          .ifPresent(column -> check(column, tokens.indexAt(assignment.at())));
    }
    if (write.kind() == StatementKind.COPY_IN) {
      copied(write, target);
    }
  }

  private void copied(Write write, Relation target) {
    Map<Integer, WrittenColumn> columns = new HashMap<>();
    List<String> names =
        write.everyColumn()
            ? target.columns().stream().map(RelationColumn::name).toList()
            : write.columns();
    for (int i = 0; i < names.size(); i++) {
      int place = i;
      column(target, names.get(i))
          .flatMap(column -> written(target, column))
          .ifPresent(column -> columns.put(place, column));
    }
    CopyFormat format =
        CopyOptions.at(tokens, tokens.indexAt(write.target().at())).orElse(UNKNOWN_FORMAT);
    found.add(new WrittenText.Copied(format, format.equals(UNKNOWN_FORMAT) ? Map.of() : columns));
  }

  private static Optional<RelationColumn> column(Assignment assignment, Relation target) {
    if (assignment.place() < 0) {
      return column(target, assignment.column());
    }
    return assignment.place() < target.columns().size()
        ? Optional.of(target.columns().get(assignment.place()))
        : Optional.empty();
  }

  private static Optional<RelationColumn> column(Relation relation, String name) {
    return relation.columns().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private void check(WrittenColumn column, int index) {
    Token token = tokens.get(index);
    readsTexts = true;
    if (token.kind() == Token.Kind.PARAMETER && isText(index)) {
      String number = token.text().substring(1);
      if (number.length() <= MOST_DIGITS) {
        found.add(new WrittenText.Parameter(column, Integer.parseInt(number)));
      }
    } else if (token.kind() == Token.Kind.STRING
        && Literal.at(tokens, index).filter(column::isMasked).isPresent()) {
      throw new StatementRefused(
          MaskingErrorCode.MASKED_TEXT_WRITTEN, column.toString(), token.start());
    }
  }

  /** Whether a parameter has no cast, or one to a text. */
  private boolean isText(int index) {
    boolean cast = tokens.is(index + 1, "::") || tokens.isWord(index + 1, "as");
    return !cast || tokens.isName(index + 2) && TEXTS.contains(tokens.get(index + 2).text());
  }

  /** The column as others see it; empty where no mask of it leaves a text. */
  private Optional<WrittenColumn> written(Relation target, RelationColumn column) {
    if (column.type().kind() != ColumnType.Kind.TEXT) {
      return Optional.empty();
    }
    List<MaskedForm> forms = forms(target, column.name(), new HashSet<>());
    return forms.isEmpty()
        ? Optional.empty()
        : Optional.of(new WrittenColumn(target.name(), column.name(), forms));
  }

  private List<MaskedForm> forms(Relation relation, String column, Set<TableName> seen) {
    List<MaskedForm> forms = new ArrayList<>();
    for (TableName member : coverages.family(relation)) {
      session.rights().maskedForm(member, column).ifPresent(forms::add);
    }
    boolean through =
        relation.kind() == RelationKind.VIEW
            && !coverages.catalogued(relation.name())
            && seen.add(relation.name());
    if (through) {
      forms.addAll(formsThrough(relation, column, seen));
    }
    return forms.stream().distinct().toList();
  }

  /** Forms of the columns that a column of a view may be. */
  private List<MaskedForm> formsThrough(Relation view, String column, Set<TableName> seen) {
    StatementFacts query = session.definition(view);
    List<OutputColumn> outputs = query.outputs();
    int place = view.columns().indexOf(column(view, column).orElse(null));
    List<MaskedForm> forms = new ArrayList<>();
    if (place < 0 || place >= outputs.size() || outputs.get(place).source().isEmpty()) {
      return forms;
    }
    String source = outputs.get(place).source().getLast();
    for (TableReference table : query.tables()) {
      if (!table.cte()) {
        forms.addAll(forms(session.relation(table), source, seen));
      }
    }
    return forms;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.OutputColumn;
import org.citywall.masking.sql.facts.Scope;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.TableReference.Role;
import org.citywall.masking.sql.facts.Token;
import org.citywall.masking.sql.facts.Write;

/** Reads one statement; what it does not know is refused. */
final class StatementTree {

  private static final Set<String> DATA = Set.of("select", "insert", "update", "delete");

  private final Names names;
  private final FactsBuilder facts = new FactsBuilder();
  private final QueryTree tree;

  StatementTree(Names names) {
    this.names = names;
    tree = new QueryTree(names, facts);
  }

  StatementFacts read(ParserRuleContext execute) {
    ParserRuleContext node = (ParserRuleContext) execute.getChild(0);
    String rule = Names.rule(node);
    return switch (rule) {
      case "select", "insert", "update", "delete" -> {
        StatementKind kind = data(node);
        yield facts.facts(kind, kind);
      }
      case "copy" -> copy(node.getChild(0));
      case "explain" -> facts.facts(StatementKind.EXPLAIN, inner(node, "explainableStmt"));
      case "prepare" -> {
        Names.child(node, "prepTypeClause").ifPresent(types -> tree.children(types, Scope.TOP));
        yield facts.facts(StatementKind.PREPARE, inner(node, "preparableStmt"));
      }
      case "executeStmt" -> {
        Names.child(node, "executeParamClause")
            .ifPresent(values -> tree.children(values, Scope.TOP));
        yield plain(StatementKind.EXECUTE);
      }
      case "declare" -> facts.facts(StatementKind.DECLARE, data(Names.required(node, "select")));
      case "createView" -> createView(node);
      case "deallocate" -> plain(StatementKind.DEALLOCATE);
      case "fetch", "move" -> plain(StatementKind.FETCH);
      case "close", "unlisten" -> plain(StatementKind.CLOSE);
      case "discard" -> plain(StatementKind.DISCARD);
      case "beginTransaction",
          "startTransaction",
          "commit",
          "end",
          "abort",
          "rollback",
          "savepoint",
          "releaseSavepoint",
          "rollbackToSavepoint" ->
          plain(StatementKind.TRANSACTION);
      default -> throw refusedKind(rule);
    };
  }

  private StatementFacts plain(StatementKind kind) {
    return facts.facts(kind, kind);
  }

  private StatementKind inner(ParseTree node, String rule) {
    return data((ParserRuleContext) Names.required(node, rule).getChild(0));
  }

  private StatementKind data(ParserRuleContext node) {
    if (!DATA.contains(Names.rule(node))) {
      throw refusedKind(Names.rule(node));
    }
    if (Names.rule(node).equals("select")) {
      tree.read(node, Scope.TOP);
      outputs(node);
      return StatementKind.SELECT;
    }
    return new WriteTree(names, tree, facts).read(node, Scope.TOP);
  }

  private StatementFacts createView(ParserRuleContext node) {
    if (!Names.hasToken(node, "temp") && !Names.hasToken(node, "temporary")) {
      throw refusedKind("CREATE VIEW");
    }
    tree.table(Names.required(node, "qualifiedName"), Role.CREATE, Scope.TOP, Optional.empty());
    return facts.facts(StatementKind.CREATE_VIEW, data(Names.required(node, "select")));
  }

  private StatementFacts copy(ParseTree node) {
    Optional<ParserRuleContext> query = Names.child(node, "preparableStmt");
    if (query.isPresent()) {
      requireStream(node, "stdout");
      return facts.facts(StatementKind.COPY_OUT, data((ParserRuleContext) query.get().getChild(0)));
    }
    ParserRuleContext name = Names.required(node, "qualifiedName");
    if (Names.hasToken(node, "to")) {
      requireStream(node, "stdout");
      tree.table(name, Role.COPY, Scope.TOP, Optional.empty());
      return plain(StatementKind.COPY_OUT);
    }
    requireStream(node, "stdin");
    TableReference target = tree.table(name, Role.TARGET, Scope.TOP, Optional.empty());
    List<String> columns =
        Names.child(node, "columnNames").map(names::all).orElse(List.of()).stream()
            .map(Token::text)
            .toList();
    FactsBuilder.Names within = facts.begin();
    Names.child(node, "whereClause").ifPresent(where -> tree.read(where, Scope.TOP));
    facts.end();
    facts.add(
        new Write(
            StatementKind.COPY_IN,
            target,
            columns,
            columns.isEmpty(),
            false,
            List.of(),
            within.names(),
            within.selected(),
            List.of()));
    return plain(StatementKind.COPY_IN);
  }

  private static void requireStream(ParseTree node, String stream) {
    if (!Names.hasToken(node, stream) || Names.hasToken(node, "program")) {
      throw refusedKind("COPY with a file or program");
    }
  }

  private void outputs(ParseTree query) {
    ParseTree node = query;
    while (node.getChildCount() == 1 && !Names.rule(node).equals("simpleSelect")) {
      node = node.getChild(0);
    }
    Optional<ParserRuleContext> list = Names.child(node, "targetList");
    boolean plain =
        Names.child(node, "fromClause").map(from -> from.getText().indexOf('(') < 0).orElse(true)
            && Names.child(node, "fromClause").map(StatementTree::hasNoJoin).orElse(true);
    if (Names.rule(node).equals("simpleSelect") && list.isPresent() && plain) {
      List<OutputColumn> outputs = new ArrayList<>();
      if (targets(list.get(), outputs)) {
        facts.outputs(outputs);
      }
    }
  }

  private static boolean hasNoJoin(ParseTree node) {
    if (Names.rule(node).equals("joinedTable")) {
      return false;
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      if (!hasNoJoin(node.getChild(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether each target is one column of the result. */
  private boolean targets(ParseTree list, List<OutputColumn> outputs) {
    for (int i = 0; i < list.getChildCount(); i++) {
      ParseTree child = list.getChild(i);
      if (Names.rule(child).equals("targetList")) {
        if (!targets(child, outputs)) {
          return false;
        }
      } else if (Names.rule(child).equals("targetEl")) {
        Optional<ParserRuleContext> expression = Names.child(child, "aExpr");
        if (expression.isEmpty()) {
          return false;
        }
        outputs.add(new OutputColumn(source(expression.get())));
      }
    }
    return true;
  }

  private List<String> source(ParseTree expression) {
    ParseTree node = expression;
    while (node.getChildCount() == 1 && !Names.rule(node).equals("columnref")) {
      node = node.getChild(0);
    }
    return Names.rule(node).equals("columnref") && !node.getText().matches(".*[\\[*].*")
        ? names.all(node).stream().map(Token::text).toList()
        : List.of();
  }

  private static StatementRefused refusedKind(String kind) {
    return new StatementRefused(MaskingErrorCode.STATEMENT_KIND_REFUSED, kind, 0);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.OutputColumn;
import org.citywall.masking.sql.facts.Scope;
import org.citywall.masking.sql.facts.Setting;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.TableReference.Role;
import org.citywall.masking.sql.facts.Write;
import tools.jackson.databind.JsonNode;

/** Reads one statement; what it does not know is refused. */
final class StatementReader {

  private static final Set<String> TRANSACTIONS =
      Set.of(
          "TRANS_STMT_BEGIN",
          "TRANS_STMT_START",
          "TRANS_STMT_COMMIT",
          "TRANS_STMT_ROLLBACK",
          "TRANS_STMT_SAVEPOINT",
          "TRANS_STMT_RELEASE",
          "TRANS_STMT_ROLLBACK_TO");

  private final FactsBuilder collected = new FactsBuilder();
  private final TreeReader tree;

  StatementReader(Positions positions) {
    tree = new TreeReader(positions, collected);
  }

  StatementFacts read(JsonNode statement) {
    String kind = TreeReader.kind(statement);
    JsonNode node = statement.path(kind);
    return switch (kind) {
      case "CopyStmt" -> copy(node);
      case "ExplainStmt" -> collected.facts(StatementKind.EXPLAIN, data(node.path("query")));
      case "PrepareStmt" -> prepare(node);
      case "ExecuteStmt" -> execute(node);
      case "DeclareCursorStmt" -> collected.facts(StatementKind.DECLARE, data(node.path("query")));
      case "DeallocateStmt" -> plain(StatementKind.DEALLOCATE);
      case "FetchStmt" -> plain(StatementKind.FETCH);
      case "ClosePortalStmt", "UnlistenStmt" -> plain(StatementKind.CLOSE);
      case "DiscardStmt" -> plain(StatementKind.DISCARD);
      case "VariableSetStmt" -> set(node);
      case "VariableShowStmt" -> show(node);
      case "CreateTableAsStmt" -> createTable(node);
      case "ViewStmt" -> createView(node);
      case "ConstraintsSetStmt" -> plain(StatementKind.TRANSACTION);
      case "TransactionStmt" -> transaction(node);
      default -> {
        if (statement.path("SelectStmt").has("intoClause")) {
          create(statement.path("SelectStmt").path("intoClause").path("rel"));
          yield collected.facts(StatementKind.CREATE_TABLE_AS, data(statement));
        }
        StatementKind data = data(statement);
        yield collected.facts(data, data);
      }
    };
  }

  private StatementFacts plain(StatementKind kind) {
    return collected.facts(kind, kind);
  }

  /** Reads a statement that yields or writes rows. */
  private StatementKind data(JsonNode statement) {
    JsonNode query = statement.path("SelectStmt");
    if (query.isObject()) {
      tree.topQuery(query);
      outputs(query);
      return StatementKind.SELECT;
    }
    return new WriteReader(tree, collected).read(statement, Scope.TOP);
  }

  private void outputs(JsonNode query) {
    boolean plain =
        TreeReader.text(query.path("op")).equals("SETOP_NONE")
            && !query.has("withClause")
            && namesTablesOnly(query.path("fromClause"));
    List<OutputColumn> outputs = new ArrayList<>();
    for (JsonNode target : query.path("targetList")) {
      JsonNode fields = target.path("ResTarget").path("val").path("ColumnRef").path("fields");
      List<String> source = TreeReader.texts(fields);
      if (!plain || fields.size() != source.size()) {
        return;
      }
      outputs.add(new OutputColumn(source));
    }
    collected.outputs(outputs);
  }

  private static boolean namesTablesOnly(JsonNode from) {
    for (JsonNode item : from) {
      if (!item.has("RangeVar")) {
        return false;
      }
    }
    return true;
  }

  private StatementFacts copy(JsonNode node) {
    if (node.has("filename") || node.path("is_program").asBoolean()) {
      throw TreeReader.refusedKind("COPY with a file or program");
    }
    if (node.has("query")) {
      return collected.facts(StatementKind.COPY_OUT, data(node.path("query")));
    }
    List<String> columns = TreeReader.texts(node.path("attlist"));
    if (!node.path("is_from").asBoolean()) {
      tree.table(node.path("relation"), Role.COPY, Scope.TOP);
      return plain(StatementKind.COPY_OUT);
    }
    TableReference target = tree.table(node.path("relation"), Role.TARGET, Scope.TOP);
    FactsBuilder.Names within = collected.begin();
    tree.read(node.path("whereClause"), Scope.TOP);
    collected.end();
    collected.add(
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

  private StatementFacts createTable(JsonNode node) {
    if (!TreeReader.text(node.path("objtype")).equals("OBJECT_TABLE")) {
      throw TreeReader.refusedKind("CREATE MATERIALIZED VIEW");
    }
    create(node.path("into").path("rel"));
    return collected.facts(StatementKind.CREATE_TABLE_AS, data(node.path("query")));
  }

  /** A view of the session's own; one for others is its owner's to make. */
  private StatementFacts createView(JsonNode node) {
    if (!TreeReader.text(node.path("view").path("relpersistence")).equals("t")) {
      throw TreeReader.refusedKind("CREATE VIEW");
    }
    create(node.path("view"));
    return collected.facts(StatementKind.CREATE_VIEW, data(node.path("query")));
  }

  private void create(JsonNode relation) {
    tree.table(relation, Role.CREATE, Scope.TOP);
  }

  private StatementFacts prepare(JsonNode node) {
    tree.read(node.path("argtypes"), Scope.TOP);
    return collected.facts(StatementKind.PREPARE, data(node.path("query")));
  }

  private StatementFacts execute(JsonNode node) {
    tree.read(node.path("params"), Scope.TOP);
    return plain(StatementKind.EXECUTE);
  }

  private StatementFacts set(JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode argument : node.path("args")) {
      values.add(constant(argument));
    }
    String name = TreeReader.text(node.path("name")).toLowerCase(Locale.ROOT);
    if (name.equals("transaction snapshot")) {
      throw TreeReader.refusedKind("SET TRANSACTION SNAPSHOT");
    }
    collected.add(new Setting(name, values));
    return plain(StatementKind.SET);
  }

  private static String constant(JsonNode argument) {
    JsonNode constant = argument.path("A_Const");
    if (constant.has("sval")) {
      return TreeReader.text(constant.path("sval").path("sval"));
    }
    if (constant.has("ival")) {
      return String.valueOf(constant.path("ival").path("ival").asInt(0));
    }
    return constant.has("fval") ? TreeReader.text(constant.path("fval").path("fval")) : "";
  }

  private StatementFacts show(JsonNode node) {
    String name = TreeReader.text(node.path("name")).toLowerCase(Locale.ROOT);
    collected.add(new Setting(name, List.of()));
    return plain(StatementKind.SHOW);
  }

  private StatementFacts transaction(JsonNode node) {
    String kind = TreeReader.text(node.path("kind"));
    if (!TRANSACTIONS.contains(kind)) {
      throw new StatementRefused(MaskingErrorCode.STATEMENT_KIND_REFUSED, kind, 0);
    }
    return plain(StatementKind.TRANSACTION);
  }
}

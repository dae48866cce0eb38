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
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/** Tables by hand; the search path is {@code public}. */
final class FakeSchema implements SchemaView {

  private final Map<TableName, Relation> relations = new HashMap<>();
  private final Set<String> operators = new HashSet<>();
  private int version;

  /** Adds or changes a table; a column is its name and its type. */
  FakeSchema table(String table, String... columns) {
    return add(RelationKind.TABLE, table, null, columns);
  }

  /** Adds or changes a view. */
  FakeSchema view(String view, String definition, String... columns) {
    return add(RelationKind.VIEW, view, definition, columns);
  }

  /** Gives a table a primary key. */
  FakeSchema key(String table, String column) {
    return change(table, List.of(), List.of(column));
  }

  /** Makes rows of one table rows of another, too. */
  FakeSchema inherit(String table, String child) {
    String[] parts = child.split("\\.", 2);
    return change(table, List.of(new TableName(parts[0], parts[1])), List.of("id"));
  }

  private FakeSchema change(String table, List<TableName> children, List<String> key) {
    String[] parts = table.split("\\.", 2);
    relations.computeIfPresent(
        new TableName(parts[0], parts[1]),
        (name, was) ->
            new Relation(
                was.oid(),
                name,
                was.kind(),
                was.columns(),
                was.definition(),
                was.parents(),
                children,
                key));
    version++;
    return this;
  }

  private FakeSchema add(
      RelationKind kind, String table, @Nullable String definition, String... columns) {
    String[] parts = table.split("\\.", 2);
    TableName name = new TableName(parts[0], parts[1]);
    List<RelationColumn> made = new ArrayList<>();
    for (String column : columns) {
      String[] nameAndType = column.split(" ", 2);
      made.add(new RelationColumn(nameAndType[0], new ColumnType(nameAndType[1]), made.size() + 1));
    }
    relations.put(
        name,
        new Relation(
            relations.size(), name, kind, made, definition, List.of(), List.of(), List.of()));
    version++;
    return this;
  }

  @Override
  public Optional<Relation> relation(@Nullable String schema, String name) {
    return Optional.ofNullable(
        relations.get(new TableName(schema == null ? "public" : schema, name)));
  }

  @Override
  public List<TableName> named(String name) {
    return relations.keySet().stream().filter(table -> table.name().equals(name)).toList();
  }

  /** Makes an operator of a function that reads what nobody may see. */
  FakeSchema operator(String name) {
    operators.add(name);
    version++;
    return this;
  }

  @Override
  public Set<String> schemasOfFunction(String name) {
    return operators.contains(name) ? Set.of("public") : Set.of();
  }

  @Override
  public String version() {
    return String.valueOf(version);
  }
}

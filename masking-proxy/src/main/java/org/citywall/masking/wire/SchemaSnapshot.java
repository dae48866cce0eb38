// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.FunctionBody;
import org.citywall.masking.sql.Relation;
import org.jspecify.annotations.Nullable;

/** Relations and functions of a database at one moment, but those of sessions. */
final class SchemaSnapshot {

  private final String version;
  private final Map<TableName, Relation> byName = new HashMap<>();
  private final Map<Long, Relation> byOid = new HashMap<>();
  private final Map<String, List<TableName>> byLastName = new HashMap<>();
  private final Map<String, Set<String>> functions;
  private final Map<String, List<FunctionBody>> bodies;

  /**
   * @param version another one for another content
   * @param functions the schemas of each function's name
   * @param bodies the functions of each name that are not the server's own
   */
  SchemaSnapshot(
      String version,
      List<Relation> relations,
      Map<String, Set<String>> functions,
      Map<String, List<FunctionBody>> bodies) {
    this.version = version;
    this.functions = functions;
    this.bodies = bodies;
    for (Relation relation : relations) {
      byName.put(relation.name(), relation);
      byOid.put(relation.oid(), relation);
      byLastName
          .computeIfAbsent(relation.name().name(), name -> new ArrayList<>())
          .add(relation.name());
    }
  }

  String version() {
    return version;
  }

  Collection<Relation> relations() {
    return byName.values();
  }

  @Nullable Relation find(TableName name) {
    return byName.get(name);
  }

  @Nullable Relation find(long oid) {
    return byOid.get(oid);
  }

  List<TableName> named(String name) {
    return byLastName.getOrDefault(name, List.of());
  }

  Set<String> schemasOfFunction(String name) {
    return functions.getOrDefault(name, Set.of());
  }

  List<FunctionBody> bodies(String name) {
    return bodies.getOrDefault(name, List.of());
  }
}

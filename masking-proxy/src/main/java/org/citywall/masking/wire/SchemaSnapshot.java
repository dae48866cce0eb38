// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Relation;
import org.jspecify.annotations.Nullable;

/** Relations and functions of a database at one moment, but those of sessions. */
final class SchemaSnapshot {

  private final String version;
  private final Map<TableName, Relation> byName = new HashMap<>();
  private final Map<Long, Relation> byOid = new HashMap<>();
  private final Map<String, List<TableName>> byLastName = new HashMap<>();
  private final Map<String, Set<String>> functions;

  /**
   * @param version another one for another content
   * @param functions the schemas of each function's name
   */
  SchemaSnapshot(String version, List<Relation> relations, Map<String, Set<String>> functions) {
    this.version = version;
    this.functions = functions;
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
}

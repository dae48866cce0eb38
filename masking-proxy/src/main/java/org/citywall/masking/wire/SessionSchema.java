// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.FunctionBody;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.SchemaView;
import org.jspecify.annotations.Nullable;

/** What names mean to one session: the database's relations, the search path and its own tables. */
final class SessionSchema implements SchemaView {

  private static final String OWN = "pg_temp";

  private final SchemaSnapshot snapshot;
  private final SessionNames names;
  private final String version;

  SessionSchema(SchemaSnapshot snapshot, SessionNames names) {
    this.snapshot = snapshot;
    this.names = names;
    this.version = snapshot.version() + names.version();
  }

  /** Whether it is made of these. */
  boolean isOf(SchemaSnapshot otherSnapshot, SessionNames otherNames) {
    return snapshot == otherSnapshot && names.equals(otherNames);
  }

  @Override
  public Optional<Relation> relation(@Nullable String schema, String name) {
    if (schema == null) {
      return names.path().stream()
          .map(one -> find(new TableName(one, name)))
          .filter(Objects::nonNull)
          .findFirst();
    }
    String real = schema.equals(OWN) ? names.ownSchema() : schema;
    return Optional.ofNullable(find(new TableName(real, name)));
  }

  private @Nullable Relation find(TableName name) {
    Relation own = names.own().get(name);
    return own == null ? snapshot.find(name) : own;
  }

  /** All relations but those of sessions. */
  Collection<Relation> relations() {
    return snapshot.relations();
  }

  /** The relation of this object id. */
  @Nullable Relation relation(long oid) {
    Relation known = snapshot.find(oid);
    return known == null
        ? names.own().values().stream().filter(one -> one.oid() == oid).findFirst().orElse(null)
        : known;
  }

  @Override
  public List<TableName> named(String name) {
    List<TableName> all = new ArrayList<>(snapshot.named(name));
    names.own().keySet().stream().filter(one -> one.name().equals(name)).forEach(all::add);
    return all;
  }

  @Override
  public Set<String> schemasOfFunction(String name) {
    return snapshot.schemasOfFunction(name);
  }

  @Override
  public List<FunctionBody> bodies(String name) {
    return snapshot.bodies(name);
  }

  /** Names what a statement that was rewritten rests on: its names are whole, so not the path. */
  String lasting() {
    return snapshot.version() + '|' + names.own();
  }

  @Override
  public String version() {
    return version;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a session mean now. Safe for use by several threads; answers do not change as
 * long as the version does not.
 */
public interface SchemaView {

  /**
   * The relation that PostgreSQL finds by this name: without a schema, along the search path, with
   * the session's temporary schema and {@code pg_catalog} where PostgreSQL looks for them.
   *
   * @param schema null where none is given; {@code pg_temp} for the session's own
   */
  Optional<Relation> relation(@Nullable String schema, String name);

  /** Every relation of this name, whatever the schema. */
  List<TableName> named(String name);

  /** The schemas that have a function of this name, {@code pg_catalog} included. */
  Set<String> schemasOfFunction(String name);

  /**
   * The functions of this name outside {@code pg_catalog} and {@code information_schema}; none
   * where it is not known what they do.
   */
  default List<FunctionBody> bodies(String name) {
    return List.of();
  }

  /** Names these answers: after a change of the search path or of the schema it is another one. */
  String version();
}

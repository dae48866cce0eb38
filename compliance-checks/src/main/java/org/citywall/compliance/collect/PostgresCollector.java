// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a PostgreSQL server is set. Facts: {@code version} (number of the major version), {@code
 * settings} by name, {@code roles} (with {@code name}, {@code superuser}, {@code login}, {@code
 * createrole}, {@code createdb}, {@code bypassrls}, {@code replication}, {@code expires}), {@code
 * rules} of pg_hba.conf (with {@code name} (the line), {@code type}, {@code databases}, {@code
 * users}, {@code address}, {@code method}; absent where the account may not read them), {@code
 * extensions}, and {@code public-schema-writable}.
 */
final class PostgresCollector implements Collector {

  static final String NAME = "postgresql";

  private static final String ROLES =
      """
      SELECT rolname AS name, rolsuper AS superuser, rolcanlogin AS login,
             rolcreaterole AS createrole, rolcreatedb AS createdb, rolbypassrls AS bypassrls,
             rolreplication AS replication, rolvaliduntil IS NOT NULL AS expires
      FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY 1
      """;
  private static final String RULES =
      """
      SELECT line_number AS name, type, array_to_string(database, ',') AS databases,
             array_to_string(user_name, ',') AS users, coalesce(address, '') AS address,
             auth_method AS method
      FROM pg_catalog.pg_hba_file_rules WHERE error IS NULL ORDER BY 1
      """;
  private static final String MAY_READ_RULES =
      """
      SELECT pg_catalog.has_table_privilege('pg_catalog.pg_hba_file_rules', 'SELECT')
         AND pg_catalog.has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE')
      """;

  private PostgresCollector() {}

  static PostgresCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new PostgresCollector();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(Target target) {
    return target instanceof PostgresTarget;
  }

  @Override
  public JsonNode collect(Target target) throws Uncollectable {
    if (!(target instanceof PostgresTarget postgres)) {
      throw new Uncollectable("no PostgreSQL server");
    }
    return DatabaseFacts.read(postgres.source(), PostgresCollector::facts);
  }

  private static JsonNode facts(Statement statement) throws SQLException {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ObjectNode settings = facts.putObject("settings");
    try (ResultSet rows =
        statement.executeQuery("SELECT name, setting FROM pg_catalog.pg_settings")) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    }
    facts.put(
        "version", Integer.parseInt(settings.path("server_version_num").asString("0")) / 10_000);
    read(statement, ROLES, facts.putArray("roles"));
    if (holds(statement, MAY_READ_RULES)) {
      read(statement, RULES, facts.putArray("rules"));
    }
    DatabaseFacts.names(
        statement,
        "SELECT extname FROM pg_catalog.pg_extension ORDER BY 1",
        facts.putArray("extensions"));
    facts.put(
        "public-schema-writable",
        holds(
            statement,
            "SELECT coalesce(bool_or(acl.grantee = 0 AND acl.privilege_type = 'CREATE'), false)"
                + " FROM pg_catalog.pg_namespace, pg_catalog.aclexplode(nspacl) AS acl"
                + " WHERE nspname = 'public'"));
    return facts;
  }

  private static boolean holds(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void read(Statement statement, String query, ArrayNode list) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        ObjectNode one = list.addObject();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String name = columns.getColumnLabel(i);
          switch (rows.getObject(i)) {
            case null -> one.putNull(name);
            case Boolean value -> one.put(name, value);
            case Number value -> one.put(name, value.longValue());
            case Object value -> one.put(name, value.toString());
          }
        }
      }
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The accounts of a MariaDB or MySQL server. Each has {@code name} (user@host), {@code user},
 * {@code host}, {@code anywhere} (the host is a pattern for all), {@code plugin}, {@code password}
 * ({@code set}, {@code empty}, {@code none} where the plugin asks for none or none can match),
 * {@code locked}, {@code tls} ({@code none}, {@code any}, {@code x509}, {@code specified}) and
 * {@code privileges} over all databases. No hash is told. Roles are left out.
 */
final class MariaDbAccounts {

  private static final String PRIVILEGE = "_priv";
  private static final Set<String> ANYWHERE = Set.of("", "%", "%.%.%.%", "0.0.0.0/0.0.0.0");

  /** Plugins by which the operating system or another server says who it is. */
  private static final Set<String> WITHOUT_PASSWORD =
      Set.of(
          "unix_socket",
          "auth_socket",
          "gssapi",
          "pam",
          "auth_pam",
          "authentication_pam",
          "authentication_ldap_sasl",
          "mysql_no_login");

  /** What MariaDB writes where no password can match. */
  private static final String NO_MATCH = "invalid";

  private MariaDbAccounts() {}

  static ArrayNode read(Statement statement, boolean mariaDb) throws SQLException {
    Set<String> locked = mariaDb ? locked(statement) : Set.of();
    ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM mysql.user ORDER BY User, Host")) {
      while (rows.next()) {
        Map<String, String> row = row(rows);
        if (!row.getOrDefault("is_role", "N").equals("Y")) {
          account(accounts.addObject(), row, locked);
        }
      }
    }
    return accounts;
  }

  /** Rights on single databases, by {@code name}, {@code user}, {@code host}, {@code database}. */
  static ArrayNode grants(Statement statement) throws SQLException {
    ArrayNode grants = JsonNodeFactory.instance.arrayNode();
    try (ResultSet rows =
        statement.executeQuery("SELECT * FROM mysql.db ORDER BY Db, User, Host")) {
      while (rows.next()) {
        Map<String, String> row = row(rows);
        ObjectNode grant = grants.addObject();
        named(grant, row).put("database", row.getOrDefault("db", ""));
        privileges(grant, row);
      }
    }
    return grants;
  }

  private static Set<String> locked(Statement statement) throws SQLException {
    Set<String> locked = new HashSet<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT User, Host FROM mysql.global_priv"
                + " WHERE JSON_VALUE(Priv, '$.account_locked') IN ('true', '1')")) {
      while (rows.next()) {
        locked.add(rows.getString(1) + "@" + rows.getString(2));
      }
    }
    return locked;
  }

  private static void account(ObjectNode account, Map<String, String> row, Set<String> locked) {
    String name = named(account, row).path("name").stringValue();
    String plugin = row.getOrDefault("plugin", "").toLowerCase(Locale.ROOT);
    String tls = row.getOrDefault("ssl_type", "");
    account
        .put("plugin", plugin)
        .put("password", password(plugin, row))
        .put("locked", locked.contains(name) || row.getOrDefault("account_locked", "N").equals("Y"))
        .put("tls", tls.isEmpty() ? "none" : tls.toLowerCase(Locale.ROOT));
    privileges(account, row);
  }

  private static String password(String plugin, Map<String, String> row) {
    if (WITHOUT_PASSWORD.contains(plugin)) {
      return "none";
    }
    String kept = row.getOrDefault("authentication_string", "");
    kept = kept.isEmpty() ? row.getOrDefault("password", "") : kept;
    if (kept.isEmpty()) {
      return "empty";
    }
    return kept.equals(NO_MATCH) ? "none" : "set";
  }

  private static ObjectNode named(ObjectNode node, Map<String, String> row) {
    String user = row.getOrDefault("user", "");
    String host = row.getOrDefault("host", "");
    return node.put("name", user + "@" + host)
        .put("user", user)
        .put("host", host)
        .put("anywhere", ANYWHERE.contains(host));
  }

  private static void privileges(ObjectNode node, Map<String, String> row) {
    ArrayNode privileges = node.putArray("privileges");
    row.forEach(
        (column, value) -> {
          if (column.endsWith(PRIVILEGE) && value.equals("Y")) {
            privileges.add(column.substring(0, column.length() - PRIVILEGE.length()));
          }
        });
  }

  private static Map<String, String> row(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    Map<String, String> row = new TreeMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String value = rows.getString(i);
      row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value == null ? "" : value);
    }
    return row;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.ViewNames;
import org.citywall.masking.sql.facts.Identifier;

/** Which rights the proxy's login has, and by which ways. */
final class LoginRights {

  /** Predefined roles that reach every table, or files of the server. */
  private static final Set<String> REACH_ALL =
      Set.of(
          "pg_read_all_data",
          "pg_write_all_data",
          "pg_read_server_files",
          "pg_write_server_files",
          "pg_execute_server_program",
          "pg_maintain");

  private static final String GRANTS =
      """
      SELECT n.nspname, c.relname, '', coalesce(g.rolname, ''), x.privilege_type, x.is_grantable
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) x
      LEFT JOIN pg_roles g ON g.oid = x.grantee
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't' AND x.grantee <> c.relowner
      UNION ALL
      SELECT n.nspname, c.relname, a.attname, coalesce(g.rolname, ''), x.privilege_type,
        x.is_grantable
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) x
      LEFT JOIN pg_roles g ON g.oid = x.grantee
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't' AND x.grantee <> c.relowner
      ORDER BY 1, 2, 3, 4, 5
      """;
  private static final String EFFECTIVE =
      """
      SELECT n.nspname, c.relname, '', p.privilege
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
        (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'),
          ('TRIGGER')) p(privilege), (SELECT CAST(? AS text) AS name) l
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        AND has_table_privilege(l.name, c.oid, p.privilege)
      UNION ALL
      SELECT n.nspname, c.relname, a.attname, p.privilege
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace,
        (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) p(privilege),
        (SELECT CAST(? AS text) AS name) l
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't' AND a.attnum > 0
        AND NOT a.attisdropped
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        AND has_column_privilege(l.name, c.oid, a.attnum, p.privilege)
        AND NOT has_table_privilege(l.name, c.oid, p.privilege)
      ORDER BY 1, 2, 3, 4
      """;
  private static final String MEMBERSHIPS =
      """
      WITH RECURSIVE reached(direct, role) AS (
        SELECT m.roleid, m.roleid FROM pg_auth_members m
          JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = ?
        UNION SELECT x.direct, m.roleid FROM reached x JOIN pg_auth_members m ON m.member = x.role)
      SELECT d.rolname, r.rolname, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
      FROM reached x JOIN pg_roles d ON d.oid = x.direct JOIN pg_roles r ON r.oid = x.role
      ORDER BY 1, 2
      """;
  private static final String OWNERS =
      """
      SELECT n.nspname, c.relname, o.rolname FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles o ON o.oid = c.relowner
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't' ORDER BY 1, 2
      """;
  private static final String DEFAULTS =
      """
      SELECT o.rolname, coalesce(n.nspname, ''), coalesce(g.rolname, ''), x.privilege_type
      FROM pg_default_acl d JOIN pg_roles o ON o.oid = d.defaclrole
      LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) x
      LEFT JOIN pg_roles g ON g.oid = x.grantee
      WHERE d.defaclobjtype = 'r' AND x.privilege_type <> 'INSERT' ORDER BY 1, 2, 3, 4
      """;

  /**
   * A membership that reaches closed relations.
   *
   * @param direct the role that the login is a member of
   * @param why for people
   */
  record Membership(String direct, String why) {}

  /** A right that tables get when they are made. */
  record DefaultGrant(String owner, String schema, String grantee, String privilege) {

    String statement(boolean give) {
      return "ALTER DEFAULT PRIVILEGES FOR ROLE "
          + Identifier.quoted(owner)
          + (schema.isEmpty() ? "" : " IN SCHEMA " + Identifier.quoted(schema))
          + (give ? " GRANT " : " REVOKE ")
          + privilege
          + " ON TABLES "
          + (give ? "TO " : "FROM ")
          + Privilege.who(grantee);
    }
  }

  private final Database database;
  private final String login;
  private final List<Privilege> grants = new ArrayList<>();
  private final List<Membership> memberships = new ArrayList<>();
  private final Set<TableName> owned = new HashSet<>();
  private final Set<String> reached = new HashSet<>();

  /**
   * Reads them.
   *
   * @param closed relations that the login must not read
   */
  LoginRights(Database database, String login, Set<TableName> closed) {
    this.database = database;
    this.login = login;
    for (List<String> row : database.rows(GRANTS)) {
      grants.add(
          new Privilege(name(row), row.get(2), row.get(3), row.get(4), row.get(5).equals("t")));
    }
    List<List<String>> owners = database.rows(OWNERS);
    for (List<String> row : database.rows(MEMBERSHIPS, login)) {
      reached.add(row.get(1));
      String why = why(row.get(1), row.get(2).equals("t"), owners, closed);
      if (!why.isEmpty()) {
        memberships.add(new Membership(row.getFirst(), why));
      }
    }
    owners.stream()
        .filter(row -> row.get(2).equals(login))
        .map(LoginRights::name)
        .filter(closed::contains)
        .forEach(owned::add);
  }

  private static TableName name(List<String> row) {
    return new TableName(row.get(0), row.get(1));
  }

  private String why(
      String role, boolean attribute, List<List<String>> owners, Set<TableName> closed) {
    if (attribute) {
      return role + " is superuser, bypasses row security or creates roles";
    }
    if (REACH_ALL.contains(role)) {
      return role + " reaches every table or the server's files";
    }
    boolean owns =
        owners.stream().anyMatch(row -> row.get(2).equals(role) && closed.contains(name(row)));
    boolean reads =
        grants.stream()
            .anyMatch(
                grant ->
                    grant.grantee().equals(role)
                        && closed.contains(grant.on())
                        && !grant.showsNothing());
    return owns ? role + " owns closed tables" : reads ? role + " has rights on closed tables" : "";
  }

  /** Rights on these relations that show what is stored, of the login itself and of everybody. */
  List<Privilege> showing(Set<TableName> closed) {
    return grants.stream()
        .filter(grant -> closed.contains(grant.on()) && !grant.showsNothing())
        .filter(grant -> grant.grantee().isEmpty() || grant.grantee().equals(login))
        .toList();
  }

  /** All rights on one relation but its owner's. */
  List<Privilege> on(TableName relation) {
    return grants.stream().filter(grant -> grant.on().equals(relation)).toList();
  }

  /** What the login may do, by whatever way. */
  List<Privilege> effective() {
    List<Privilege> all = new ArrayList<>();
    for (List<String> row : database.rows(EFFECTIVE, login, login)) {
      TableName on = name(row);
      if (!ViewNames.isOwn(on.schema())) {
        all.add(new Privilege(on, row.get(2), login, row.get(3), false));
      }
    }
    return all;
  }

  /** Whether the login or everybody has this right without any membership. */
  boolean isDirect(Privilege effective) {
    return grants.stream()
        .anyMatch(
            grant ->
                grant.on().equals(effective.on())
                    && grant.privilege().equals(effective.privilege())
                    && (grant.column().isEmpty() || grant.column().equals(effective.column()))
                    && (grant.grantee().isEmpty() || grant.grantee().equals(login)));
  }

  List<Membership> memberships() {
    return memberships;
  }

  /** Roles that the login is a member of, through others too. */
  Set<String> reached() {
    return reached;
  }

  /** Closed relations that the login owns. */
  Set<TableName> owned() {
    return owned;
  }

  /** Rights on tables to come, of the login and of everybody. */
  List<DefaultGrant> defaults() {
    return database.rows(DEFAULTS).stream()
        .map(row -> new DefaultGrant(row.get(0), row.get(1), row.get(2), row.get(3)))
        .filter(one -> one.grantee().isEmpty() || one.grantee().equals(login))
        .toList();
  }
}

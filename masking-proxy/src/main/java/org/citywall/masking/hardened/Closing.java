// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.Identifier;

/** Takes the login's ways to closed relations, and remembers how to give them back. */
final class Closing {

  private static final TableName NONE = new TableName("", "");
  private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE");

  private static final String OPTIONS_OF_MEMBERSHIP =
      """
      SELECT m.admin_option, coalesce(to_jsonb(m) ->> 'inherit_option', ''),
        coalesce(to_jsonb(m) ->> 'set_option', '')
      FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
      JOIN pg_roles u ON u.oid = m.member WHERE r.rolname = ? AND u.rolname = ?
      """;
  private static final String SCHEMAS =
      """
      SELECT n.nspname FROM pg_namespace n
      WHERE has_schema_privilege(?, n.oid, 'USAGE') AND NOT EXISTS (
        SELECT 1 FROM aclexplode(n.nspacl) x LEFT JOIN pg_roles g ON g.oid = x.grantee
        WHERE x.privilege_type = 'USAGE' AND (x.grantee = 0 OR g.rolname = ?))
        AND n.nspname NOT LIKE 'pg\\_%' AND NOT starts_with(n.nspname, 'citywall_')
      ORDER BY 1
      """;

  private final Database database;
  private final String login;
  private final Set<TableName> closed;
  private final LoginRights rights;
  private final Records records;
  private final Set<Privilege> effective;

  Closing(
      Database database, String login, Set<TableName> closed, LoginRights rights, Records records) {
    this.database = database;
    this.login = login;
    this.closed = closed;
    this.rights = rights;
    this.records = records;
    this.effective = new HashSet<>(rights.effective());
  }

  /** What the login might write before anything was taken, and may therefore write now. */
  Set<Privilege> writable() {
    Set<Privilege> writable = new HashSet<>(records.writable());
    effective.stream()
        .filter(grant -> closed.contains(grant.on()) && WRITES.contains(grant.privilege()))
        .forEach(writable::add);
    return writable;
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    reopen(steps);
    writable().stream()
        .filter(grant -> !records.writable().contains(grant))
        .sorted(Comparator.comparing(Privilege::grant))
        .forEach(grant -> steps.add(records.rememberWritable(grant)));
    for (Privilege grant : rights.showing(closed)) {
      take(steps, grant.on(), grant.revoke(), grant.grant());
    }
    if (!rights.memberships().isEmpty()) {
      keepOthers(steps);
      rights.memberships().stream()
          .map(LoginRights.Membership::direct)
          .distinct()
          .forEach(role -> leave(steps, role));
    }
    for (LoginRights.DefaultGrant one : rights.defaults()) {
      take(steps, NONE, one.statement(false), one.statement(true));
    }
    return steps;
  }

  private void take(List<Step> steps, TableName relation, String statement, String back) {
    steps.add(Step.of(statement));
    steps.add(records.remember(relation, back));
  }

  /** Gives back what was taken of relations that everybody may see by now. */
  private void reopen(List<Step> steps) {
    Set<TableName> reopened = new HashSet<>();
    for (Records.Before one : records.before()) {
      if (!one.relation().equals(NONE) && !closed.contains(one.relation())) {
        if (exists(one.relation())) {
          steps.add(Step.of(one.statement()));
        }
        steps.add(records.forget(one));
        reopened.add(one.relation());
      }
    }
    reopened.forEach(relation -> steps.add(records.forgetWritable(relation)));
  }

  private boolean exists(TableName relation) {
    return !database
        .rows("SELECT 1 WHERE to_regclass(?) IS NOT NULL", Identifier.quoted(relation))
        .isEmpty();
  }

  /** What came by memberships and may stay is given to the login itself. */
  private void keepOthers(List<Step> steps) {
    effective.stream()
        .filter(grant -> !closed.contains(grant.on()) || grant.showsNothing())
        .filter(grant -> !rights.isDirect(grant))
        .sorted(Comparator.comparing(Privilege::grant))
        .forEach(grant -> take(steps, NONE, grant.grant(), grant.revoke()));
    for (List<String> row : database.rows(SCHEMAS, login, login)) {
      String on = "USAGE ON SCHEMA " + Identifier.quoted(row.getFirst());
      String who = Identifier.quoted(login);
      take(steps, NONE, "GRANT " + on + " TO " + who, "REVOKE " + on + " FROM " + who);
    }
  }

  private void leave(List<Step> steps, String role) {
    String of = Identifier.quoted(role);
    String who = Identifier.quoted(login);
    List<String> options = database.rows(OPTIONS_OF_MEMBERSHIP, role, login).getFirst();
    String with =
        options.get(1).isEmpty()
            ? options.getFirst().equals("t") ? " WITH ADMIN OPTION" : ""
            : " WITH ADMIN "
                + options.getFirst().equals("t")
                + ", INHERIT "
                + options.get(1)
                + ", SET "
                + options.get(2);
    take(steps, NONE, "REVOKE " + of + " FROM " + who, "GRANT " + of + " TO " + who + with);
  }
}

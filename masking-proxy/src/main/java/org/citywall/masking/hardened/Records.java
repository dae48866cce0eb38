// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.policy.TableName;

/** What the database remembers of the state before hardened mode, and the secrets of its views. */
final class Records {

  /** A padded key of a keyed hash as masks put it into SQL. */
  private static final Pattern KEY = Pattern.compile("decode\\('([0-9a-f]{128})', 'hex'\\)");

  private static final List<String> TABLES =
      List.of(
          "CREATE SCHEMA citywall_hardened",
          "REVOKE ALL ON SCHEMA citywall_hardened FROM PUBLIC",
          "CREATE TABLE citywall_hardened.before(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY"
              + " KEY, login text NOT NULL, relation_schema text NOT NULL, relation_name text NOT"
              + " NULL, statement text NOT NULL)",
          "CREATE TABLE citywall_hardened.writable(login text, relation_schema text, relation_name"
              + " text, column_name text, privilege text, PRIMARY KEY (login, relation_schema,"
              + " relation_name, column_name, privilege))",
          "CREATE TABLE citywall_hardened.secret(id int PRIMARY KEY, pad bytea NOT NULL)");

  /**
   * What gives back what was taken.
   *
   * @param relation with empty names where it concerns none
   */
  record Before(long id, TableName relation, String statement) {}

  private final String login;
  private final boolean exist;
  private final List<Before> before = new ArrayList<>();
  private final Set<Privilege> writable;
  private final Map<String, Integer> secrets = new HashMap<>();

  Records(Database database, String login) {
    this.login = login;
    this.exist =
        !database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'citywall_hardened'").isEmpty();
    this.writable = new HashSet<>();
    if (exist) {
      read(database);
    }
  }

  private void read(Database database) {
    for (List<String> row :
        database.rows(
            "SELECT id, relation_schema, relation_name, statement FROM citywall_hardened.before"
                + " WHERE login = ? ORDER BY id DESC",
            login)) {
      before.add(
          new Before(
              Long.parseLong(row.getFirst()), new TableName(row.get(1), row.get(2)), row.get(3)));
    }
    for (List<String> row :
        database.rows(
            "SELECT relation_schema, relation_name, column_name, privilege"
                + " FROM citywall_hardened.writable WHERE login = ?",
            login)) {
      writable.add(
          new Privilege(
              new TableName(row.get(0), row.get(1)), row.get(2), login, row.get(3), false));
    }
    database
        .rows("SELECT id, encode(pad, 'hex') FROM citywall_hardened.secret")
        .forEach(row -> secrets.put(row.get(1), Integer.parseInt(row.getFirst())));
  }

  boolean exist() {
    return exist;
  }

  /** Newest first, as they have to be undone. */
  List<Before> before() {
    return before;
  }

  Set<Privilege> writable() {
    return writable;
  }

  /** Makes what is not there yet. */
  List<Step> create() {
    if (exist) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>(TABLES.stream().map(Step::of).toList());
    steps.add(
        Step.of(
            "REVOKE ALL ON ALL TABLES IN SCHEMA citywall_hardened FROM PUBLIC, "
                + Privilege.who(login)));
    return steps;
  }

  /** Whether another proxy's login is remembered as well. */
  boolean areOthers(Database database) {
    return exist
        && !database
            .rows(
                "SELECT 1 FROM citywall_hardened.before WHERE login <> ? UNION ALL"
                    + " SELECT 1 FROM citywall_hardened.writable WHERE login <> ?",
                login,
                login)
            .isEmpty();
  }

  Step remember(TableName relation, String statement) {
    return Step.of(
        "INSERT INTO citywall_hardened.before(login, relation_schema, relation_name, statement)"
            + " VALUES ("
            + literals(login, relation.schema(), relation.name(), statement)
            + ")");
  }

  Step forget(Before one) {
    return Step.of("DELETE FROM citywall_hardened.before WHERE id = " + one.id());
  }

  Step rememberWritable(Privilege grant) {
    return Step.of(
        "INSERT INTO citywall_hardened.writable VALUES ("
            + literals(
                login, grant.on().schema(), grant.on().name(), grant.column(), grant.privilege())
            + ")");
  }

  Step forgetWritable(TableName relation) {
    return Step.of(
        "DELETE FROM citywall_hardened.writable WHERE login = "
            + Database.literal(login)
            + " AND relation_schema = "
            + Database.literal(relation.schema())
            + " AND relation_name = "
            + Database.literal(relation.name()));
  }

  private static String literals(String... texts) {
    return Arrays.stream(texts).map(Database::literal).collect(Collectors.joining(", "));
  }

  /** The secrets of these queries that the table lacks. */
  List<Step> keep(List<String> queries) {
    Set<String> found = new TreeSet<>();
    for (String query : queries) {
      KEY.matcher(query).results().map(key -> key.group(1)).forEach(found::add);
    }
    Map<String, Integer> added = new LinkedHashMap<>();
    for (String pad : found) {
      if (!secrets.containsKey(pad)) {
        int id = secrets.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        secrets.put(pad, id);
        added.put(pad, id);
      }
    }
    return added.entrySet().stream()
        .map(
            one -> {
              String start =
                  "INSERT INTO citywall_hardened.secret VALUES (" + one.getValue() + ", '\\x";
              return new Step(Sensitive.of(start + one.getKey() + "')"), start + "***')");
            })
        .toList();
  }

  /** The query with references in the place of its secrets. */
  String withoutSecrets(String query) {
    return KEY.matcher(query).replaceAll(this::reference);
  }

  private String reference(MatchResult key) {
    return "(SELECT pad FROM citywall_hardened.secret WHERE id = "
        + secrets.getOrDefault(key.group(1), 0)
        + ")";
  }
}

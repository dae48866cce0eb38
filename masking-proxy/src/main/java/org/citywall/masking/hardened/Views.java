// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.ProfileView;
import org.citywall.masking.sql.ProfileViews;
import org.citywall.masking.sql.ViewNames;
import org.citywall.masking.sql.facts.Identifier;

/** The views that the policy asks for, and those that the database has. */
final class Views {

  private static final String FOUND =
      """
      SELECT n.nspname, c.relname, pg_get_viewdef(c.oid), array_to_string(c.reloptions, ','),
        o.rolname, (SELECT count(*) FROM pg_rewrite w WHERE w.ev_class = c.oid)
          + (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_roles o ON o.oid = c.relowner
      WHERE starts_with(n.nspname, 'citywall_view_') AND c.relkind = 'v' ORDER BY 1, 2
      """;
  private static final String SCHEMAS =
      """
      SELECT n.nspname, coalesce(obj_description(n.oid, 'pg_namespace'), ''),
        has_schema_privilege(?, n.oid, 'USAGE'), has_schema_privilege(?, n.oid, 'CREATE')
      FROM pg_namespace n WHERE starts_with(n.nspname, 'citywall_view_') ORDER BY 1
      """;
  private static final String BARRIER = "security_barrier=true";

  /**
   * A view that is asked for.
   *
   * @param query without secrets
   * @param rights of the login on it
   */
  record Wanted(TableName view, String query, Set<Privilege> rights) {}

  /** A view that is there. */
  record Found(
      TableName view, String definition, String options, String owner, boolean changesItself) {}

  private final Database database;
  private final String login;
  private final String tag;
  private final Map<TableName, Wanted> wanted = new LinkedHashMap<>();
  private final String schema;
  private final Map<TableName, Found> found = new LinkedHashMap<>();
  private final Map<String, List<String>> foundSchemas = new LinkedHashMap<>();
  private final Map<String, Boolean> same = new HashMap<>();

  Views(Database database, String login, String policyVersion) {
    this.database = database;
    this.login = login;
    this.tag = "citywall: login " + login + ", policy " + policyVersion;
    this.schema = ViewNames.schema(login);
    for (List<String> row : database.rows(FOUND)) {
      TableName name = new TableName(row.get(0), row.get(1));
      found.put(
          name,
          new Found(name, row.get(2), row.get(3), row.get(4), Long.parseLong(row.get(5)) != 1));
    }
    database.rows(SCHEMAS, login, login).forEach(row -> foundSchemas.put(row.getFirst(), row));
  }

  /** Takes in what the profiles ask for. */
  void want(ProfileViews profiles, Records records, Set<Privilege> writable) {
    for (ProfileView view : profiles.views()) {
      want(view, records.withoutSecrets(view.query()), rights(view, writable));
    }
    for (Rights profile : profiles.profiles()) {
      TableName name = ViewNames.profile(schema, profile);
      String version = Database.literal(profile.profile());
      wanted.put(
          name,
          new Wanted(
              name,
              "SELECT CAST(" + version + " AS text) AS rights",
              Set.of(new Privilege(name, "", login, "SELECT", false))));
    }
  }

  private void want(ProfileView view, String query, Set<Privilege> rights) {
    wanted.put(view.view(), new Wanted(view.view(), query, rights));
  }

  private Set<Privilege> rights(ProfileView view, Set<Privilege> writable) {
    Set<Privilege> rights = new HashSet<>();
    rights.add(new Privilege(view.view(), "", login, "SELECT", false));
    for (Privilege grant : writable) {
      if (!grant.on().equals(view.of())) {
        continue;
      }
      if (grant.privilege().equals("DELETE")) {
        rights.add(new Privilege(view.view(), "", login, "DELETE", false));
      } else {
        Set<String> columns = grant.column().isEmpty() ? view.plain() : Set.of(grant.column());
        columns.stream()
            .filter(view.plain()::contains)
            .map(column -> new Privilege(view.view(), column, login, grant.privilege(), false))
            .forEach(rights::add);
      }
    }
    return rights;
  }

  /** What makes the views as they are wanted. */
  List<Step> make(LoginRights rights) {
    List<Step> steps = new ArrayList<>();
    String name = Identifier.quoted(schema);
    List<String> there = foundSchemas.get(schema);
    if (there == null) {
      steps.add(Step.of("CREATE SCHEMA " + name));
      steps.add(Step.of("REVOKE ALL ON SCHEMA " + name + " FROM PUBLIC"));
    }
    if (there == null || !there.get(1).equals(tag)) {
      steps.add(Step.of("COMMENT ON SCHEMA " + name + " IS " + Database.literal(tag)));
    }
    if (there == null || !there.get(2).equals("t")) {
      steps.add(Step.of("GRANT USAGE ON SCHEMA " + name + " TO " + Identifier.quoted(login)));
    }
    wanted.values().forEach(view -> steps.addAll(make(view, rights)));
    return steps;
  }

  private List<Step> make(Wanted view, LoginRights rights) {
    String name = Identifier.quoted(view.view());
    boolean good = isAsWanted(view);
    List<Step> steps = new ArrayList<>();
    if (!good) {
      if (found.containsKey(view.view())) {
        steps.add(Step.of("DROP VIEW " + name + " CASCADE"));
      }
      steps.add(
          Step.of("CREATE VIEW " + name + " WITH (security_barrier=true) AS " + view.query()));
      // default privileges may have given rights to a view that is new
      steps.add(Step.of("REVOKE ALL ON " + name + " FROM PUBLIC, " + Identifier.quoted(login)));
      steps.add(Step.of("COMMENT ON VIEW " + name + " IS " + Database.literal(tag)));
    }
    List<Privilege> has = good ? rights.on(view.view()) : List.of();
    if (!view.rights().containsAll(has)) {
      // a right on the whole view that is taken takes those on its columns along
      has.stream()
          .map(grant -> "REVOKE ALL ON " + name + " FROM " + Privilege.who(grant.grantee()))
          .distinct()
          .forEach(sql -> steps.add(Step.of(sql)));
      has = List.of();
    }
    Set<Privilege> kept = Set.copyOf(has);
    view.rights().stream()
        .filter(grant -> !kept.contains(grant))
        .sorted(Comparator.comparing(Privilege::grant))
        .forEach(grant -> steps.add(Step.of(grant.grant())));
    return steps;
  }

  /** Whether the view is there and selects what it should. */
  boolean isAsWanted(Wanted view) {
    Found there = found.get(view.view());
    return there != null
        && there.options().equals(BARRIER)
        && !there.changesItself()
        && !there.owner().equals(login)
        && same.computeIfAbsent(
            view.view() + "\n" + view.query(),
            key -> there.definition().equals(definition(view.query())));
  }

  /** How the database itself prints the query. */
  private String definition(String query) {
    database.execute("CREATE TEMPORARY VIEW citywall_compared AS " + query);
    String definition =
        database
            .rows("SELECT pg_get_viewdef('pg_temp.citywall_compared'::regclass)")
            .getFirst()
            .getFirst();
    database.execute("DROP VIEW pg_temp.citywall_compared");
    return definition;
  }

  /** Drops the views of this login that nobody planned for asks for. */
  List<Step> dropLeft() {
    List<Step> steps = new ArrayList<>();
    left().forEach(view -> steps.add(Step.of("DROP VIEW " + Identifier.quoted(view) + " CASCADE")));
    others()
        .forEach(one -> steps.add(Step.of("DROP SCHEMA " + Identifier.quoted(one) + " CASCADE")));
    return steps;
  }

  /** Drops all views of this login. */
  List<Step> dropAll() {
    Set<String> all = others();
    if (foundSchemas.containsKey(schema)) {
      all.add(schema);
    }
    return all.stream()
        .map(one -> Step.of("DROP SCHEMA " + Identifier.quoted(one) + " CASCADE"))
        .toList();
  }

  private List<TableName> left() {
    return found.keySet().stream()
        .filter(view -> view.schema().equals(schema) && !wanted.containsKey(view))
        .toList();
  }

  /** Schemas of this login, or that it can read, but its own. */
  private Set<String> others() {
    String prefix = "citywall: login " + login + ", ";
    return foundSchemas.values().stream()
        .filter(row -> row.get(1).startsWith(prefix) || row.get(2).equals("t"))
        .map(List::getFirst)
        .filter(one -> !one.equals(schema))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is not as it should be. */
  List<HardenedGap> gaps(LoginRights rights) {
    List<HardenedGap> gaps = new ArrayList<>();
    for (Wanted view : wanted.values()) {
      Found there = found.get(view.view());
      String name = view.view().toString();
      if (there == null) {
        gaps.add(new HardenedGap(HardenedGap.Kind.VIEW_MISSING, name, "apply makes it"));
        continue;
      }
      if (!isAsWanted(view)) {
        gaps.add(new HardenedGap(HardenedGap.Kind.VIEW_DIFFERENT, name, "apply makes it anew"));
      }
      Set<Privilege> has = new HashSet<>(rights.on(view.view()));
      if (!has.equals(view.rights())) {
        has.removeAll(view.rights());
        String surplus =
            has.stream().map(Privilege::grant).sorted().collect(Collectors.joining("; "));
        gaps.add(
            new HardenedGap(
                HardenedGap.Kind.VIEW_GRANT,
                name,
                surplus.isEmpty() ? "the login lacks rights" : surplus));
      }
    }
    for (List<String> row : foundSchemas.values()) {
      if (row.get(3).equals("t")) {
        gaps.add(
            new HardenedGap(
                HardenedGap.Kind.VIEW_GRANT, row.getFirst(), "the login may create in it"));
      }
    }
    gaps.addAll(leftGaps());
    return gaps;
  }

  private List<HardenedGap> leftGaps() {
    List<HardenedGap> gaps = new ArrayList<>();
    if (!left().isEmpty()) {
      gaps.add(
          new HardenedGap(
              HardenedGap.Kind.VIEWS_LEFT,
              schema,
              left().size() + " views of what nobody is shown by the policy in force"));
    }
    for (String one : others()) {
      gaps.add(new HardenedGap(HardenedGap.Kind.VIEWS_LEFT, one, "another login's, or of no use"));
    }
    return gaps;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.ProfileViews;
import org.citywall.masking.sql.ViewNames;

/** Finds each way by which the login reaches what it must not read, around the views. */
final class Weaknesses {

  private static final String ATTRIBUTES =
      "SELECT rolsuper, rolbypassrls, rolreplication, rolcreaterole FROM pg_roles"
          + " WHERE rolname = ?";
  private static final List<String> ATTRIBUTE_NAMES =
      List.of("superuser", "bypassrls", "replication", "createrole");
  private static final String DEFINERS =
      """
      SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), l.lanname,
        coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      JOIN pg_language l ON l.oid = p.prolang
      WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND has_schema_privilege(?, n.oid, 'USAGE') AND has_function_privilege(?, p.oid, 'EXECUTE')
      ORDER BY 1, 2, 3
      """;
  private static final String FILE_FUNCTIONS =
      """
      SELECT p.oid::regprocedure::text FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = 'pg_catalog' AND p.proname IN ('pg_read_file', 'pg_read_binary_file',
        'pg_ls_dir', 'lo_import', 'lo_export') AND has_function_privilege(?, p.oid, 'EXECUTE')
      ORDER BY 1
      """;
  private static final String ROW_SECURITY =
      """
      SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relrowsecurity ORDER BY 1, 2
      """;

  /** Languages whose bodies say what they read. */
  private static final Set<String> READABLE = Set.of("sql", "plpgsql");

  private static final Pattern DYNAMIC = Pattern.compile("\\bexecute\\b");

  private final Database database;
  private final String login;
  private final ProfileViews profiles;
  private final LoginRights rights;

  Weaknesses(Database database, String login, ProfileViews profiles, LoginRights rights) {
    this.database = database;
    this.login = login;
    this.profiles = profiles;
    this.rights = rights;
  }

  /** What no step of ours can change, and what makes the views worthless. */
  List<HardenedGap> beyondSteps() {
    List<HardenedGap> gaps = new ArrayList<>();
    List<List<String>> found = database.rows(ATTRIBUTES, login);
    if (found.isEmpty()) {
      gaps.add(gap(HardenedGap.Kind.LOGIN_ATTRIBUTE, login, "there is no such login"));
      return gaps;
    }
    for (int i = 0; i < ATTRIBUTE_NAMES.size(); i++) {
      if (found.getFirst().get(i).equals("t")) {
        gaps.add(
            gap(
                HardenedGap.Kind.LOGIN_ATTRIBUTE,
                login,
                "ALTER ROLE ... NO" + ATTRIBUTE_NAMES.get(i).toUpperCase(Locale.ROOT)));
      }
    }
    rights.owned().stream()
        .map(TableName::toString)
        .sorted()
        .forEach(
            name ->
                gaps.add(
                    gap(HardenedGap.Kind.OWNERSHIP, name, "ALTER TABLE ... OWNER TO another")));
    for (List<String> row : database.rows(ROW_SECURITY)) {
      TableName name = new TableName(row.get(0), row.get(1));
      if (profiles.closed().contains(name)) {
        gaps.add(
            gap(
                HardenedGap.Kind.ROW_SECURITY,
                name.toString(),
                "views would show rows that the policy of the table hides from the login"));
      }
    }
    return gaps;
  }

  /** Every way, those that steps close among them. */
  List<HardenedGap> all() {
    List<HardenedGap> gaps = new ArrayList<>(beyondSteps());
    if (gaps.stream().anyMatch(gap -> gap.detail().startsWith("there is no"))) {
      return gaps;
    }
    rights
        .memberships()
        .forEach(one -> gaps.add(gap(HardenedGap.Kind.MEMBERSHIP, one.direct(), one.why())));
    gaps.addAll(grants());
    rights
        .defaults()
        .forEach(
            one ->
                gaps.add(
                    gap(HardenedGap.Kind.DEFAULT_PRIVILEGE, one.owner(), one.statement(true))));
    gaps.addAll(functions());
    return gaps;
  }

  private List<HardenedGap> grants() {
    List<HardenedGap> gaps = new ArrayList<>();
    Set<Privilege> named = Set.copyOf(rights.showing(profiles.closed()));
    for (Privilege grant : rights.showing(profiles.closed())) {
      HardenedGap.Kind kind =
          grant.grantee().isEmpty() ? HardenedGap.Kind.PUBLIC_GRANT : HardenedGap.Kind.OWN_GRANT;
      gaps.add(gap(kind, grant.on().toString(), grant.grant()));
    }
    for (Privilege grant : rights.effective()) {
      boolean concerned = profiles.closed().contains(grant.on()) && !grant.showsNothing();
      if (concerned && !rights.owned().contains(grant.on()) && !isNamed(grant, named)) {
        gaps.add(
            gap(
                HardenedGap.Kind.OTHER_GRANT,
                grant.on().toString(),
                grant.privilege() + way(grant)));
      }
    }
    return gaps;
  }

  private static boolean isNamed(Privilege effective, Set<Privilege> named) {
    return named.stream()
        .anyMatch(
            grant ->
                grant.on().equals(effective.on())
                    && grant.privilege().equals(effective.privilege())
                    && (grant.column().isEmpty() || grant.column().equals(effective.column())));
  }

  /** Through which roles a right comes. */
  private String way(Privilege effective) {
    String roles =
        rights.on(effective.on()).stream()
            .filter(grant -> grant.privilege().equals(effective.privilege()))
            .map(Privilege::grantee)
            .filter(rights.reached()::contains)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return roles.isEmpty() ? ", of an attribute or a predefined role" : " through " + roles;
  }

  private List<HardenedGap> functions() {
    List<HardenedGap> gaps = new ArrayList<>();
    List<Pattern> names =
        profiles.closedNames().stream()
            .map(
                name ->
                    Pattern.compile(
                        "(?<![\\p{L}\\p{N}_])"
                            + Pattern.quote(name.toLowerCase(Locale.ROOT))
                            + "(?![\\p{L}\\p{N}_])"))
            .toList();
    for (List<String> row : database.rows(DEFINERS, login, login)) {
      if (ViewNames.isOwn(row.getFirst())) {
        continue;
      }
      String body = row.get(4).toLowerCase(Locale.ROOT);
      String name = row.get(0) + "." + row.get(1) + "(" + row.get(2) + ")";
      if (!READABLE.contains(row.get(3)) || DYNAMIC.matcher(body).find()) {
        gaps.add(gap(HardenedGap.Kind.DEFINER_FUNCTION, name, "nobody can tell what it reads"));
      } else if (names.stream().anyMatch(one -> one.matcher(body).find())) {
        gaps.add(gap(HardenedGap.Kind.DEFINER_FUNCTION, name, "its body names a closed relation"));
      }
    }
    database
        .rows(FILE_FUNCTIONS, login)
        .forEach(
            row -> gaps.add(gap(HardenedGap.Kind.SERVER_FILES, row.getFirst(), "REVOKE EXECUTE")));
    return gaps;
  }

  private static HardenedGap gap(HardenedGap.Kind kind, String object, String detail) {
    return new HardenedGap(kind, object, detail);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementRefused;

/**
 * What hardened mode needs of a schema: the relations that the proxy's login must not read itself,
 * because somebody may not see all of them, and the views to read instead, one for each different
 * sight of a relation. Views of users are read through their queries and need none.
 */
public final class ProfileViews {

  private final StatementAnalyser analyser;
  private final SchemaView schema;
  private final Map<String, Rights> profiles = new LinkedHashMap<>();
  private final Set<TableName> closed = new HashSet<>();
  private final Map<TableName, ProfileView> views = new LinkedHashMap<>();
  private final String viewSchema;

  private ProfileViews(
      StatementAnalyser analyser,
      SchemaView schema,
      Collection<? extends Rights> profiles,
      String viewSchema) {
    this.analyser = analyser;
    this.schema = schema;
    this.viewSchema = viewSchema;
    profiles.forEach(one -> this.profiles.put(one.version(), one));
  }

  /**
   * Finds them.
   *
   * @param relations all of the database
   * @param profiles of whoever may be behind a statement, with and without what they were granted
   * @param login that reads the views
   */
  public static ProfileViews of(
      StatementAnalyser analyser,
      SchemaView schema,
      Collection<Relation> relations,
      Collection<? extends Rights> profiles,
      String login) {
    ProfileViews found = new ProfileViews(analyser, schema, profiles, ViewNames.schema(login));
    relations.stream()
        .filter(relation -> !ViewNames.isOwn(relation.name().schema()))
        .forEach(found::add);
    return found;
  }

  private void add(Relation relation) {
    switch (relation.kind()) {
      case TABLE, PARTITIONED, FOREIGN, MATVIEW -> addData(relation);
      case VIEW -> addView(relation);
      case SYSTEM, SEQUENCE, TEMP -> {
        // nobody's data, and what no profile changes
      }
    }
  }

  private void addData(Relation relation) {
    List<ProfileView> found = new ArrayList<>();
    boolean open = true;
    for (Rights profile : profiles.values()) {
      Coverages coverages = new Coverages(session(profile));
      Optional<Coverage> coverage = coverage(relation, coverages);
      coverage.ifPresent(seen -> addViews(seen, coverages.said(seen), found));
      open &= coverage.isPresent() && coverage.get().isOpen();
    }
    if (!open) {
      closed.add(relation.name());
      found.forEach(this::add);
    }
  }

  private void add(ProfileView view) {
    ProfileView before = views.put(view.view(), view);
    if (before != null && !before.equals(view)) {
      throw new IllegalStateException("two views of one name: " + view.view());
    }
  }

  private void addViews(Coverage coverage, String said, List<ProfileView> found) {
    found.add(view(coverage, said, false));
    if (!coverage.relation().children().isEmpty()) {
      found.add(view(coverage, said, true));
    }
  }

  private ProfileView view(Coverage coverage, String said, boolean only) {
    TableName name = coverage.relation().name();
    Set<String> plain =
        coverage.relation().columns().stream()
            .map(RelationColumn::name)
            .filter(coverage::clears)
            .collect(Collectors.toSet());
    return new ProfileView(
        name, ViewNames.view(viewSchema, name, said, only), coverage.viewQuery(only), plain);
  }

  private static Optional<Coverage> coverage(Relation relation, Coverages coverages) {
    try {
      return Optional.of(coverages.of(relation, -1));
    } catch (StatementRefused refused) {
      return Optional.empty();
    }
  }

  private void addView(Relation view) {
    boolean catalogued = profiles.values().stream().anyMatch(one -> one.catalogued(view.name()));
    if (catalogued) {
      addData(view);
    } else if (profiles.values().stream().anyMatch(profile -> hides(view, profile))) {
      closed.add(view.name());
    }
  }

  private boolean hides(Relation view, Rights profile) {
    try {
      return session(profile).rewrite(Session.query(view), 1).masked();
    } catch (StatementRefused refused) {
      return true;
    }
  }

  private Session session(Rights profile) {
    return new Session(analyser, schema, profile, null);
  }

  /** Relations that somebody may not see all of, views of users among them. */
  public Set<TableName> closed() {
    return Set.copyOf(closed);
  }

  /** The profiles in the order given, each once. */
  public List<Rights> profiles() {
    return List.copyOf(profiles.values());
  }

  /** The schema that the views are in. */
  public String viewSchema() {
    return viewSchema;
  }

  /** The views, each once, whoever shares it. */
  public List<ProfileView> views() {
    return List.copyOf(views.values());
  }

  /** The last names of closed relations. */
  public Set<String> closedNames() {
    return closed.stream().map(TableName::name).collect(Collectors.toCollection(TreeSet::new));
  }
}

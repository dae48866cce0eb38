// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.OutputColumn;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Finds what a person sees of a relation. Rows of a partition or of a table that inherits are rows
 * of its ancestors, so that each is protected as the strictest of them.
 */
final class Coverages {

  private static final Treatment PLAIN = new Treatment.Plain();
  private static final Treatment NOBODYS = new Treatment.Hidden("not for anybody");

  /** What is used of grants is counted there by the login that clients use, too. */
  private static final String OWN_SCHEMA = "citywall";

  /** A name that no column has. */
  private static final String NO_COLUMN = "";

  private static final Set<TableName> SESSIONS =
      Set.of(
          new TableName("pg_catalog", "pg_prepared_statements"),
          new TableName("pg_catalog", "pg_cursors"));

  /** Without what the proxy makes in the session for itself, under names that begin so. */
  private static final RowFilter SESSIONS_OWN =
      RowFilter.of("pg_catalog.left(%s, 9) <> 'citywall '", "name");

  private final Session session;
  private final Rights rights;
  private final Map<TableName, Coverage> known = new HashMap<>();

  Coverages(Session session) {
    this.session = session;
    this.rights = session.rights();
  }

  /**
   * What the person sees of a relation that is no view read through its query.
   *
   * @param at position of the name, for a refusal
   */
  Coverage of(Relation relation, int at) {
    Coverage coverage = known.get(relation.name());
    if (coverage == null) {
      coverage = find(relation, at);
      known.put(relation.name(), coverage);
    }
    return coverage;
  }

  /** Whether everything that was asked for so far is shown as it is. */
  boolean areOpen() {
    return known.values().stream().allMatch(Coverage::isOpen);
  }

  /** Whether the catalogue knows the relation. */
  boolean catalogued(TableName name) {
    return rights.catalogued(name);
  }

  private Coverage find(Relation relation, int at) {
    if (relation.name().schema().equals(OWN_SCHEMA)) {
      throw refused(MaskingErrorCode.RELATION_REFUSED, "the platform's own relation", relation, at);
    }
    return switch (relation.kind()) {
      case SYSTEM -> system(relation, at);
      case MATVIEW -> rights.catalogued(relation.name()) ? table(relation, at) : copy(relation, at);
      case TABLE, PARTITIONED, FOREIGN, VIEW -> table(relation, at);
      // what a session keeps for itself it was shown before; pg_sequences shows what a sequence has
      case TEMP, SEQUENCE -> without(Set.of(), relation, List.of());
    };
  }

  private Coverage system(Relation relation, int at) {
    if (!AllowList.RELATIONS.has(relation.name().toString())) {
      throw refused(MaskingErrorCode.RELATION_REFUSED, "system relation", relation, at);
    }
    return without(
        AllowList.RELATIONS.hidden(relation.name().toString()),
        relation,
        SESSIONS.contains(relation.name()) ? List.of(SESSIONS_OWN) : List.of());
  }

  private static Coverage without(Set<String> hidden, Relation relation, List<RowFilter> filters) {
    Map<String, Treatment> treatments = new HashMap<>();
    for (RelationColumn column : relation.columns()) {
      treatments.put(column.name(), hidden.contains(column.name()) ? NOBODYS : PLAIN);
    }
    return new Coverage(relation, treatments, filters);
  }

  private Coverage table(Relation relation, int at) {
    List<TableName> ancestors = new ArrayList<>(List.of(relation.name()));
    follow(relation, true, ancestors, new HashSet<>());
    if (!rights.passesUnknownTables() && ancestors.stream().noneMatch(rights::catalogued)) {
      throw refused(MaskingErrorCode.RELATION_UNCATALOGUED, "table", relation, at);
    }
    List<TableName> family = new ArrayList<>(ancestors);
    follow(relation, false, family, new HashSet<>());
    Map<String, Treatment> treatments = new HashMap<>();
    for (RelationColumn column : relation.columns()) {
      treatments.put(column.name(), strictest(family, column.name()));
    }
    List<RowFilter> filters = new ArrayList<>();
    for (TableName ancestor : ancestors) {
      rights
          .rowFilter(ancestor)
          .map(condition -> session.filter(condition, relation))
          .ifPresent(filters::add);
    }
    for (TableName member : family.subList(ancestors.size(), family.size())) {
      if (rights.rowFilter(member).isPresent()) {
        throw refused(
            MaskingErrorCode.CONSTRUCT_REFUSED, "a descendant has a row filter", relation, at);
      }
    }
    return new Coverage(relation, treatments, filters, lookUps(relation, treatments, family));
  }

  /** Rows of the whole family are found, so that each member that has the column must allow it. */
  private Map<String, LookUpRight> lookUps(
      Relation relation, Map<String, Treatment> treatments, List<TableName> family) {
    Map<String, LookUpRight> found = new HashMap<>();
    if (session.hardened()) {
      // a view of the database has masked values alone
      return found;
    }
    for (RelationColumn column : relation.columns()) {
      if (!treatments.getOrDefault(column.name(), PLAIN).showsValues()) {
        List<Optional<LookUpRight>> allowed =
            family.stream()
                .filter(member -> has(member, column.name()) && rights.catalogued(member))
                .map(member -> rights.lookUp(member, column.name()))
                .toList();
        if (!allowed.isEmpty() && allowed.stream().allMatch(Optional::isPresent)) {
          found.put(column.name(), allowed.getFirst().orElseThrow());
        }
      }
    }
    return found;
  }

  private boolean has(TableName member, String column) {
    return session.relation(member).map(kin -> kin.has(column)).orElse(true);
  }

  private void follow(Relation relation, boolean up, List<TableName> found, Set<TableName> seen) {
    for (TableName next : up ? relation.parents() : relation.children()) {
      if (seen.add(next)) {
        found.add(next);
        session.relation(next).ifPresent(kin -> follow(kin, up, found, seen));
      }
    }
  }

  /** The relation, and all whose rows are its rows or the other way round. */
  List<TableName> family(Relation relation) {
    List<TableName> family = new ArrayList<>(List.of(relation.name()));
    follow(relation, true, family, new HashSet<>());
    follow(relation, false, family, new HashSet<>());
    return family;
  }

  /**
   * What the policy says of the relation, as a text: where it is the same for two persons, one view
   * serves both. A column that the catalogue lacks is said by its table, so that one that is added
   * changes nothing.
   */
  String said(Coverage coverage) {
    List<TableName> catalogued =
        family(coverage.relation()).stream()
            .filter(rights::catalogued)
            .sorted(Comparator.comparing(TableName::toString))
            .toList();
    StringBuilder text = new StringBuilder();
    for (RelationColumn column : coverage.relation().columns()) {
      if (catalogued.isEmpty()
          || catalogued.stream().anyMatch(one -> rights.catalogued(one, column.name()))) {
        text.append(coverage.said(column)).append('\n');
      }
    }
    for (TableName one : catalogued) {
      text.append(rights.of(one, NO_COLUMN).showsValues()).append('\n');
    }
    coverage.filters().forEach(filter -> text.append("where ").append(filter.sql()).append('\n'));
    return text.toString();
  }

  private Treatment strictest(List<TableName> family, String column) {
    Set<Treatment> found = new LinkedHashSet<>();
    for (TableName member : family) {
      if (has(member, column) && rights.catalogued(member)) {
        found.add(rights.of(member, column));
      }
    }
    return strictest(found);
  }

  private static Treatment strictest(Set<Treatment> found) {
    found.remove(PLAIN);
    if (found.isEmpty()) {
      return PLAIN;
    }
    if (found.stream().allMatch(Treatment::showsValues)) {
      return new Treatment.Granted(
          found.stream()
              .flatMap(treatment -> ((Treatment.Granted) treatment).grants().stream())
              .distinct()
              .toList());
    }
    found.removeIf(Treatment::showsValues);
    return found.size() == 1
        ? found.iterator().next()
        : new Treatment.Hidden("several masks for one column");
  }

  /**
   * A materialised view that the catalogue does not know. It holds values as they were, so that its
   * columns are treated as those that they copy; what they compute of protected ones is hidden.
   */
  private Coverage copy(Relation view, int at) {
    // refuses what no query may hold, functions above all
    session.rewrite(Session.query(view), 1);
    StatementFacts query = session.definition(view);
    Map<TableReference, Coverage> sources = new HashMap<>();
    boolean open = true;
    for (TableReference reference : query.tables()) {
      if (!reference.cte()) {
        Relation source = session.relation(reference);
        if (source.kind() == RelationKind.VIEW && !rights.catalogued(source.name())) {
          throw refused(MaskingErrorCode.CONSTRUCT_REFUSED, "a copy of a view", view, at);
        }
        Coverage coverage = of(source, at);
        sources.put(reference, coverage);
        open &= coverage.isOpen();
        if (!coverage.filters().isEmpty()) {
          throw refused(MaskingErrorCode.CONSTRUCT_REFUSED, "a copy of filtered rows", view, at);
        }
      }
    }
    Map<String, Treatment> treatments = new HashMap<>();
    for (int i = 0; i < view.columns().size(); i++) {
      List<OutputColumn> outputs = query.outputs();
      List<String> source = i < outputs.size() ? outputs.get(i).source() : List.of();
      treatments.put(view.columns().get(i).name(), open ? PLAIN : treatmentOf(source, sources));
    }
    return new Coverage(view, treatments, List.of());
  }

  private static Treatment treatmentOf(List<String> source, Map<TableReference, Coverage> sources) {
    if (source.isEmpty()) {
      return new Treatment.Hidden("computed of protected columns");
    }
    String column = source.getLast();
    Set<Treatment> found = new LinkedHashSet<>();
    for (Map.Entry<TableReference, Coverage> entry : sources.entrySet()) {
      boolean named =
          source.size() == 1 || entry.getKey().visibleName().equals(source.get(source.size() - 2));
      if (named && entry.getValue().relation().has(column)) {
        found.add(entry.getValue().of(column));
      }
    }
    return found.isEmpty() ? new Treatment.Hidden("of unclear origin") : strictest(found);
  }

  private static StatementRefused refused(
      MaskingErrorCode code, String what, Relation relation, int at) {
    return new StatementRefused(code, what + " " + relation.name(), at);
  }
}

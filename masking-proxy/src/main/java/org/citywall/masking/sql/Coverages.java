// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
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

  private Coverage find(Relation relation, int at) {
    return switch (relation.kind()) {
      case SYSTEM -> system(relation, at);
      case SEQUENCE -> throw refused(MaskingErrorCode.RELATION_REFUSED, "sequence", relation, at);
      case MATVIEW -> rights.catalogued(relation.name()) ? table(relation, at) : copy(relation, at);
      case TABLE, PARTITIONED, FOREIGN, VIEW -> table(relation, at);
      // what a session keeps for itself it was shown before
      case TEMP -> own(relation);
    };
  }

  private Coverage system(Relation relation, int at) {
    if (!AllowList.RELATIONS.has(relation.name().toString())) {
      throw refused(MaskingErrorCode.RELATION_REFUSED, "system relation", relation, at);
    }
    return own(relation);
  }

  private static Coverage own(Relation relation) {
    Map<String, Treatment> open = new HashMap<>();
    relation.columns().forEach(column -> open.put(column.name(), PLAIN));
    return new Coverage(relation, open, List.of());
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
    List<String> filters = new ArrayList<>();
    ancestors.forEach(ancestor -> rights.rowFilter(ancestor).ifPresent(filters::add));
    for (TableName member : family.subList(ancestors.size(), family.size())) {
      if (rights.rowFilter(member).isPresent()) {
        throw refused(
            MaskingErrorCode.CONSTRUCT_REFUSED, "a descendant has a row filter", relation, at);
      }
    }
    return new Coverage(relation, treatments, filters);
  }

  private void follow(Relation relation, boolean up, List<TableName> found, Set<TableName> seen) {
    for (TableName next : up ? relation.parents() : relation.children()) {
      if (seen.add(next)) {
        found.add(next);
        session.relation(next).ifPresent(kin -> follow(kin, up, found, seen));
      }
    }
  }

  private Treatment strictest(List<TableName> family, String column) {
    Set<Treatment> found = new LinkedHashSet<>();
    for (TableName member : family) {
      boolean has = session.relation(member).map(kin -> kin.has(column)).orElse(true);
      if (has && rights.catalogued(member)) {
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

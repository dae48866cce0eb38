// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.Optional;
import java.util.Set;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.Category;
import org.citywall.masking.catalogue.Needs;
import org.jspecify.annotations.Nullable;

/**
 * What a policy lets one kind of person see. Equal where the policy is the same object and the
 * persons may see the same.
 */
public final class PersonRights implements Rights {

  private static final Treatment PLAIN = new Treatment.Plain();

  /** Data that is not sensitive needs nothing but a clearance. */
  private static final int LOWEST_LEVEL = 1;

  private final Policy policy;
  private final Profile profile;
  private final String version;

  PersonRights(Policy policy, Profile profile) {
    this.policy = policy;
    this.profile = profile;
    this.version = policy.version() + "/" + profile.digest();
  }

  /** What the person sees of a column, and why. */
  public ColumnDecision decide(TableName table, String column) {
    Catalogue catalogue = policy.catalogue();
    CataloguedTable known = catalogue.table(table).orElse(null);
    if (known == null) {
      Treatment treatment =
          passesUnknownTables() ? PLAIN : new Treatment.Hidden(Reason.TABLE_UNKNOWN.text());
      return new ColumnDecision(0, null, treatment, Reason.TABLE_UNKNOWN);
    }
    CataloguedColumn found = known.columns().get(column);
    if (found == null) {
      int level = catalogue.scheme().highest();
      return decision(new CataloguedColumn(column, level, null, null), known, true);
    }
    return decision(found, known, false);
  }

  private ColumnDecision decision(CataloguedColumn column, CataloguedTable table, boolean unknown) {
    Category category = column.category();
    Reason reason = obstacle(column, table);
    if (reason == Reason.ABOVE_CLEARANCE && unknown) {
      reason = Reason.COLUMN_UNKNOWN;
    }
    Treatment treatment = PLAIN;
    if (reason != Reason.WITHIN_CLEARANCE) {
      Treatment hidden = new Treatment.Hidden(reason.text());
      treatment = column.mask().<Treatment>map(Treatment.Masked::new).orElse(hidden);
    }
    return new ColumnDecision(
        column.level(), category == null ? null : category.name(), treatment, reason);
  }

  /** What keeps the person from the values, or that nothing does. */
  private Reason obstacle(CataloguedColumn column, CataloguedTable table) {
    if (profile.termOver()) {
      return Reason.TERM_OVER;
    }
    if (column.level() > profile.clearance()) {
      return Reason.ABOVE_CLEARANCE;
    }
    if (column.level() == LOWEST_LEVEL) {
      return Reason.WITHIN_CLEARANCE;
    }
    Category category = column.category();
    Reason ofCategory = category == null ? Reason.WITHIN_CLEARANCE : unmet(category.needs());
    return ofCategory == Reason.WITHIN_CLEARANCE ? unmet(table.needs()) : ofCategory;
  }

  private Reason unmet(Needs needs) {
    if (!needs.purposes().isEmpty()
        && profile.purposes().stream().noneMatch(needs.purposes()::contains)) {
      return Reason.PURPOSE;
    }
    if (!meets(needs.personTypes(), profile.type())) {
      return Reason.PERSON_TYPE;
    }
    return meets(needs.departments(), profile.department())
        ? Reason.WITHIN_CLEARANCE
        : Reason.DEPARTMENT;
  }

  private static <T> boolean meets(Set<T> asked, @Nullable T has) {
    return asked.isEmpty() || has != null && asked.contains(has);
  }

  @Override
  public Treatment of(TableName table, String column) {
    return decide(table, column).treatment();
  }

  @Override
  public boolean catalogued(TableName table) {
    return policy.catalogue().table(table).isPresent();
  }

  @Override
  public boolean passesUnknownTables() {
    return policy.unknownTable() == UnknownTable.OBSERVE && !profile.termOver();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Optional<String> rowFilter(TableName table) {
    return Optional.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PersonRights rights
        && rights.policy.equals(policy)
        && rights.profile.equals(profile);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  @Override
  public String toString() {
    return "rights " + version;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.Category;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.sql.ColumnUse;
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
  private final List<Profile> profiles;
  private final Granting granting;

  /** Names the answers without grants. */
  private final String profile;

  private final String version;

  /** Of somebody who was granted nothing. */
  PersonRights(Policy policy, List<Profile> profiles) {
    this(
        policy,
        profiles,
        Granting.NOTHING,
        policy.version()
            + profiles.stream().map(Profile::digest).collect(Collectors.joining("+", "/", "")));
  }

  private PersonRights(Policy policy, List<Profile> profiles, Granting granting, String profile) {
    this.policy = policy;
    this.profiles = profiles;
    this.granting = granting;
    this.profile = profile;
    this.version = profile + granting.version();
  }

  /** The same with other grants. */
  PersonRights with(Granting other) {
    return new PersonRights(policy, profiles, other, profile);
  }

  @Override
  public PersonRights forStatement(String sql) {
    Granting bound = granting.forStatement(sql);
    return bound.equals(granting) ? this : with(bound);
  }

  @Override
  public Optional<Meter> meter(List<ColumnUse> uses) {
    return granting.meter(uses);
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
    Optional<Grant> grant = unknown ? Optional.empty() : grant(column, table);
    Reason reason = obstacle(column, table, grant.isPresent());
    if (reason == Reason.ABOVE_CLEARANCE && unknown) {
      reason = Reason.COLUMN_UNKNOWN;
    }
    Treatment treatment = PLAIN;
    if (reason == Reason.WITHIN_CLEARANCE && grant.isPresent()) {
      reason = Reason.GRANTED;
      treatment = new Treatment.Granted(List.of(grant.get()));
    } else if (reason != Reason.WITHIN_CLEARANCE) {
      Treatment hidden = new Treatment.Hidden(reason.text());
      treatment = column.mask().<Treatment>map(Treatment.Masked::new).orElse(hidden);
    }
    return new ColumnDecision(
        column.level(), category == null ? null : category.name(), treatment, reason);
  }

  /** What lifts the bound of the person's clearance; empty where nothing does or has to. */
  private Optional<Grant> grant(CataloguedColumn column, CataloguedTable table) {
    boolean above = column.level() > profiles.getFirst().clearance();
    return above && column.level() <= policy.catalogue().scheme().highestGrant()
        ? granting.reading(table.name(), column)
        : Optional.empty();
  }

  /** What keeps the person, or the application, from the values, or that nothing does. */
  private Reason obstacle(CataloguedColumn column, CataloguedTable table, boolean granted) {
    return profiles.stream()
        .map(profile -> obstacle(profile, column, table, granted))
        .filter(reason -> reason != Reason.WITHIN_CLEARANCE)
        .findFirst()
        .orElse(Reason.WITHIN_CLEARANCE);
  }

  private static Reason obstacle(
      Profile profile, CataloguedColumn column, CataloguedTable table, boolean granted) {
    if (profile.termOver()) {
      return Reason.TERM_OVER;
    }
    if (profile.offHours()) {
      return Reason.OFF_HOURS;
    }
    // what an application may show to nobody, nobody is granted through it
    boolean lifted = granted && !profile.application();
    if (column.level() > profile.clearance() && !lifted) {
      return Reason.ABOVE_CLEARANCE;
    }
    if (column.level() == LOWEST_LEVEL) {
      return Reason.WITHIN_CLEARANCE;
    }
    Category category = column.category();
    Reason ofCategory =
        category == null ? Reason.WITHIN_CLEARANCE : profile.unmet(category.needs());
    return ofCategory == Reason.WITHIN_CLEARANCE ? profile.unmet(table.needs()) : ofCategory;
  }

  @Override
  public Treatment of(TableName table, String column) {
    return decide(table, column).treatment();
  }

  /**
   * {@inheritDoc} Only by a grant, never of the highest level, and only where nothing but the
   * clearance keeps the values from the person.
   */
  @Override
  public Optional<LookUpRight> lookUp(TableName table, String column) {
    CataloguedTable known = policy.catalogue().table(table).orElse(null);
    CataloguedColumn found = known == null ? null : known.columns().get(column);
    if (known == null || found == null) {
      return Optional.empty();
    }
    if (found.level() >= policy.catalogue().scheme().highest()
        || obstacle(found, known, true) != Reason.WITHIN_CLEARANCE) {
      return Optional.empty();
    }
    return granting.lookingUp(table, found).map(grant -> right(table, found, grant));
  }

  private static LookUpRight right(TableName table, CataloguedColumn column, Grant grant) {
    Category category = column.category();
    Grant.LookUps budget = Objects.requireNonNull(grant.lookUps(), grant.id());
    return new LookUpRight(
        table,
        column.name(),
        category == null ? null : category.identifier(),
        budget.values(),
        budget.period(),
        grant.id());
  }

  @Override
  public Optional<MaskedForm> maskedForm(TableName table, String column) {
    return policy
        .catalogue()
        .table(table)
        .map(known -> known.columns().get(column))
        .flatMap(found -> found.mask().map(mask -> form(mask, found.category())));
  }

  private static MaskedForm form(Mask mask, @Nullable Category category) {
    return new MaskedForm(mask, category == null ? null : category.identifier());
  }

  @Override
  public boolean catalogued(TableName table) {
    return policy.catalogue().table(table).isPresent();
  }

  @Override
  public boolean catalogued(TableName table, String column) {
    return policy
        .catalogue()
        .table(table)
        .filter(known -> known.columns().containsKey(column))
        .isPresent();
  }

  @Override
  public boolean passesUnknownTables() {
    return policy.unknownTable() == UnknownTable.OBSERVE
        && profiles.stream().noneMatch(one -> one.termOver() || one.offHours());
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String profile() {
    return profile;
  }

  @Override
  public Optional<String> rowFilter(TableName table) {
    return policy.catalogue().table(table).flatMap(known -> RowFilters.of(known, profiles));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PersonRights rights
        && rights.policy.equals(policy)
        && rights.profiles.equals(profiles)
        && rights.granting.equals(granting);
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

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.Category;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.facts.StatementText;
import org.jspecify.annotations.Nullable;

/**
 * What somebody was granted, as far as it holds now. Equal where the grants in force are.
 *
 * <p>Safe for use by several threads.
 */
public final class Granting {

  /** Nothing. */
  public static final Granting NOTHING =
      new Granting(
          List.of(),
          "",
          grants -> {
            throw new IllegalStateException("no grant has to be counted");
          });

  private final List<Grant> inForce;
  private final List<Grant> bound;
  private final String file;
  private final Function<List<Grant>, Meter> meters;

  /**
   * @param holding grants of the person that hold now; those of one statement come into force with
   *     it
   * @param file version of the file that they stand in
   * @param meters of runs that use such grants
   */
  public Granting(List<Grant> holding, String file, Function<List<Grant>, Meter> meters) {
    this(
        holding.stream().filter(grant -> grant.statement() == null).toList(),
        holding.stream().filter(grant -> grant.statement() != null).toList(),
        file,
        meters);
  }

  /**
   * All of these as if each held, those of one statement too: for who asks what could be shown and
   * runs nothing.
   */
  public static Granting ofAll(List<Grant> grants, String file) {
    return new Granting(List.copyOf(grants), List.of(), file, NOTHING.meters);
  }

  private Granting(
      List<Grant> inForce, List<Grant> bound, String file, Function<List<Grant>, Meter> meters) {
    this.inForce = inForce;
    this.bound = bound;
    this.file = file;
    this.meters = meters;
  }

  /** Whether no statement can come under a grant. */
  boolean isEmpty() {
    return inForce.isEmpty() && bound.isEmpty();
  }

  Granting forStatement(String sql) {
    if (bound.isEmpty()) {
      return this;
    }
    String digest = StatementText.digest(sql);
    List<Grant> all = new ArrayList<>(inForce);
    bound.stream().filter(grant -> digest.equals(grant.statement())).forEach(all::add);
    return all.size() == inForce.size() ? this : new Granting(all, List.of(), file, meters);
  }

  /** What lets the person read a column: where there are several, one that is not used up by it. */
  Optional<Grant> reading(TableName table, CataloguedColumn column) {
    return inForce.stream()
        .filter(grant -> grant.kind() == Grant.Kind.READ && covers(grant, table, column))
        .min(Comparator.comparing(Grant::isLimited));
  }

  /** What lets the person look rows up by a column: of several the one with most values. */
  Optional<Grant> lookingUp(TableName table, CataloguedColumn column) {
    return inForce.stream()
        .filter(grant -> grant.lookUps() != null && covers(grant, table, column))
        .max(Comparator.comparing(Granting::values));
  }

  private static long values(Grant grant) {
    Grant.LookUps budget = grant.lookUps();
    return budget == null ? 0 : budget.values();
  }

  private static boolean covers(Grant grant, TableName table, CataloguedColumn column) {
    Category category = column.category();
    return grant.covers(table, column.name(), category == null ? null : category.name());
  }

  Optional<Meter> meter(List<ColumnUse> uses) {
    if (inForce.isEmpty()) {
      return Optional.empty();
    }
    List<Grant> limited =
        uses.stream()
            .map(ColumnUse::treatment)
            .flatMap(
                treatment ->
                    treatment instanceof Treatment.Granted granted
                        ? granted.grants().stream()
                        : Stream.empty())
            .filter(Grant::isLimited)
            .distinct()
            .toList();
    return limited.isEmpty() ? Optional.empty() : Optional.of(meters.apply(limited));
  }

  /** Names the grants in force; empty where there are none. */
  String version() {
    return inForce.isEmpty()
        ? ""
        : inForce.stream().map(Grant::id).collect(Collectors.joining(",", "/" + file + ":", ""));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Granting granting
        && granting.inForce.equals(inForce)
        && granting.version().equals(version());
  }

  @Override
  public int hashCode() {
    return inForce.hashCode();
  }
}

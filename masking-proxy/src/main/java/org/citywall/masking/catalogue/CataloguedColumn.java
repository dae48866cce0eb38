// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.Optional;
import org.citywall.masking.mask.Mask;
import org.jspecify.annotations.Nullable;

/**
 * A column that the catalogue grades.
 *
 * @param name as PostgreSQL stores it
 * @param level by the catalogue's scheme
 * @param category null where only the level is known
 * @param ownMask the exception to what its category says; null where there is none
 * @param type as the database had it when the column was catalogued, for example {@code character
 *     varying(18)}; null where that is open. It decides nothing; comparisons tell of changes.
 */
public record CataloguedColumn(
    String name,
    int level,
    @Nullable Category category,
    @Nullable Mask ownMask,
    @Nullable String type) {

  /** A column whose type is open. */
  public CataloguedColumn(
      String name, int level, @Nullable Category category, @Nullable Mask ownMask) {
    this(name, level, category, ownMask, null);
  }

  /** What they see who may not see the value; empty where they see nothing. */
  public Optional<Mask> mask() {
    if (ownMask != null || category == null) {
      return Optional.ofNullable(ownMask);
    }
    return category.maskAt(level);
  }
}

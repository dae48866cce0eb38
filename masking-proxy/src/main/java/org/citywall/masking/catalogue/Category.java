// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.Map;
import java.util.Optional;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.Mask;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every column of a category.
 *
 * @param name for example {@code personal.id-card}
 * @param level of columns that name the category and no level of their own; null where they have to
 *     name one
 * @param mask for who may not see the values; null where they see nothing
 * @param masks for columns of a level, in the place of that
 * @param identifier what each value is; null where values have no form of their own
 */
public record Category(
    String name,
    @Nullable Integer level,
    @Nullable Mask mask,
    Map<Integer, Mask> masks,
    Needs needs,
    @Nullable IdentifierKind identifier) {

  public Category {
    masks = Map.copyOf(masks);
  }

  /** The mask of columns of this level. */
  public Optional<Mask> maskAt(int columnLevel) {
    return Optional.ofNullable(masks.get(columnLevel)).or(() -> Optional.ofNullable(mask));
  }
}

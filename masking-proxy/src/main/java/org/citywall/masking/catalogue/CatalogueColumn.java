// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * A column of a data set.
 *
 * @param category what kind of data it is, for example {@code personal.id-card}; null where only
 *     the level is known
 */
public record CatalogueColumn(String name, DataLevel level, @Nullable String category) {

  public CatalogueColumn {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }
}

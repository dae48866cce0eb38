// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import org.jspecify.annotations.Nullable;

/**
 * A unit of the city. It stands in two trees: that of territory (块, who governs it) and that of the
 * sector line (条, the same bureau one level up).
 *
 * @param code region and bureau, for example {@code 339902-RSJ}
 * @param region six digits of a fictitious region
 * @param bureau letters of the bureau, the same on every level; {@code ZF} is the government
 * @param territory unit above it in the tree of territory; null for the city's government
 * @param sector unit above it in the sector line; null at the top of a line
 */
public record Unit(
    String code,
    String name,
    String region,
    String bureau,
    @Nullable String territory,
    @Nullable String sector) {

  /** Whether the unit belongs to the city itself and not to a district. */
  public boolean ofCity() {
    return region.equals(DemoCity.REGION);
  }
}

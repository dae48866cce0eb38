// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import org.jspecify.annotations.Nullable;

/**
 * Whose statement it is and what for.
 *
 * @param purpose that was declared for it; null where none was, so that each of the person's counts
 * @param ticket of the case that it belongs to, as the application names it; null for none
 * @param application whose log-in the person uses; null where the person logged in
 */
public record StatementContext(
    Person person,
    @Nullable String purpose,
    @Nullable String ticket,
    @Nullable Person application) {

  /** Of a person who has logged in and declared nothing. */
  public static StatementContext of(Person person) {
    return new StatementContext(person, null, null, null);
  }
}

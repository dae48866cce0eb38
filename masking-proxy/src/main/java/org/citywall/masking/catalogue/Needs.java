// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.Set;

/**
 * What it takes besides the clearance to see values as they are. An empty set asks for nothing; of
 * one that is not empty a person has to meet one.
 *
 * @param purposes for which data may be used, for example {@code statistics}
 * @param declaredPurpose whether the purpose has to be declared; without it each one counts that
 *     the person has
 * @param departments codes of units
 */
public record Needs(
    Set<String> purposes,
    boolean declaredPurpose,
    Set<PersonType> personTypes,
    Set<String> departments) {

  /** Nothing. */
  public static final Needs NONE = new Needs(Set.of(), false, Set.of(), Set.of());

  public Needs {
    purposes = Set.copyOf(purposes);
    personTypes = Set.copyOf(personTypes);
    departments = Set.copyOf(departments);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.Set;

/**
 * What it takes besides the clearance to see values as they are. An empty set asks for nothing; of
 * one that is not empty a person has to meet one.
 *
 * @param purposes for which data may be used, for example {@code statistics}
 * @param departments codes of units
 */
public record Needs(Set<String> purposes, Set<PersonType> personTypes, Set<String> departments) {

  /** Nothing. */
  public static final Needs NONE = new Needs(Set.of(), Set.of(), Set.of());

  public Needs {
    purposes = Set.copyOf(purposes);
    personTypes = Set.copyOf(personTypes);
    departments = Set.copyOf(departments);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;

/** Who of the outsourced works at night by roster. */
final class Nights {

  static final String ROSTER = "night";

  private Nights() {}

  static boolean isOnNightRoster(Person person, City city) {
    return person.type() == PersonType.OUTSOURCED && city.nightShift().contains(person);
  }
}

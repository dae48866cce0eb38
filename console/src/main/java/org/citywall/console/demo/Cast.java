// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import java.util.function.Predicate;

/**
 * The persons of the planted stories.
 *
 * @param walker outsourced engineer of the vendor whose agreement expired
 * @param exporter analyst who exports without a ticket
 * @param licensedExporter analyst who exports with one
 * @param onCallEngineer outsourced engineer who works at night with a ticket
 * @param forgetful person who mistypes a password
 * @param victim operator whose password is guessed from outside
 */
record Cast(
    Person walker,
    Person exporter,
    Person licensedExporter,
    Person onCallEngineer,
    Person forgetful,
    Person victim) {

  static Cast of(List<Person> persons, Vendor expired) {
    return new Cast(
        pick(persons, p -> expired.id().equals(p.vendor()) && p.unit().endsWith("-RSJ")),
        pick(persons, p -> p.duty() == Duty.ANALYST && p.unit().equals("339900-GAJ")),
        pick(persons, p -> p.duty() == Duty.ANALYST && p.unit().equals("339900-ZJJ")),
        pick(
            persons,
            p ->
                p.type() == PersonType.OUTSOURCED
                    && !expired.id().equals(p.vendor())
                    && p.unit().equals("339900-YBJ")),
        pick(persons, p -> p.duty() == Duty.CLERK && p.unit().equals("339903-MZJ")),
        pick(persons, p -> p.duty() == Duty.OPERATOR && p.unit().equals("339900-JTJ")));
  }

  boolean includes(Person person) {
    return List.of(walker, exporter, licensedExporter, onCallEngineer, victim).contains(person);
  }

  private static Person pick(List<Person> persons, Predicate<Person> role) {
    return persons.stream().filter(role).findFirst().orElseThrow();
  }
}

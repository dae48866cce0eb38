// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.masking.catalogue.DataSet;

/** How much everybody does on an ordinary working day. */
final class Rates {

  /** Most rows of a page. */
  static final int PAGE = 20;

  /** Rows that a search field answers with while somebody types, in all. */
  private static final int TYPED_ROWS = 60;

  /** Share of all background events that people may make. */
  private static final double PEOPLE = 0.6;

  private static final double WORKED = 0.7;
  private static final double FEW = 5;

  private Rates() {}

  static double statements(Person person, City city) {
    Habits habits = city.habits();
    double full =
        switch (person.duty()) {
          case CLERK -> person.type() == PersonType.OUTSOURCED ? habits.engineer() : habits.clerk();
          case ANALYST -> habits.analyst();
          case OPERATOR, BATCH -> 0;
        };
    return full * scale(city);
  }

  /** Distinct residents whom a clerk of such a bureau meets on a working day, about. */
  static double subjectsOfClerk(City city, String bureau) {
    long all = 0;
    long personal = 0;
    for (DataSet set : city.dataSets()) {
      if (city.unit(set.owner()).bureau().equals(bureau)) {
        all++;
        personal += set.subjectColumn() == null ? 0 : 1;
      }
    }
    return subjects(city) * personal / Math.max(1, all);
  }

  /** Rows that a clerk reads on a working day, about. */
  static double rowsOfClerk(City city) {
    Habits habits = city.habits();
    return subjects(city)
        + habits.clerk() * scale(city) * habits.lookUps() * habits.typed() * TYPED_ROWS;
  }

  private static double subjects(City city) {
    Habits habits = city.habits();
    double each = habits.lookUps() + habits.pages() * (PAGE + 1) / 2.0;
    return habits.clerk() * scale(city) * each;
  }

  /** Below one where fewer events are wanted than people would make. */
  private static double scale(City city) {
    return Math.min(1, city.options().events() * PEOPLE / full(city));
  }

  private static double full(City city) {
    Habits habits = city.habits();
    double perDay =
        city.persons().stream()
            .mapToDouble(
                p ->
                    switch (p.duty()) {
                      case CLERK -> habits.clerk();
                      case ANALYST -> habits.analyst();
                      case OPERATOR, BATCH -> FEW;
                    })
            .sum();
    return perDay * city.options().days() * WORKED;
  }

  /** Events that machines make in all, so that the number wanted is reached. */
  static double ofMachines(City city) {
    double people = Math.min(full(city), city.options().events() * PEOPLE);
    return Math.max(0, city.options().events() - people);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.LocalDate;
import java.util.random.RandomGenerator;

/**
 * When, within a day, people work: busy mornings and afternoons, a quiet lunch, nobody at night.
 */
final class Rhythm {

  private static final long HOUR = 3_600_000_000L;
  private static final int[] STAFF = {
    0, 0, 0, 0, 0, 0, 0, 0, 4, 14, 16, 11, 3, 7, 14, 15, 12, 6, 1, 0, 0, 0, 0, 0
  };
  private static final int[] OUTSOURCED = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 14, 10, 2, 6, 12, 12, 9, 0, 0, 0, 0, 0, 0, 0
  };

  private final long midnight;
  private final RandomGenerator random;

  Rhythm(LocalDate day, RandomGenerator random) {
    this.midnight = day.atStartOfDay(CityCalendar.ZONE).toEpochSecond() * 1_000_000;
    this.random = random;
  }

  /** Beginning of the day in microseconds since the epoch. */
  long midnight() {
    return midnight;
  }

  /** A moment at which this person might do something, in microseconds since the epoch. */
  long moment(Person person) {
    return moment(person.type() == PersonType.OUTSOURCED ? OUTSOURCED : STAFF);
  }

  /** A moment at or after this time of the day. */
  long between(int fromHour, int untilHour) {
    return midnight + fromHour * HOUR + random.nextLong((untilHour - fromHour) * HOUR);
  }

  private long moment(int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int draw = random.nextInt(sum);
    int hour = 0;
    while (draw >= weights[hour]) {
      draw -= weights[hour++];
    }
    return midnight + hour * HOUR + random.nextLong(HOUR);
  }
}

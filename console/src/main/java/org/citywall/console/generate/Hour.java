// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One hour of the city's time.
 *
 * @param start in microseconds since the epoch
 * @param number hour of the day, 0..23
 * @param random a generator of this hour's own
 */
record Hour(
    LocalDate day, int number, long start, boolean workday, Habits habits, RandomGenerator random) {

  private static final int MONTH_END_DAYS = 3;
  private static final double MONTH_END = 1.6;

  static Hour of(City city, int count) {
    LocalDate day = city.day(count / 24);
    return new Hour(
        day,
        count % 24,
        city.midnight(day) + count % 24 * Script.HOUR,
        city.works(day),
        city.habits(),
        city.random("hour", count));
  }

  long moment() {
    return start + random.nextLong(Script.HOUR);
  }

  long end() {
    return start + Script.HOUR;
  }

  /** Share of a working day's events of staff. */
  double shareOfStaff() {
    return share(habits.staff());
  }

  double shareOfOutsourced() {
    return share(habits.outsourced());
  }

  private double share(List<Integer> weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return (double) weights.get(number) / sum;
  }

  /** More is done in the last days of a month. */
  double season() {
    return day.plusDays(MONTH_END_DAYS).getMonth() == day.getMonth() ? 1 : MONTH_END;
  }

  /** How busy machines are, one on average. */
  double shareOfMachines() {
    return number < 7 || number > 21 ? 0.45 : 1.34;
  }

  /** A whole number that is this on average. */
  int about(double expected) {
    int whole = (int) expected;
    return whole + (random.nextDouble() < expected - whole ? 1 : 0);
  }
}

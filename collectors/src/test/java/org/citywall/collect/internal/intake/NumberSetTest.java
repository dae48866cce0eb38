// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.collect.internal.intake.NumberSet.Range;
import org.junit.jupiter.api.Test;

class NumberSetTest {

  @RandomizedTest(iterations = 200)
  void agreesWithASetOfSingleNumbers(RandomGenerator random) {
    NumberSet ranges = new NumberSet(1000);
    TreeSet<Long> singles = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      long number = random.nextLong(1, 60);
      if (random.nextInt(3) > 0) {
        ranges.add(number);
        singles.add(number);
      } else {
        assertThat(ranges.remove(number)).isEqualTo(singles.remove(number));
      }
    }

    List<Long> listed = new ArrayList<>();
    for (Range range : ranges.ranges()) {
      for (long number = range.first(); number <= range.last(); number++) {
        listed.add(number);
      }
    }
    assertThat(listed).containsExactlyElementsOf(singles);
    for (long number = 1; number < 60; number++) {
      assertThat(ranges.contains(number)).isEqualTo(singles.contains(number));
    }
    long first = random.nextLong(1, 60);
    long last = random.nextLong(first, 61);
    List<Long> missing = new ArrayList<>();
    for (Range range : ranges.missing(first, last)) {
      for (long number = range.first(); number <= range.last(); number++) {
        missing.add(number);
      }
    }
    List<Long> expected = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      if (!singles.contains(number)) {
        expected.add(number);
      }
    }
    assertThat(missing).isEqualTo(expected);
  }

  @Test
  void forgetsTheLowestRangeBeyondItsCapacity() {
    NumberSet ranges = new NumberSet(2);
    ranges.add(1);
    ranges.add(5);
    ranges.add(9);

    assertThat(ranges.ranges()).containsExactly(new Range(5, 5), new Range(9, 9));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Who is busy with what is staged on which days, so that no two instances mix. */
final class Diary {

  private record Busy(String name, LocalDate day) {}

  private final Set<Busy> busy = new HashSet<>();

  /**
   * One of these who is free on these days, and is not any more.
   *
   * @param days how many from the first on
   */
  <T> T engage(
      List<T> candidates,
      Function<T, String> name,
      LocalDate first,
      int days,
      RandomGenerator random) {
    List<T> left = new ArrayList<>(candidates);
    while (!left.isEmpty()) {
      T candidate = left.remove(random.nextInt(left.size()));
      if (isFree(name.apply(candidate), first, days)) {
        for (int i = 0; i < days; i++) {
          busy.add(new Busy(name.apply(candidate), first.plusDays(i)));
        }
        return candidate;
      }
    }
    throw new IllegalArgumentException("the city is too small for so many instances");
  }

  private boolean isFree(String name, LocalDate first, int days) {
    for (int i = 0; i < days; i++) {
      if (busy.contains(new Busy(name, first.plusDays(i)))) {
        return false;
      }
    }
    return true;
  }
}

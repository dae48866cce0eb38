// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.List;
import org.citywall.console.demo.Person;

/**
 * Residents whose records are watched, and the records of the people who work with data. None of
 * them is among those whom everybody meets by chance.
 */
final class WatchedRecords {

  private static final int WATCHED = 12;

  private final Marks marks;
  private final List<String> watched = new ArrayList<>();

  WatchedRecords(Marks marks) {
    this.marks = marks;
    for (int i = 0; i < WATCHED; i++) {
      watched.add(marks.of("watched", i));
    }
  }

  List<String> watched() {
    return List.copyOf(watched);
  }

  /** The person's own record as a resident. */
  String own(Person person) {
    return marks.of("own", person.id());
  }

  /** Record of a relative. */
  String relative(Person person) {
    return marks.of("relative", person.id());
  }
}

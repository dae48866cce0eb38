// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** Numbers the fields that rules test, so that a test finds its values by number. */
final class FieldSlots {

  /** A name that fills a slot; the lowest rank that the event has wins. */
  private record Use(int slot, int rank) {}

  private final Map<List<String>, Integer> slots = new HashMap<>();
  private final Map<String, List<Use>> uses = new HashMap<>();
  private final Map<Field, List<Use>> usesOfFields = new EnumMap<>(Field.class);

  /** The slot of a field that goes by these names, the first preferred. */
  int slot(List<String> names) {
    Integer known = slots.get(names);
    if (known != null) {
      return known;
    }
    int slot = slots.size();
    slots.put(names, slot);
    for (int rank = 0; rank < names.size(); rank++) {
      String name = names.get(rank);
      List<Use> ofName = uses.computeIfAbsent(name, n -> new ArrayList<>());
      ofName.add(new Use(slot, rank));
      Field.named(name).ifPresent(field -> usesOfFields.put(field, ofName));
    }
    return slot;
  }

  int size() {
    return slots.size();
  }

  /** Puts the values of the event into their slots and empties the others. */
  void fill(SigmaEvent event, @Nullable FieldValue[] values, int[] ranks) {
    Arrays.fill(values, null);
    event.forEach(
        usesOfFields::get, uses::get, (wanted, value) -> put(wanted, value, values, ranks));
  }

  private static void put(
      List<Use> wanted, FieldValue value, @Nullable FieldValue[] values, int[] ranks) {
    for (Use use : wanted) {
      if (values[use.slot()] == null || use.rank() < ranks[use.slot()]) {
        values[use.slot()] = value;
        ranks[use.slot()] = use.rank();
      }
    }
  }
}

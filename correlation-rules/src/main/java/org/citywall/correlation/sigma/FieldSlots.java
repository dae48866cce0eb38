// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the fields that rules test, so that a test finds its values by number. */
final class FieldSlots {

  /** A name that fills a slot; the lowest rank that the event has wins. */
  private record Use(int slot, int rank) {}

  private final Map<List<String>, Integer> slots = new HashMap<>();
  private final Map<String, List<Use>> uses = new HashMap<>();

  /** The slot of a field that goes by these names, the first preferred. */
  int slot(List<String> names) {
    Integer known = slots.get(names);
    if (known != null) {
      return known;
    }
    int slot = slots.size();
    slots.put(names, slot);
    for (int rank = 0; rank < names.size(); rank++) {
      uses.computeIfAbsent(names.get(rank), name -> new ArrayList<>()).add(new Use(slot, rank));
    }
    return slot;
  }

  int size() {
    return slots.size();
  }

  /** Puts the values of the event into their slots and empties the others. */
  void fill(SigmaEvent event, @Nullable FieldValue[] values, int[] ranks) {
    Arrays.fill(values, null);
    event
        .fields()
        .forEach(
            (name, value) -> {
              List<Use> wanted = uses.get(name);
              for (int i = 0; wanted != null && i < wanted.size(); i++) {
                Use use = wanted.get(i);
                if (values[use.slot()] == null || use.rank() < ranks[use.slot()]) {
                  values[use.slot()] = value;
                  ranks[use.slot()] = use.rank();
                }
              }
            });
  }
}

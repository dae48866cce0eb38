// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules of one log source by what an event must have for them to be worth evaluating. */
final class CandidateIndex {

  private final int[] always;
  private final SlotIndex[] slots;
  private final @Nullable AhoCorasick keywords;

  /** How values of one field lead to rules. */
  private record SlotIndex(
      int slot, int[] present, Map<String, int[]> exact, @Nullable AhoCorasick parts) {}

  private CandidateIndex(int[] always, SlotIndex[] slots, @Nullable AhoCorasick keywords) {
    this.always = always;
    this.slots = slots;
    this.keywords = keywords;
  }

  /** Tells the numbers of all rules that the event could match, some of them more than once. */
  void candidates(Evaluation event, Consumer<int[]> numbers) {
    numbers.accept(always);
    for (SlotIndex index : slots) {
      FieldValue value = event.values[index.slot()];
      if (value != null) {
        numbers.accept(index.present());
        for (int i = 0; i < value.size(); i++) {
          look(index, value.folded(i), numbers);
        }
      }
    }
    if (keywords != null) {
      for (FieldValue value : event.all()) {
        for (int i = 0; i < value.size(); i++) {
          keywords.search(value.folded(i), numbers);
        }
      }
    }
  }

  private static void look(SlotIndex index, String text, Consumer<int[]> numbers) {
    int[] exact = index.exact().get(text);
    if (exact != null) {
      numbers.accept(exact);
    }
    if (index.parts() != null) {
      index.parts().search(text, numbers);
    }
  }

  /** Collects the needs of rules. */
  static final class Builder {

    private final List<Integer> always = new ArrayList<>();
    private final Map<Integer, List<Integer>> present = new TreeMap<>();
    private final Map<Integer, Map<String, List<Integer>>> exact = new TreeMap<>();
    private final Map<Integer, Map<String, List<Integer>>> parts = new TreeMap<>();

    void addAlways(int rule) {
      always.add(rule);
    }

    void add(int rule, Need need) {
      switch (need) {
        case Need.Present field ->
            present.computeIfAbsent(field.slot(), s -> new ArrayList<>()).add(rule);
        case Need.Exact text -> add(exact, text.slot(), text.text(), rule);
        case Need.Part text -> add(parts, text.slot(), text.text(), rule);
      }
    }

    private static void add(
        Map<Integer, Map<String, List<Integer>>> index, int slot, String text, int rule) {
      index
          .computeIfAbsent(slot, s -> new HashMap<>())
          .computeIfAbsent(text, t -> new ArrayList<>())
          .add(rule);
    }

    CandidateIndex build() {
      TreeMap<Integer, Boolean> used = new TreeMap<>();
      present.keySet().forEach(slot -> used.put(slot, true));
      exact.keySet().forEach(slot -> used.put(slot, true));
      parts.keySet().forEach(slot -> used.put(slot, true));
      used.remove(Needs.ALL_FIELDS);
      return new CandidateIndex(
          array(always),
          used.keySet().stream().map(this::slotIndex).toArray(SlotIndex[]::new),
          automaton(parts.get(Needs.ALL_FIELDS)));
    }

    private SlotIndex slotIndex(int slot) {
      return new SlotIndex(
          slot,
          array(present.getOrDefault(slot, List.of())),
          arrays(exact.getOrDefault(slot, Map.of())),
          automaton(parts.get(slot)));
    }

    private static @Nullable AhoCorasick automaton(@Nullable Map<String, List<Integer>> words) {
      return words == null ? null : new AhoCorasick(arrays(words));
    }

    private static Map<String, int[]> arrays(Map<String, List<Integer>> lists) {
      Map<String, int[]> arrays = new HashMap<>();
      lists.forEach((text, rules) -> arrays.put(text, array(rules)));
      return arrays;
    }

    private static int[] array(List<Integer> rules) {
      return rules.stream().distinct().mapToInt(Integer::intValue).toArray();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.jspecify.annotations.Nullable;

/**
 * What is otherwise in a later text of a catalogue than in an earlier one.
 *
 * @param changes by place: the head, groups, controls, items, in the order of the later text; what
 *     is gone comes last
 */
public record CatalogueDiff(List<Change> changes) {

  public CatalogueDiff {
    changes = List.copyOf(changes);
  }

  /** How a place differs. */
  public enum Kind {
    ADDED,
    CHANGED,
    MOVED,
    REMOVED
  }

  /**
   * One place.
   *
   * @param place id of a group, control or item; empty for the head
   * @param values what it says, before and after, by key
   */
  public record Change(Kind kind, String place, List<Value> values) {

    public Change {
      values = List.copyOf(values);
    }
  }

  /** A value that differs; null where there is none. */
  public record Value(String key, @Nullable String before, @Nullable String after) {}

  public static CatalogueDiff between(Catalogue before, Catalogue after) {
    Map<String, Map<String, String>> was = places(before);
    Map<String, Map<String, String>> is = places(after);
    Set<String> moved = moved(new ArrayList<>(was.keySet()), new ArrayList<>(is.keySet()));
    List<Change> changes = new ArrayList<>();
    is.forEach(
        (place, values) -> {
          Map<String, String> old = was.get(place);
          List<Value> differing = values(old == null ? Map.of() : old, values);
          if (old == null) {
            changes.add(new Change(Kind.ADDED, place, differing));
          } else if (!differing.isEmpty()) {
            changes.add(new Change(Kind.CHANGED, place, differing));
          } else if (moved.contains(place)) {
            changes.add(new Change(Kind.MOVED, place, List.of()));
          }
        });
    was.forEach(
        (place, values) -> {
          if (!is.containsKey(place)) {
            changes.add(new Change(Kind.REMOVED, place, values(values, Map.of())));
          }
        });
    return new CatalogueDiff(changes);
  }

  private static List<Value> values(Map<String, String> before, Map<String, String> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(before.get(key), after.get(key)))
        .map(key -> new Value(key, before.get(key), after.get(key)))
        .toList();
  }

  private static Map<String, Map<String, String>> places(Catalogue of) {
    Map<String, Map<String, String>> places = new LinkedHashMap<>();
    Map<String, String> head = wording(of.title(), "title");
    put(head, "family", of.family());
    put(head, "level", of.level());
    put(head, "source", of.source());
    put(head, "inherits-from", of.inheritsFrom());
    put(head, "to-be-confirmed", of.unconfirmed().isEmpty() ? null : sorted(of.unconfirmed()));
    places.put("", head);
    for (Group group : of.groups()) {
      Map<String, String> values = wording(group.title(), "title");
      put(values, "side", group.side());
      put(values, "weight", group.weight());
      put(
          values,
          "to-be-confirmed",
          group.unconfirmed().isEmpty() ? null : sorted(group.unconfirmed()));
      places.put(group.id(), values);
      for (Control control : group.controls()) {
        Map<String, String> point = wording(control.title(), "title");
        put(point, "in", group.id());
        places.put(control.id(), point);
        control.items().forEach(item -> places.put(item.id(), item(control, item)));
      }
    }
    return places;
  }

  private static Map<String, String> item(Control control, Item item) {
    Map<String, String> values = wording(item.text(), "text");
    put(values, "in", control.id());
    put(values, "importance", item.importance());
    put(values, "weight", item.weight());
    put(values, "method", item.method());
    put(values, "responsibility", item.responsibility());
    put(values, "how", item.how().isEmpty() ? null : item.how());
    return values;
  }

  private static Map<String, String> wording(Wording wording, String key) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, key + ".zh", wording.zh());
    put(values, key + ".en", wording.en());
    return values;
  }

  private static void put(Map<String, String> values, String key, @Nullable Object value) {
    if (value != null) {
      values.put(
          key,
          value instanceof Enum<?> word
              ? word.name().toLowerCase(Locale.ROOT).replace('_', '-')
              : value instanceof BigDecimal number ? number.toPlainString() : value.toString());
    }
  }

  private static String sorted(Set<Catalogue.Uncertainty> what) {
    return String.join(
        ", ", what.stream().sorted().map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** What left the order that both share: all common places but a longest row in the same order. */
  private static Set<String> moved(List<String> before, List<String> after) {
    List<String> common = after.stream().filter(new HashSet<>(before)::contains).toList();
    Map<String, Integer> positions = new LinkedHashMap<>();
    before.forEach(place -> positions.put(place, positions.size()));
    int[] length = new int[common.size()];
    int[] previous = new int[common.size()];
    int best = -1;
    for (int i = 0; i < length.length; i++) {
      length[i] = 1;
      previous[i] = -1;
      for (int j = 0; j < i; j++) {
        if (positions.getOrDefault(common.get(j), 0) < positions.getOrDefault(common.get(i), 0)
            && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          previous[i] = j;
        }
      }
      best = best < 0 || length[i] > length[best] ? i : best;
    }
    Set<String> moved = new HashSet<>(common);
    for (int at = best; at >= 0; at = previous[at]) {
      moved.remove(common.get(at));
    }
    return moved;
  }

  /** In one line for each value, as entries of the log tell it. */
  public String told() {
    StringBuilder told = new StringBuilder();
    for (Change change : changes) {
      String place =
          change.kind().name().toLowerCase(Locale.ROOT)
              + " "
              + (change.place().isEmpty() ? "head" : change.place());
      told.append(told.isEmpty() ? "" : "; ").append(place);
      for (Value value : change.values()) {
        told.append(' ')
            .append(value.key())
            .append(": ")
            .append(value.before() == null ? "-" : value.before())
            .append(" -> ")
            .append(value.after() == null ? "-" : value.after());
      }
    }
    return told.toString();
  }

  /** Places that differ, without the head. */
  public List<String> places() {
    return changes.stream().map(Change::place).filter(place -> !place.isEmpty()).toList();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;

/** A run of the generator with its events kept, each instance with its own. */
record CaseRun(List<Event> events, List<Case> cases) {

  /** Grants of staged views have a number at the end, those of every day a date. */
  static final Predicate<String> STAGED = id -> id.matches("GR-P[0-9]+-[0-9]{1,3}");

  static CaseRun of(GeneratorOptions options) {
    Generator generator = new Generator(options);
    List<Event> events = new ArrayList<>();
    Map<String, List<Event>> byAccount = new HashMap<>();
    Map<String, List<Event>> calls = new HashMap<>();
    Map<EventId, Event> byId = new HashMap<>();
    generator.play(
        event -> {
          events.add(event);
          byId.put(event.id(), event);
          add(byAccount, event.text(Field.USER_NAME), event);
          add(calls, event.text(Field.GOV_API_KEY_ID), event);
        });
    Staging staging = generator.staging();
    Case.World world =
        new Case.World(
            options, byAccount, calls, staging.tickets().all(), staging.city(), staging.watched());
    List<Case> cases =
        generator.truth().stream()
            .map(
                truth ->
                    new Case(
                        truth,
                        truth.events().stream()
                            .map(id -> Objects.requireNonNull(byId.get(id)))
                            .toList(),
                        world))
            .toList();
    return new CaseRun(events, cases);
  }

  private static void add(
      Map<String, List<Event>> index, @org.jspecify.annotations.Nullable String key, Event event) {
    if (key != null) {
      index.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;

/** One staging of a scenario; complete when its last event has been made. */
final class Instance {

  private final int scenario;
  private final Kind kind;
  private final int number;
  private final Set<String> actors = new LinkedHashSet<>();
  private final Map<String, Long> parameters = new LinkedHashMap<>();
  private final Set<Integer> also = new TreeSet<>();
  private final List<EventId> events = new ArrayList<>();
  private @Nullable Draft decisiveDraft;
  private @Nullable EventId decisive;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  Instance(int scenario, Kind kind, int number) {
    this.scenario = scenario;
    this.kind = kind;
    this.number = number;
  }

  Kind kind() {
    return kind;
  }

  String id() {
    return scenario + "-" + kind.label() + "-" + number;
  }

  void actor(String actor) {
    actors.add(actor);
  }

  void parameter(String name, long value) {
    parameters.put(name, value);
  }

  void also(int other) {
    also.add(other);
  }

  void decisive(Draft draft) {
    decisiveDraft = draft;
  }

  /** Takes note of an event that was made of one of its drafts. */
  void made(Draft draft, Event event) {
    events.add(event.id());
    from = Math.min(from, draft.at());
    to = Math.max(to, draft.at());
    if (draft == decisiveDraft) {
      decisive = event.id();
    }
  }

  /** What is true of it; nothing where none of its events fell into the time. */
  @Nullable Truth truth() {
    if (events.isEmpty()) {
      return null;
    }
    EventId last = events.getLast();
    return new Truth(
        scenario,
        id(),
        kind,
        List.copyOf(actors),
        time(from),
        time(to),
        decisive == null ? last : decisive,
        List.copyOf(also),
        new LinkedHashMap<>(parameters),
        List.copyOf(events));
  }

  private static Instant time(long micros) {
    return Micros.toInstant(micros);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;

/**
 * The events of a city in order of arrival, hour by hour: what is staged, and what everybody does
 * every day around it. Holds one hour at a time.
 */
final class EventStream {

  private final City city;
  private final Staging staging;
  private final OfficeHours office;
  private final Machines machines;
  private final Hosts hosts;
  private final long epoch;
  private final Map<String, long[]> sequences = new HashMap<>();
  private int nextStaged;

  EventStream(City city, Staging staging) {
    this.city = city;
    this.staging = staging;
    this.office = new OfficeHours(city, staging.facts());
    this.machines = new Machines(city, staging.facts());
    this.hosts = new Hosts(city);
    this.epoch = Micros.of(city.options().start());
  }

  /** Makes all of them; what an instance consists of is known afterwards. */
  void play(Consumer<Event> out) {
    List<Draft> waiting = new ArrayList<>();
    int hours = city.options().days() * 24;
    for (int i = 0; i < hours; i++) {
      Hour hour = Hour.of(city, i);
      office.make(hour, waiting::add);
      machines.make(hour, waiting::add);
      hosts.make(hour, i, waiting::add);
      waiting.removeIf(draft -> draft.instance() == null && isSilenced(draft));
      addStaged(hour, waiting);
      waiting.sort(Comparator.comparingLong(Draft::received));
      waiting = emit(waiting, i == hours - 1 ? Long.MAX_VALUE : hour.end(), out);
    }
  }

  private boolean isSilenced(Draft draft) {
    for (Staging.Silence silence : staging.silences()) {
      if (silence.covers(draft)) {
        return true;
      }
    }
    return false;
  }

  private void addStaged(Hour hour, List<Draft> waiting) {
    List<Draft> staged = staging.drafts();
    while (nextStaged < staged.size() && staged.get(nextStaged).at() < hour.end()) {
      waiting.add(staged.get(nextStaged++));
    }
  }

  /** What arrives later stays for the next hour. */
  private List<Draft> emit(List<Draft> drafts, long until, Consumer<Event> out) {
    int next = 0;
    while (next < drafts.size() && drafts.get(next).received() < until) {
      Draft draft = drafts.get(next++);
      Event event = event(draft);
      if (draft.instance() != null) {
        draft.instance().made(draft, event);
      }
      out.accept(event);
    }
    return new ArrayList<>(drafts.subList(next, drafts.size()));
  }

  private Event event(Draft draft) {
    if (draft.skippedRecords() > 0) {
      String origin = draft.text(Field.GOV_ORIGIN_ID);
      long[] last = sequences.computeIfAbsent(origin, source -> new long[1]);
      draft
          .put(Field.GOV_GAP_FROM, last[0] + 1)
          .put(Field.GOV_GAP_TO, last[0] + draft.skippedRecords());
      last[0] += draft.skippedRecords();
    }
    long sequence = ++sequences.computeIfAbsent(draft.source(), source -> new long[1])[0];
    Event.Builder event =
        Event.builder(
            new SourcePosition(draft.source(), epoch, sequence),
            Micros.toInstant(draft.claimed()),
            Micros.toInstant(draft.received()));
    draft.fill(event);
    return event.build();
  }
}

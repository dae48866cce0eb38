// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.web.IncidentView.Fact;

/** Gathers who did what to which data from the events behind an incident. */
final class Facts {

  private static final int SHOWN = 3;

  private static final Map<String, Function<Event, Stream<String>>> SOURCES = new LinkedHashMap<>();

  static {
    SOURCES.put("fact.person", Facts::person);
    SOURCES.put("fact.account", text(Field.USER_NAME));
    SOURCES.put("fact.person-type", text(Field.GOV_PERSON_TYPE));
    SOURCES.put("fact.unit", Facts::unit);
    SOURCES.put("fact.vendor", text(Field.GOV_VENDOR_ID));
    SOURCES.put("fact.address", text(Field.SOURCE_IP));
    SOURCES.put("fact.host", text(Field.HOST_NAME));
    SOURCES.put("fact.database", text(Field.DB_NAME));
    SOURCES.put("fact.table", event -> event.texts(Field.DB_TABLE).stream());
    SOURCES.put("fact.data-set", text(Field.GOV_CATALOGUE_ID));
    SOURCES.put("fact.owner", text(Field.GOV_OWNER_CODE));
    SOURCES.put("fact.level", Facts::level);
    SOURCES.put("fact.ticket", text(Field.GOV_TICKET_ID));
    SOURCES.put("fact.origin", text(Field.GOV_ORIGIN_ID));
  }

  private Facts() {}

  static List<Fact> of(List<LoggedEntry> entries) {
    List<Fact> facts = new ArrayList<>();
    SOURCES.forEach(
        (name, source) -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          for (LoggedEntry entry : entries) {
            source.apply(entry.event()).forEach(value -> counts.merge(value, 1, Integer::sum));
          }
          if (!counts.isEmpty()) {
            facts.add(fact(name, counts));
          }
        });
    return facts;
  }

  private static Fact fact(String name, Map<String, Integer> counts) {
    List<String> shown =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(SHOWN)
            .map(entry -> Legible.line(entry.getKey()))
            .toList();
    return new Fact(name, shown, counts.size() - shown.size());
  }

  private static Function<Event, Stream<String>> text(Field field) {
    return event -> Stream.ofNullable(event.text(field));
  }

  private static Stream<String> person(Event event) {
    return Stream.ofNullable(event.text(Field.USER_FULL_NAME));
  }

  private static Stream<String> unit(Event event) {
    String name = event.text(Field.GOV_DEPARTMENT_NAME);
    return Stream.ofNullable(name == null ? event.text(Field.GOV_DEPARTMENT_CODE) : name);
  }

  private static Stream<String> level(Event event) {
    Long level = event.number(Field.GOV_DATA_LEVEL);
    return level == null ? Stream.empty() : Stream.of("L" + level);
  }
}

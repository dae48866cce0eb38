// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;

/** The plainest way to count entries of {@link History}, which the ledger is held against. */
record Recount(List<Long> numbers, Set<Long> persons) {

  static Recount of(History history, LocalDate from, LocalDate to, Dimension by, String value) {
    long statements = 0;
    long unfinished = 0;
    long rows = 0;
    long known = 0;
    long claimed = 0;
    Set<Long> persons = new HashSet<>();
    for (LoggedEntry entry : accesses(history.entries(), from, to, by, value).toList()) {
      Event event = entry.event();
      if (entry.kind() == EntryKind.DECISION) {
        unfinished++;
        continue;
      }
      statements++;
      unfinished -= entry.kind() == EntryKind.COMPLETION ? 1 : 0;
      rows += event.number(Field.DB_ROWS_RETURNED, 0);
      known += event.number(Field.GOV_SUBJECTS_ROWS, 0);
      claimed += entry.kind() == EntryKind.EVENT ? event.number(Field.GOV_SUBJECTS_COUNT, 0) : 0;
      persons.addAll(history.persons(entry.leaf()));
    }
    return new Recount(List.of(statements, unfinished, rows, known, claimed), persons);
  }

  static List<Long> of(ExposureLine line) {
    return List.of(line.statements(), line.unfinished(), line.rows(), line.known(), line.claimed());
  }

  static Set<String> values(List<LoggedEntry> entries, LocalDate from, LocalDate to, Dimension by) {
    Set<String> values = new HashSet<>();
    entries.stream()
        .filter(entry -> isAccess(entry, from, to))
        .forEach(entry -> values.add(value(entry.event(), by)));
    return values;
  }

  private static Stream<LoggedEntry> accesses(
      List<LoggedEntry> entries, LocalDate from, LocalDate to, Dimension by, String value) {
    return entries.stream()
        .filter(entry -> isAccess(entry, from, to))
        .filter(entry -> value(entry.event(), by).equals(value));
  }

  private static boolean isAccess(LoggedEntry entry, LocalDate from, LocalDate to) {
    LocalDate day = entry.event().timestamp().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
    return !day.isBefore(from)
        && !day.isAfter(to)
        && entry.kind() != EntryKind.TICK
        && !"deny".equals(entry.event().text(Field.GOV_DECISION));
  }

  private static String value(Event event, Dimension by) {
    return switch (by) {
      case OPERATOR -> text(event, Field.USER_NAME);
      case ACCOUNT ->
          event.has(Field.USER_EFFECTIVE_NAME)
              ? text(event, Field.USER_EFFECTIVE_NAME)
              : text(event, Field.USER_NAME);
      case UNIT, RECIPIENT -> text(event, Field.GOV_DEPARTMENT_CODE);
      case OWNER -> text(event, Field.GOV_OWNER_CODE);
      case LEVEL -> Long.toString(event.number(Field.GOV_DATA_LEVEL, 0));
      case TABLE -> String.join(", ", event.texts(Field.DB_TABLE));
    };
  }

  private static String text(Event event, Field field) {
    return Objects.requireNonNullElse(event.text(field), "");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.SubjectTally;
import org.jspecify.annotations.Nullable;

/** Entries of a made-up log. */
final class History {

  static final Instant START = Instant.parse("2026-03-01T16:00:00Z");
  static final SubjectKey KEY = SubjectKey.of(Sensitive.of("history of a made-up city, its key"));

  private final List<LoggedEntry> entries = new ArrayList<>();
  private final Map<Long, Set<Long>> persons = new HashMap<>();

  List<LoggedEntry> entries() {
    return entries;
  }

  /** Hashes of all whom the entry of a leaf is about, also of those that it does not list. */
  Set<Long> persons(long leaf) {
    return persons.getOrDefault(leaf, Set.of());
  }

  /** Many entries of all kinds over more days than are kept. */
  static History random(RandomGenerator random, int count) {
    History history = new History();
    for (int i = 0; i < count; i++) {
      Instant at =
          START
              .plus(Duration.ofDays(100).multipliedBy(i).dividedBy(count))
              .minusSeconds(random.nextInt(50) == 0 ? random.nextInt(20_000_000) : 0);
      history.random(random, at);
    }
    return history;
  }

  private void random(RandomGenerator random, Instant at) {
    String user = "user" + random.nextInt(6);
    String table = "s.t" + random.nextInt(3);
    int level = random.nextInt(5);
    long rows = random.nextInt(40);
    switch (random.nextInt(6)) {
      case 0 -> decision(at, user, random.nextBoolean() ? "mask" : "deny");
      case 1 -> database(at, user, table, level, rows, random.nextInt(5));
      case 2 -> tick(at);
      default -> {
        SubjectTally persons = new SubjectTally(KEY);
        int known = random.nextInt(100) == 0 ? 400 : random.nextInt((int) rows + 1);
        for (int i = 0; i < known; i++) {
          String person = "person " + random.nextInt(3000);
          persons.person(person);
          this.persons
              .computeIfAbsent((long) entries.size(), leaf -> new HashSet<>())
              .add(KEY.hash(person));
        }
        persons.rows(known);
        completion(at, user, table, level, Math.max(rows, known), known == 0 ? null : persons);
      }
    }
  }

  void decision(Instant at, String user, String outcome) {
    add(
        EntryKind.DECISION,
        event(at, user)
            .put(Field.EVENT_DATASET, "citywall.masking_proxy")
            .put(Field.GOV_DECISION, outcome));
  }

  void completion(
      Instant at, String user, String table, int level, long rows, @Nullable SubjectTally persons) {
    Event.Builder event =
        event(at, user)
            .put(Field.EVENT_DATASET, "citywall.masking_proxy")
            .put(Field.EVENT_ACTION, "access-completed")
            .put(Field.GOV_DECISION, "mask")
            .put(Field.USER_EFFECTIVE_NAME, "desk")
            .put(Field.DB_TABLE, List.of(table))
            .put(Field.GOV_DATA_LEVEL, level)
            .put(Field.DB_ROWS_RETURNED, rows);
    if (persons != null) {
      persons.gathered().put(event);
    }
    add(EntryKind.COMPLETION, event);
  }

  void database(Instant at, String user, String table, int level, long rows, long claimed) {
    add(
        EntryKind.EVENT,
        event(at, user)
            .put(Field.DB_TABLE, List.of(table))
            .put(Field.GOV_OWNER_CODE, "owner")
            .put(Field.GOV_DATA_LEVEL, level)
            .put(Field.GOV_SUBJECTS_COUNT, claimed)
            .put(Field.DB_ROWS_RETURNED, rows));
  }

  void tick(Instant at) {
    add(EntryKind.TICK, event(at, "nobody"));
  }

  private Event.Builder event(Instant at, String user) {
    return Event.builder(new SourcePosition("source", 1, entries.size() + 1L), at, at)
        .put(Field.USER_NAME, user)
        .put(Field.GOV_DEPARTMENT_CODE, "unit-" + user.charAt(user.length() - 1));
  }

  void add(EntryKind kind, Event.Builder event) {
    entries.add(new LoggedEntry(entries.size(), kind, event.build()));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.subject.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * What one entry adds to the ledger.
 *
 * @param day days since 1970 by China's clock
 * @param statements 1 for one that ended, 0 for a decision
 * @param unfinished 1 for a decision that lets a statement pass, -1 for its completion
 * @param rows returned
 * @param changed rows inserted, updated or deleted
 * @param subjects whom the rows are about, as far as it is known
 * @param claimed persons by the source's own word, which tells nobody apart
 */
record Access(
    long leaf,
    int day,
    Place place,
    int statements,
    int unfinished,
    long rows,
    long changed,
    @Nullable Subjects subjects,
    long claimed) {

  /** Days begin at midnight in China. */
  static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private static final String PROXY = "citywall.masking_proxy";
  private static final String COMPLETED = "access-completed";
  private static final int HIGHEST = 4;

  /** What the entry adds; empty where it is about no access to data. */
  static Optional<Access> of(LoggedEntry entry) {
    Event event = entry.event();
    boolean proxy = PROXY.equals(event.text(Field.EVENT_DATASET));
    return switch (entry.kind()) {
      case DECISION ->
          proxy && !"deny".equals(event.text(Field.GOV_DECISION))
              ? Optional.of(access(entry, 0, 1))
              : Optional.empty();
      case COMPLETION ->
          proxy && COMPLETED.equals(event.text(Field.EVENT_ACTION))
              ? Optional.of(
                  access(entry, 1, "deny".equals(event.text(Field.GOV_DECISION)) ? 0 : -1))
              : Optional.empty();
      case EVENT ->
          event.has(Field.DB_ROWS_RETURNED) || event.has(Field.DB_ROWS_AFFECTED)
              ? Optional.of(access(entry, 1, 0))
              : Optional.empty();
      case STATE_CHANGE, TICK, CONTROL, RETENTION -> Optional.empty();
    };
  }

  private static Access access(LoggedEntry entry, int statements, int unfinished) {
    Event event = entry.event();
    boolean ended = statements > 0;
    Subjects subjects = ended ? Subjects.of(event).orElse(null) : null;
    return new Access(
        entry.leaf(),
        day(event),
        place(event, subjects),
        statements,
        unfinished,
        ended ? Math.max(0, event.number(Field.DB_ROWS_RETURNED, 0)) : 0,
        ended ? Math.max(0, event.number(Field.DB_ROWS_AFFECTED, 0)) : 0,
        subjects,
        ended && subjects == null ? Math.max(0, event.number(Field.GOV_SUBJECTS_COUNT, 0)) : 0);
  }

  private static int day(Event event) {
    long micros = Math.min(event.timestampMicros(), event.receivedMicros());
    long seconds = Math.floorDiv(micros, 1_000_000L) + ZONE.getTotalSeconds();
    return (int) Math.floorDiv(seconds, 86_400L);
  }

  static LocalDate date(int day) {
    return LocalDate.ofEpochDay(day);
  }

  private static Place place(Event event, @Nullable Subjects subjects) {
    String name = text(event, Field.USER_NAME);
    String person = text(event, Field.GOV_PERSON_ID);
    String application = text(event, Field.USER_EFFECTIVE_NAME);
    String unit = text(event, Field.GOV_DEPARTMENT_CODE);
    String vendor = text(event, Field.GOV_VENDOR_ID);
    List<String> tables = event.texts(Field.DB_TABLE).stream().distinct().sorted().toList();
    return new Place(
        person.isEmpty() ? name : person,
        application.isEmpty() ? name : application,
        unit,
        vendor.isEmpty() ? unit : vendor,
        text(event, Field.GOV_OWNER_CODE),
        String.join(", ", tables),
        subjects == null ? "" : subjects.key(),
        (int) Math.clamp(event.number(Field.GOV_DATA_LEVEL, 0), 0L, HIGHEST));
  }

  private static String text(Event event, Field field) {
    return Objects.requireNonNullElse(event.text(field), "");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Context} from {@code context.yaml}. Every list may be absent; names are in
 * kebab-case, enum values in any case, days as {@code 2026-03-01}, times of day as {@code "08:30"},
 * moments with their offset as {@code 2026-03-01T00:00:00+08:00}.
 *
 * <pre>{@code
 * version: "2026-03-01"
 * calendar:                       # without it: Monday to Friday, 08:30 to 17:30
 *   zone: Asia/Shanghai
 *   from: "08:30"
 *   to: "17:30"
 *   holidays: [2026-01-01]
 *   moved-workdays: [2026-02-14]
 * rosters:
 *   - name: night
 *     shifts: [{days: every_day, from: "22:00", to: "06:00"}]   # workdays, rest_days, every_day
 * units: [{code: 330100-SJJ, name: 数据局}]
 * vendors: [{id: V1, name: 甲公司, agreement-until: 2026-02-28, contract-until: 2026-12-31}]
 * persons:
 *   - {account: zhang, name: 张三, type: outsourced, unit: 330100-SJJ, vendor: V1, roster: night}
 * data-sets: [{table: social_security.*, level: 3, owner: 330100-RSJ, category: personal}]
 * tickets:                        # kind: on_call, export, maintenance, security_test
 *   - {id: T1, kind: export, subject: zhang, quota: 5000,
 *      from: 2026-03-01T08:00:00+08:00, to: 2026-03-01T18:00:00+08:00}
 * limits: [{type: staff, level: 3, rows-per-hour: 5000}]
 * shared-addresses: [10.1.0.1]
 * approved-statements: [9f2c]
 * }</pre>
 */
public final class ContextFile {

  private ContextFile() {}

  private record Calendar(
      @Nullable ZoneId zone,
      @Nullable LocalTime from,
      @Nullable LocalTime to,
      @Nullable Set<LocalDate> holidays,
      @Nullable Set<LocalDate> movedWorkdays) {

    WorkCalendar toCalendar() {
      WorkCalendar usual = WorkCalendar.weekdays();
      return new WorkCalendar(
          zone == null ? usual.zone() : zone,
          from == null ? usual.from() : from,
          to == null ? usual.to() : to,
          holidays == null ? Set.of() : holidays,
          movedWorkdays == null ? Set.of() : movedWorkdays);
    }
  }

  private record Document(
      @Nullable String version,
      @Nullable Calendar calendar,
      @Nullable List<Roster> rosters,
      @Nullable List<Context.Unit> units,
      @Nullable List<Context.Vendor> vendors,
      @Nullable List<Context.Person> persons,
      @Nullable List<Context.DataSet> dataSets,
      @Nullable List<Context.Ticket> tickets,
      @Nullable List<Context.RowLimit> limits,
      @Nullable Set<String> sharedAddresses,
      @Nullable Set<String> approvedStatements) {

    Context toContext(String version) {
      return new Context(
          version,
          calendar == null ? WorkCalendar.weekdays() : calendar.toCalendar(),
          orEmpty(rosters),
          orEmpty(units),
          orEmpty(vendors),
          orEmpty(persons),
          orEmpty(dataSets),
          orEmpty(tickets),
          orEmpty(limits),
          sharedAddresses == null ? Set.of() : sharedAddresses,
          approvedStatements == null ? Set.of() : approvedStatements);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
      return list == null ? List.of() : list;
    }
  }

  /** Reads the file; {@code COR-0004} where that fails, {@code COR-0003} where it is wrong. */
  public static Context read(Path file) {
    String yaml;
    try {
      yaml = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PlatformException(CorrelationErrorCode.CONTEXT_UNREADABLE, file.toString(), e);
    }
    return parse(String.valueOf(file.getFileName()), yaml);
  }

  /** Reads the text of a context file, which messages call by this name. */
  public static Context parse(String name, String yaml) {
    Document document =
        YamlReader.read(name, yaml, Document.class, CorrelationErrorCode.CONTEXT_INVALID);
    if (document.version() == null) {
      throw new PlatformException(
          CorrelationErrorCode.CONTEXT_INVALID, name + " at version: version is missing");
    }
    try {
      return document.toContext(document.version());
    } catch (RuntimeException e) {
      throw new PlatformException(
          CorrelationErrorCode.CONTEXT_INVALID, name + ": " + e.getMessage(), e);
    }
  }
}

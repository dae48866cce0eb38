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
 *   - {account: zhang, name: 张三, type: outsourced, unit: 330100-SJJ, vendor: V1, roster: night,
 *      group: fund-clerks, subject: DIGEST, related: [DIGEST], created: 2026-03-01T08:00:00+08:00,
 *      last-seen: MOMENT, returned: MOMENT, leaves: 2026-04-30, role-changed: MOMENT}
 * data-sets: [{table: social_security.*, level: 3, owner: 330100-RSJ, category: personal}]
 * tickets:                        # kind: one of Context.TicketKind
 *   - {id: T1, kind: export, subject: zhang, quota: 5000,
 *      from: 2026-03-01T08:00:00+08:00, to: 2026-03-01T18:00:00+08:00}
 * limits: [{type: staff, level: 3, rows-per-hour: 5000}]
 * shared-addresses: [10.1.0.1]
 * approved-statements: [9f2c]
 * sites: [{name: 330100-A, location: "30.25,120.17"}]
 * vpn-egress: [10.8.0.1]
 * backup-jobs: [{account: backup, address: 10.0.0.20, statement: 9f2c}]
 * api-contracts: [{key: K1, per-hour: 1000, per-day: 5000, burst: 200, fields: [name], version: v1}]
 * watch-list: [{subject: DIGEST, reason: public figure}]
 * honey: [H-1, population.vip]
 * own-watermarks: [W-1]
 * applications: [fund-core]
 * shards: [[etl-1, etl-2, etl-3]]
 * noised-accounts: [statistics]
 * shared-sightings: [DIGEST]
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
      @Nullable Set<String> approvedStatements,
      @Nullable List<DataFacts.Site> sites,
      @Nullable Set<String> vpnEgress,
      @Nullable List<DataFacts.BackupJob> backupJobs,
      @Nullable List<DataFacts.ApiContract> apiContracts,
      @Nullable List<DataFacts.Watched> watchList,
      @Nullable Set<String> honey,
      @Nullable Set<String> ownWatermarks,
      @Nullable Set<String> applications,
      @Nullable List<List<String>> shards,
      @Nullable Set<String> noisedAccounts,
      @Nullable Set<String> sharedSightings) {

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
          orEmpty(sharedAddresses),
          orEmpty(approvedStatements),
          new DataFacts(
              orEmpty(sites),
              orEmpty(vpnEgress),
              orEmpty(backupJobs),
              orEmpty(apiContracts),
              orEmpty(watchList),
              orEmpty(honey),
              orEmpty(ownWatermarks),
              orEmpty(applications),
              orEmpty(shards),
              orEmpty(noisedAccounts),
              orEmpty(sharedSightings)));
    }

    private static <T> Set<T> orEmpty(@Nullable Set<T> set) {
      return set == null ? Set.of() : set;
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

  /** The text of a file that {@link #parse} reads as this context. */
  public static String text(Context context) {
    return YamlReader.text(context, "facts");
  }
}

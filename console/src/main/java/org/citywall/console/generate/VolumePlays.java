// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.Unit;
import org.citywall.masking.catalogue.DataSet;

/** Scenarios of how much somebody reads: 1, 2, 32, 34, 36. */
final class VolumePlays {

  private static final long EXPORT_LIMIT = 5_000;
  private static final int PAGE = 20;
  private static final double FEW = 8;
  private static final double FEW_ROWS = 250;

  private VolumePlays() {}

  static void bulkExport(Script s) {
    s.begin(9, 16, 1);
    Person who = s.exporter();
    DataSet set = s.personal(s.isAttack() && s.random().nextBoolean() ? 4 : 3);
    long statements = s.draw("statements");
    long rows = s.draw("rows");
    long minutes = s.draw("minutes");
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("EXPORT", who.account(), rows, 2 * Script.HOUR) : null;
    export(s, who, set, statements, rows, minutes, ticket);
  }

  /** So many rows in so many statements; decisive is the one with which the limit is passed. */
  static void export(
      Script s,
      Person who,
      DataSet set,
      long statements,
      long rows,
      long minutes,
      @org.jspecify.annotations.Nullable String ticket) {
    long sum = 0;
    boolean decided = false;
    for (long i = 0; i < statements; i++) {
      long part = rows * (i + 1) / statements - rows * i / statements;
      Draft draft =
          s.add(s.facts().access(s.at(), who, set, Sql.export(set), part, s.tool("DBeaver")))
              .put(Field.GOV_TICKET_ID, ticket);
      sum += part;
      if (!decided && sum > EXPORT_LIMIT) {
        s.decisive(draft);
        decided = true;
      }
      s.pass(minutes * Script.MINUTE / Math.max(1, statements));
    }
  }

  /** Pages on every working day, more from week to week. */
  static void slowDrip(Script s) {
    s.beginAtTheStart();
    Person who = s.staff(Duty.CLERK, p -> peers(s, p) > 8);
    long percent = s.draw("percent-of-peers");
    long growth = s.draw("growth-percent");
    DataSet set = s.personal(who, 3);
    if (s.is(Kind.BENIGN)) {
      Unit unit = s.city().unitOf(who);
      s.known(who).roleChanged(Micros.toInstant(s.at() + 8 * Script.HOUR));
      s.add(s.facts().personnel(s.at() + 8 * Script.HOUR, "role-changed", who))
          .put(Field.GOV_DEPARTMENT_CODE, unit.code())
          .put(Field.USER_TARGET_ROLES, List.of("case-officer"));
    }
    double usual = Rates.subjectsOfClerk(s.city(), s.city().unitOf(who).bureau());
    // Where little is done at all, the rise would drown in chance; sooner, if it is a small one.
    double few = s.isHeldOut() ? 2 * FEW : FEW;
    double perDay = (s.is(Kind.NEAR_MISS) ? usual : Math.max(usual, few)) * percent / 100.0;
    double weeks = s.city().options().days() / 7.0;
    double weight = perDay / Math.pow(1 + growth / 100.0, weeks / 2);
    long resident = s.random().nextInt(City.RESIDENTS);
    for (int d = 0; d < s.city().options().days(); d++) {
      LocalDate day = s.city().day(d);
      if (s.city().works(day)) {
        long subjects = Math.round(weight * Math.pow(1 + growth / 100.0, d / 7));
        resident = pages(s, who, set, day, subjects, resident);
      }
    }
  }

  private static long pages(
      Script s, Person who, DataSet set, LocalDate day, long subjects, long first) {
    long resident = first;
    for (long left = subjects; left > 0; left -= PAGE) {
      int count = (int) Math.min(PAGE, left);
      long at = s.city().midnight(day) + 9 * Script.HOUR + s.random().nextLong(8 * Script.HOUR);
      Draft draft =
          s.add(s.facts().pooled(at, who, set, Sql.page(set), count))
              .put(Field.GOV_SUBJECTS_DIGESTS, s.facts().subjects(resident, count));
      resident += count;
      s.decisive(draft);
    }
    return resident;
  }

  private static long peers(Script s, Person person) {
    String bureau = s.city().unitOf(person).bureau();
    return s.city().persons().stream()
        .filter(p -> p.duty() == person.duty() && p.type() == person.type())
        .filter(p -> s.city().unitOf(p).bureau().equals(bureau))
        .count();
  }

  /** Values shown in the clear, by grants that somebody approves for himself or far too often. */
  static void unmasking(Script s) {
    s.begin(9, 15, 7);
    Person who = s.staff(Duty.CLERK);
    boolean own = !s.is(Kind.NEAR_MISS) && s.random().nextBoolean() || s.is(Kind.BENIGN);
    long views = s.draw("views");
    String approver = own ? who.account() : "chief-" + who.unit();
    DataSet set = s.personal(who, 3);
    for (long i = 0; i < views; i++) {
      Draft draft =
          s.add(s.facts().pooled(s.at(), who, set, Sql.bySubject(set), 1))
              .put(Field.GOV_DECISION, "allow")
              .put(Field.GOV_GRANT_ID, List.of("GR-" + who.id() + "-" + i / 10))
              .put(Field.GOV_GRANT_REQUESTER, List.of(who.account()))
              .put(Field.GOV_GRANT_APPROVER, List.of(approver))
              .put(Field.GOV_SUBJECTS_DIGESTS, one(s));
      if (i == 0 && own || i == views - 1 && !own) {
        s.decisive(draft);
      }
      s.pass(20 * Script.SECOND, 150 * Script.SECOND);
    }
    if (s.is(Kind.BENIGN)) {
      s.pass(Script.HOUR, 5 * Script.HOUR);
      s.add(s.facts().identity(s.at(), "grant-approved", "chief-" + who.unit(), who.account()))
          .put(Field.GOV_GRANT_ID, grants(who, views))
          .put(Field.GOV_APPROVERS, List.of("chief-" + who.unit()));
    }
  }

  private static List<String> grants(Person who, long views) {
    return LongStream.rangeClosed(0, (views - 1) / 10)
        .mapToObj(n -> "GR-" + who.id() + '-' + n)
        .toList();
  }

  private static List<String> one(Script s) {
    return List.of(s.facts().subject(s.random().nextInt(City.RESIDENTS)));
  }

  /** Looks at a watched record, an own one, or again and again at a relative's; or a stranger's. */
  static void snooping(Script s) {
    s.begin(9, 16, 5);
    Person who = s.staff(Duty.CLERK);
    WatchedRecords watched = s.staging().watched();
    int whose = whose(s);
    String subject =
        switch (whose) {
          case 0 -> City.pick(watched.watched(), s.random());
          case 1 -> watched.own(who);
          case 2 -> watched.relative(who);
          default -> s.facts().subject(s.random().nextInt(City.RESIDENTS));
        };
    long looks = s.draw("looks");
    String ticket = s.is(Kind.BENIGN) ? s.ticket("CASE", who.account(), 0, 4 * Script.DAY) : null;
    DataSet set = s.personal(who, 3);
    for (long i = 0; i < looks; i++) {
      Draft draft =
          s.add(s.facts().pooled(s.at(), who, set, Sql.bySubject(set), 1))
              .put(Field.GOV_SUBJECTS_DIGESTS, List.of(subject))
              .put(Field.GOV_TICKET_ID, ticket);
      if (i == (whose == 2 ? 2 : 0)) {
        s.decisive(draft);
      }
      s.pass(10 * Script.MINUTE, 8 * Script.HOUR);
    }
  }

  private static int whose(Script s) {
    if (s.is(Kind.NEAR_MISS)) {
      return s.isHeldOut() ? 2 : 3;
    }
    return s.random().nextInt(3);
  }

  /** Who is about to leave reads much more than before. */
  static void leaver(Script s) {
    s.begin(9, 10, 3);
    Person who = s.exporter(Duty.CLERK);
    long daysLeft = s.draw("days-left");
    long percent = s.draw("percent-of-baseline");
    s.add(s.facts().personnel(s.at() - 20 * Script.HOUR, "leave-announced", who))
        .put(Field.GOV_PERSON_LEAVES, Micros.of(Micros.toInstant(s.at() + daysLeft * Script.DAY)));
    s.known(who).leaves(s.day().plusDays(daysLeft));
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("HANDOVER", who.account(), 100_000, Script.DAY) : null;
    DataSet set = s.personal(who, 3);
    double usual = Rates.rowsOfClerk(s.city());
    long rows =
        Math.max(
            1, Math.round((s.isAttack() ? Math.max(usual, FEW_ROWS) : usual) * percent / 100.0));
    long statements = Math.max(1, rows / 60);
    for (long i = 0; i < statements; i++) {
      Draft draft =
          s.add(s.facts().pooled(s.at(), who, set, Sql.page(set), rows / statements))
              .put(Field.GOV_TICKET_ID, ticket);
      if (i == statements / 2) {
        s.decisive(draft);
      }
      s.pass(7 * Script.HOUR / statements);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.masking.catalogue.DataSet;

/** Scenarios of questions that are put to find out values: 4, 5, 6, 7. */
final class ProbePlays {

  private static final int NEEDED_IDS = 50;
  private static final int NEEDED_LITERALS = 20;
  private static final int NEEDED_STEPS = 4;

  private ProbePlays() {}

  /** Keys one after the other; nearly so: too few, or in no order. */
  static void enumeration(Script s) {
    s.begin(9, 16, 1);
    Person who = s.staff(Duty.CLERK);
    DataSet set = s.personal(who, 3);
    long ids = s.draw("ids");
    long step = s.draw("step");
    long disorder = s.draw("percent-out-of-order");
    long pace = s.draw("milliseconds-apart") * 1_000;
    Sql sql = s.is(Kind.BENIGN) ? ApprovedStatements.copyOf(set) : Sql.lookUp(set);
    long id = 10_000 + s.random().nextInt(1_000_000);
    for (long i = 0; i < ids; i++) {
      boolean astray = s.random().nextInt(100) < disorder;
      id += astray ? 0 : step;
      long asked = astray ? s.random().nextInt(1_000_000) : id;
      Draft draft =
          s.add(s.facts().access(s.at(), who, set, sql, 1, "yunlan-desk"))
              .put(Field.DB_KEY_VALUES, List.of(Long.toString(asked)));
      if (i == NEEDED_IDS - 1) {
        s.decisive(draft);
      }
      s.pass(pace * 9 / 10, pace + 1);
    }
  }

  /** One literal after the other against a masked column. */
  static void maskedProbing(Script s) {
    s.begin(9, 16, 1);
    Person who = s.staff(Duty.ANALYST);
    DataSet set = s.personal(who, 4);
    long literals = s.draw("literals");
    long pace = s.draw("seconds-apart") * Script.SECOND;
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("HELP_DESK", who.account(), 0, 2 * Script.HOUR) : null;
    String column = set.qualifiedTable() + "." + Sql.subject(set);
    for (long i = 0; i < literals; i++) {
      long rows = s.random().nextInt(100) < 8 ? 1 : 0;
      Draft draft =
          s.add(s.facts().access(s.at(), who, set, Sql.bySubject(set), rows, s.tool("DBeaver")))
              .put(Field.GOV_LOOK_UP_COLUMNS, List.of(column))
              .put(Field.GOV_LOOK_UP_OPERATOR, "equal")
              .put(
                  Field.GOV_LOOK_UP_DIGESTS,
                  List.of(s.facts().subject(s.random().nextInt(City.RESIDENTS))))
              .put(Field.GOV_MASK_APPLIED, List.of(column))
              .put(Field.GOV_TICKET_ID, ticket);
      if (i == NEEDED_LITERALS - 1) {
        s.decisive(draft);
      }
      s.pass(pace * 9 / 10, pace + 1);
    }
  }

  /** Two counts that differ by one condition and by few persons. */
  static void trackerPair(Script s) {
    s.begin(9, 16, 1);
    Person who = s.is(Kind.BENIGN) ? s.service() : s.staff(Duty.ANALYST);
    DataSet set = s.personal(who, 3);
    long pairs = s.draw("pairs");
    long apart = s.draw("seconds-apart") * Script.SECOND;
    long difference = s.draw("difference");
    for (long i = 0; i < pairs; i++) {
      long count = 20 + s.random().nextInt(4_000);
      List<String> conditions = new ArrayList<>();
      for (int c = 0; c < 3; c++) {
        conditions.add(s.city().marks().of("condition", s.random().nextInt()));
      }
      s.add(count(s, who, set, conditions, count));
      s.pass(apart / 2, apart);
      conditions.add(s.city().marks().of("condition", s.random().nextInt()));
      Draft second = s.add(count(s, who, set, conditions, Math.max(0, count - difference)));
      if (i == 0) {
        s.decisive(second);
      }
      s.pass(11 * Script.MINUTE, 14 * Script.MINUTE);
    }
  }

  private static Draft count(
      Script s, Person who, DataSet set, List<String> conditions, long count) {
    Draft draft =
        s.facts()
            .access(
                s.at(), who, set, Sql.countWhere(set, conditions.size() - 1), 1, s.tool("DBeaver"))
            .put(Field.DB_AGGREGATE, "count")
            .put(Field.DB_PREDICATE_DIGESTS, List.copyOf(conditions))
            .put(Field.DB_RESULT_COUNT, count);
    return Facts.isService(who)
        ? draft.put(Field.GOV_MASK_APPLIED, List.of("noise")).put(Field.DB_CLIENT_APP, "statist")
        : draft;
  }

  /** A pattern that grows until it is a whole number. */
  static void prefixSearch(Script s) {
    s.begin(9, 16, 1);
    Person who = s.staff(Duty.CLERK);
    DataSet set = s.personal(who, 4);
    long steps = s.draw("steps");
    long pace = s.draw("seconds-apart") * Script.SECOND;
    Sql sql = s.is(Kind.BENIGN) ? Sql.typeAhead(set) : Sql.starting(set);
    long number = s.random().nextLong(1L << 40);
    int first = 2 + s.random().nextInt(3);
    for (long i = 0; i <= steps; i++) {
      Draft draft =
          s.add(
              prefix(
                  s.facts().access(s.at(), who, set, sql, Math.max(1, 400 >> i), "yunlan-desk"),
                  s.city(),
                  set,
                  number,
                  first + (int) i));
      if (i == NEEDED_STEPS) {
        s.decisive(draft);
      }
      s.pass(pace * 9 / 10, pace + 1);
    }
  }

  /** Fields of a search by the first characters of a number. */
  static Draft prefix(Draft draft, City city, DataSet set, long number, int length) {
    List<String> prefixes = new ArrayList<>();
    for (int i = 1; i <= length; i++) {
      prefixes.add(city.marks().of("prefix" + i, number));
    }
    return draft
        .put(Field.GOV_LOOK_UP_COLUMNS, List.of(set.qualifiedTable() + "." + Sql.subject(set)))
        .put(Field.GOV_LOOK_UP_OPERATOR, "prefix")
        .put(Field.GOV_LOOK_UP_LENGTH, length)
        .put(Field.GOV_LOOK_UP_PREFIXES, prefixes);
  }
}

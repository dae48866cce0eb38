// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.masking.catalogue.DataSet;

/** What people do in an hour of an ordinary day. */
final class OfficeHours {

  private static final int PRESENT_PERCENT = 72;
  private static final int ON_REST_DAYS_PERCENT = 8;
  private static final int GRANTED_PER_THOUSAND = 4;

  private final City city;
  private final Facts facts;
  private final Map<String, List<DataSet>> dataOfPerson = new HashMap<>();

  OfficeHours(City city, Facts facts) {
    this.city = city;
    this.facts = facts;
    for (Person person : city.persons()) {
      List<DataSet> own = city.dataOf(person.unit());
      dataOfPerson.put(person.account(), own.isEmpty() ? city.dataSets() : own);
    }
  }

  void make(Hour hour, Consumer<Draft> out) {
    for (Person person : city.persons()) {
      if (person.type() != PersonType.SERVICE && city.isAwake(person)) {
        if (isPresent(person, hour)) {
          work(person, hour, out);
        } else if (Nights.isOnNightRoster(person, city)) {
          night(person, hour, out);
        }
      }
    }
    for (Person person : city.heavy()) {
      if (hour.workday() && hour.number() == 16) {
        bigTask(person, hour, out);
      }
    }
  }

  private boolean isPresent(Person person, Hour hour) {
    if (Nights.isOnNightRoster(person, city)) {
      return false;
    }
    long draw =
        Math.floorMod(
            Marks.mix(
                city.options().seed()
                    ^ Marks.mix(person.id().hashCode() * 1_000L + hour.day().toEpochDay())),
            100);
    if (hour.workday()) {
      return draw < PRESENT_PERCENT;
    }
    return person.type() == PersonType.STAFF && draw < ON_REST_DAYS_PERCENT;
  }

  private void work(Person person, Hour hour, Consumer<Draft> out) {
    double share =
        person.type() == PersonType.OUTSOURCED ? hour.shareOfOutsourced() : hour.shareOfStaff();
    logIns(person, hour, out);
    double expected = Rates.statements(person, city) / 0.72 * share * hour.season();
    for (int i = hour.about(expected); i > 0; i--) {
      DataSet set = City.pick(data(person), hour.random());
      switch (person.duty()) {
        case CLERK -> deskWork(person, set, hour, out);
        case ANALYST -> out.accept(analysis(person, set, hour));
        case OPERATOR, BATCH -> {}
      }
    }
    if (share > 0) {
      hostWork(person, hour, out);
    }
  }

  private List<DataSet> data(Person person) {
    return dataOfPerson.getOrDefault(person.account(), city.dataSets());
  }

  private void logIns(Person person, Hour hour, Consumer<Draft> out) {
    RandomGenerator random = hour.random();
    if (hour.number() == 8 && person.type() == PersonType.STAFF) {
      long at = hour.start() + 20 * Script.MINUTE + random.nextLong(38 * Script.MINUTE);
      boolean expired = hour.day().getDayOfMonth() == 15 && random.nextInt(100) < 30;
      int wrong = expired ? 1 + random.nextInt(3) : random.nextInt(100) < 4 ? 1 : 0;
      for (int i = wrong; i > 0; i--) {
        out.accept(behindGateway(person, facts.logIn(at - i * 9 * Script.SECOND, person, false)));
      }
      out.accept(behindGateway(person, facts.logIn(at, person, true)));
    } else if (hour.number() == 17 && person.type() == PersonType.STAFF) {
      out.accept(
          facts
              .portal(hour.moment(), person.account(), person.address(), "log-out")
              .put(Field.DEVICE_ID, "PC-" + person.id()));
    }
  }

  // The counties share one address towards the city.
  private Draft behindGateway(Person person, Draft draft) {
    if (city.unitOf(person).region().compareTo("339920") > 0) {
      draft
          .put(Field.SOURCE_IP, LogInPlays.GATEWAY)
          .put(Field.NETWORK_FORWARDED_IP, person.address());
    }
    return draft;
  }

  private void deskWork(Person person, DataSet set, Hour hour, Consumer<Draft> out) {
    RandomGenerator random = hour.random();
    double draw = random.nextDouble();
    if (draw < city.habits().lookUps()) {
      if (set.subjectColumn() != null && random.nextDouble() < city.habits().typed()) {
        type(person, set, hour, out);
      } else {
        out.accept(lookUp(person, set, hour));
      }
    } else if (draw < city.habits().lookUps() + city.habits().pages()) {
      out.accept(page(person, set, hour));
    } else {
      out.accept(amend(person, set, hour));
    }
  }

  private Draft lookUp(Person person, DataSet set, Hour hour) {
    RandomGenerator random = hour.random();
    Draft draft =
        facts
            .pooled(hour.moment(), person, set, Sql.lookUp(set), 1)
            .put(Field.DB_KEY_VALUES, List.of(Integer.toString(random.nextInt(1_000_000))));
    if (set.subjectColumn() != null) {
      draft.put(Field.GOV_SUBJECTS_DIGESTS, List.of(facts.subject(random.nextInt(City.RESIDENTS))));
      if (set.level().number() >= 3 && random.nextInt(1000) < GRANTED_PER_THOUSAND) {
        draft
            .put(Field.GOV_DECISION, "allow")
            .put(Field.GOV_GRANT_ID, List.of("GR-" + person.id() + "-" + hour.day()))
            .put(Field.GOV_GRANT_REQUESTER, List.of(person.account()))
            .put(Field.GOV_GRANT_APPROVER, List.of("chief-" + person.unit()));
      }
    }
    return draft;
  }

  private Draft page(Person person, DataSet set, Hour hour) {
    int rows = 1 + hour.random().nextInt(Rates.PAGE);
    Draft draft = facts.pooled(hour.moment(), person, set, Sql.page(set), rows);
    if (set.subjectColumn() != null) {
      long first = hour.random().nextInt(City.RESIDENTS);
      draft.put(Field.GOV_SUBJECTS_DIGESTS, facts.subjects(first, rows));
    }
    return draft;
  }

  private Draft amend(Person person, DataSet set, Hour hour) {
    Marks marks = city.marks();
    return facts
        .pooled(hour.moment(), person, set, Sql.amend(set, "status"), 1)
        .put(Field.DB_ROW_DIGESTS, List.of(marks.of("row", hour.random().nextLong())))
        .put(Field.DB_VALUE_BEFORE, marks.of("value", hour.random().nextInt(5)))
        .put(Field.DB_VALUE_AFTER, marks.of("value", 5 + hour.random().nextInt(5)));
  }

  /** A number is typed into the search field of the desk application. */
  private void type(Person person, DataSet set, Hour hour, Consumer<Draft> out) {
    long at = hour.moment();
    long number = hour.random().nextLong(1L << 40);
    for (int length = 4; length < 10; length++) {
      Draft draft = facts.pooled(at, person, set, Sql.typeAhead(set), 10);
      out.accept(ProbePlays.prefix(draft, city, set, number, length));
      at += 300_000 + hour.random().nextInt(900_000);
    }
  }

  private Draft analysis(Person person, DataSet set, Hour hour) {
    RandomGenerator random = hour.random();
    if (set.level().number() == 1 && random.nextInt(100) < 25) {
      long rows = 100 + random.nextInt(900);
      return facts.access(
          hour.moment(), person, set, Sql.export(set), rows, city.habits().analysts());
    }
    if (random.nextInt(100) < 35) {
      List<String> conditions = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        conditions.add(city.marks().of("condition", random.nextInt(5_000)));
      }
      return facts
          .access(
              hour.moment(),
              person,
              set,
              Sql.countWhere(set, count - 1),
              1,
              city.habits().analysts())
          .put(Field.DB_AGGREGATE, "count")
          .put(Field.DB_PREDICATE_DIGESTS, conditions)
          .put(Field.DB_RESULT_COUNT, random.nextInt(400_000));
    }
    return facts
        .access(hour.moment(), person, set, Sql.count(set), 7, city.habits().analysts())
        .without(Field.GOV_SUBJECTS_COUNT)
        .put(Field.DB_AGGREGATE, "count");
  }

  /** Some read thousands of rows every afternoon, because that is their task. */
  private void bigTask(Person person, Hour hour, Consumer<Draft> out) {
    List<DataSet> sets = city.personal(3).stream().filter(s -> s.level().number() == 3).toList();
    for (int i = 0; i < 3; i++) {
      long rows = 1_900 + hour.random().nextInt(800);
      DataSet set = sets.get(Math.floorMod(person.id().hashCode() + i, sets.size()));
      out.accept(
          facts.access(
              hour.moment(), person, set, Sql.export(set), rows, city.habits().analysts()));
    }
  }

  private void night(Person person, Hour hour, Consumer<Draft> out) {
    if (hour.number() >= 22 || hour.number() < 6) {
      for (int i = hour.about(Rates.statements(person, city) / 8); i > 0; i--) {
        DataSet set = City.pick(data(person), hour.random());
        out.accept(
            facts.access(
                hour.moment(), person, set, Sql.lookUp(set), 1, city.habits().engineers()));
      }
    }
  }

  private void hostWork(Person person, Hour hour, Consumer<Draft> out) {
    switch (person.duty()) {
      case OPERATOR -> {
        if (hour.random().nextInt(100) < 12) {
          String host = Machines.hostOf(person.unit());
          out.accept(facts.ssh(hour.moment(), host, person.account(), person.address(), true));
        }
      }
      case ANALYST -> {
        if (hour.random().nextInt(100) < 10) {
          long now = hour.moment();
          String name = "report-" + hour.day() + "-" + person.id() + ".xlsx";
          out.accept(facts.file(now, person, "file-written", name, 20_000 + now % 900_000));
        }
      }
      case CLERK, BATCH -> {}
    }
  }
}

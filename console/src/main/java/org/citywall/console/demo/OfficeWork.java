// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.citywall.masking.catalogue.DataLevel;
import org.citywall.masking.catalogue.DataSet;

/** What clerks, analysts and night batches do with data on an ordinary day. */
final class OfficeWork {

  private static final int CLERK_ACCESSES = 20;
  private static final int ANALYST_ACCESSES = 14;
  private static final int PAGE = 20;

  private final DemoCity city;
  private final Map<String, List<DataSet>> dataSetsByOwner = new HashMap<>();
  private final Map<String, Statement> statements = new HashMap<>();

  OfficeWork(DemoCity city) {
    this.city = city;
    for (Unit unit : city.units()) {
      dataSetsByOwner.put(
          unit.code(),
          city.dataSets().stream().filter(set -> set.owner().equals(unit.code())).toList());
    }
  }

  void workday(Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    for (Person person : city.persons()) {
      if (person.duty() == Duty.BATCH || random.nextInt(100) >= 72) {
        continue;
      }
      work(person, rhythm, random, out);
    }
  }

  /** On days off a few units keep somebody on duty. */
  void dayOff(Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    for (Person person : city.persons()) {
      if (person.type() == PersonType.STAFF
          && person.duty() == Duty.CLERK
          && random.nextInt(100) < 8) {
        work(person, rhythm, random, out);
      }
    }
  }

  /** Each service account copies some tables of its unit between two and three at night. */
  void nightBatches(Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    for (Person service : city.persons()) {
      if (service.duty() == Duty.BATCH) {
        for (DataSet dataSet : dataSetsOf(service).subList(0, 6)) {
          long rows = 4_000 + random.nextInt(30_000);
          long at = rhythm.between(2, 3);
          out.accept(access(at, service, dataSet, "export", Statement::export, rows, random));
        }
      }
    }
  }

  private void work(
      Person person, Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    if (random.nextInt(100) < 45) {
      logIn(person, rhythm.moment(person), random, out);
    }
    List<DataSet> dataSets = dataSetsOf(person);
    boolean analyst = person.duty() == Duty.ANALYST;
    int accesses = analyst ? ANALYST_ACCESSES : person.duty() == Duty.CLERK ? CLERK_ACCESSES : 0;
    for (int i = random.nextInt(accesses / 2 + 1); i < accesses; i++) {
      DataSet dataSet = dataSets.get(random.nextInt(dataSets.size()));
      long at = rhythm.moment(person);
      out.accept(
          analyst ? analysis(at, person, dataSet, random) : deskWork(at, person, dataSet, random));
    }
  }

  private void logIn(Person person, long at, RandomGenerator random, Consumer<DemoRecord> out) {
    Unit unit = city.unit(person.unit());
    if (random.nextInt(100) < 4) {
      out.accept(new PortalLogIn(at - 6_000_000, person, unit, false));
    }
    out.accept(new PortalLogIn(at, person, unit, true));
  }

  private DbAccess deskWork(long at, Person person, DataSet dataSet, RandomGenerator random) {
    int draw = random.nextInt(100);
    if (draw < 70) {
      return access(at, person, dataSet, "lookUp", Statement::lookUp, 1, random);
    } else if (draw < 85) {
      return access(at, person, dataSet, "page", Statement::page, 1 + random.nextInt(PAGE), random);
    }
    return access(at, person, dataSet, "amend", Statement::amend, 1, random);
  }

  private DbAccess analysis(long at, Person person, DataSet dataSet, RandomGenerator random) {
    boolean harmless = dataSet.level() == DataLevel.L1;
    if (harmless && random.nextInt(100) < 20) {
      long rows = 100 + random.nextInt(900);
      return access(at, person, dataSet, "export", Statement::export, rows, random);
    }
    return access(at, person, dataSet, "count", Statement::count, 7, random);
  }

  private DbAccess access(
      long at,
      Person person,
      DataSet dataSet,
      String kind,
      Function<DataSet, Statement> template,
      long rows,
      RandomGenerator random) {
    Statement statement =
        statements.computeIfAbsent(
            kind + " " + dataSet.qualifiedTable(), key -> template.apply(dataSet));
    long duration = 400_000 + random.nextLong(2_000_000) + rows * 3_000;
    Unit unit = city.unit(person.unit());
    return new DbAccess(
        at, person, unit, dataSet, statement, rows, duration, person.address(), null);
  }

  private List<DataSet> dataSetsOf(Person person) {
    return dataSetsByOwner.getOrDefault(person.unit(), List.of());
  }
}

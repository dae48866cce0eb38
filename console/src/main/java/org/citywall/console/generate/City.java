// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.citywall.audit.event.Micros;
import org.citywall.console.demo.DemoCity;
import org.citywall.console.demo.DemoContext;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.console.demo.Unit;
import org.citywall.correlation.Context;
import org.citywall.correlation.WorkCalendar;
import org.citywall.masking.catalogue.DataSet;

/** The units, people, data and machines among which events are made. Immutable. */
final class City {

  static final int RESIDENTS = 1_200_000;
  static final String DATABASE = "yunlan";
  static final String PROXY = "10.33.0.10";
  static final String JUMP_HOST = "10.33.0.9";
  static final String BACKUP_HOST = "10.33.0.30";
  static final String SCANNER = "10.33.0.66";
  static final String SCANNER_2 = "10.33.0.67";
  private static final int SLEEPERS = 24;
  private static final int HEAVY = 2;
  private static final int NIGHT = 2;

  private final GeneratorOptions options;
  private final Context base;
  private final Marks marks;
  private final List<Unit> units;
  private final List<Person> persons = new ArrayList<>();
  private final List<DataSet> dataSets = new ArrayList<>();
  private final Map<String, Unit> unitsByCode = new HashMap<>();
  private final Map<String, List<DataSet>> dataByOwner = new HashMap<>();
  private final List<Person> sleepers = new ArrayList<>();
  private final List<Person> heavy = new ArrayList<>();
  private final List<Person> nightShift = new ArrayList<>();
  private final List<ApiKey> apiKeys = new ArrayList<>();

  City(GeneratorOptions options) {
    this.options = options;
    this.marks = new Marks(options.seed());
    DemoCity demo = DemoCity.of(seedOfNames(options), end(options));
    base = DemoContext.of(demo);
    units = demo.units().subList(0, options.units());
    units.forEach(unit -> unitsByCode.put(unit.code(), unit));
    demo.persons().stream()
        .filter(person -> unitsByCode.containsKey(person.unit()))
        .forEach(persons::add);
    for (DataSet set : demo.dataSets()) {
      if (unitsByCode.containsKey(set.owner())) {
        dataSets.add(set);
        dataByOwner.computeIfAbsent(set.owner(), owner -> new ArrayList<>()).add(set);
      }
    }
    chooseSpecialPersons();
    for (int i = 0; i < units.size(); i += 3) {
      apiKeys.add(ApiKey.of(i / 3, units.get(i).code(), options));
    }
  }

  private static long seedOfNames(GeneratorOptions options) {
    return switch (options.range()) {
      case USUAL -> options.seed();
      case HELD_OUT -> Marks.mix(options.seed());
    };
  }

  // Some hold accounts that nobody uses, some have big tasks every day.
  private void chooseSpecialPersons() {
    RandomGenerator random = random("persons", 0);
    List<Person> clerks = new ArrayList<>(with(PersonType.STAFF, Duty.CLERK));
    for (int i = 0; i < Math.min(SLEEPERS, clerks.size() / 6); i++) {
      sleepers.add(clerks.remove(random.nextInt(clerks.size())));
    }
    with(PersonType.OUTSOURCED, Duty.CLERK).stream().limit(NIGHT).forEach(nightShift::add);
    List<Person> analysts = new ArrayList<>(with(PersonType.STAFF, Duty.ANALYST));
    for (int i = 0; i < HEAVY; i++) {
      heavy.add(analysts.remove(random.nextInt(analysts.size())));
    }
  }

  private static Instant end(GeneratorOptions options) {
    return options.start().plus(Duration.ofDays(options.days()));
  }

  GeneratorOptions options() {
    return options;
  }

  Habits habits() {
    return Habits.of(options.range());
  }

  Instant end() {
    return end(options);
  }

  Context base() {
    return base;
  }

  WorkCalendar calendar() {
    return base.calendar();
  }

  ZoneId zone() {
    return base.calendar().zone();
  }

  Marks marks() {
    return marks;
  }

  List<Unit> units() {
    return units;
  }

  List<Person> persons() {
    return persons;
  }

  List<DataSet> dataSets() {
    return dataSets;
  }

  List<Person> sleepers() {
    return sleepers;
  }

  List<Person> heavy() {
    return heavy;
  }

  List<ApiKey> apiKeys() {
    return apiKeys;
  }

  /** Outsourced persons who work at night by roster. */
  List<Person> nightShift() {
    return nightShift;
  }

  boolean isAwake(Person person) {
    return !sleepers.contains(person);
  }

  Unit unit(String code) {
    return Objects.requireNonNull(unitsByCode.get(code), code);
  }

  Unit unitOf(Person person) {
    return unit(person.unit());
  }

  List<Person> with(PersonType type, Duty duty) {
    return persons.stream().filter(p -> p.type() == type && p.duty() == duty).toList();
  }

  List<DataSet> dataOf(String unit) {
    return dataByOwner.getOrDefault(unit, List.of());
  }

  /** Data sets about persons, from this level on. */
  List<DataSet> personal(int fromLevel) {
    return dataSets.stream()
        .filter(set -> set.level().number() >= fromLevel && set.subjectColumn() != null)
        .toList();
  }

  LocalDate day(int number) {
    return options.start().atZone(zone()).toLocalDate().plusDays(number);
  }

  /** Beginning of a day in microseconds since the epoch. */
  long midnight(LocalDate day) {
    return Micros.of(day.atStartOfDay(zone()).toInstant());
  }

  boolean works(LocalDate day) {
    return base.calendar().isWorkday(day);
  }

  /** A generator of its own for each purpose, so that one change does not move everything. */
  RandomGenerator random(String purpose, long number) {
    long seed = Marks.mix(options.seed() * 31 + purpose.hashCode()) ^ Marks.mix(number);
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static <T> T pick(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }
}

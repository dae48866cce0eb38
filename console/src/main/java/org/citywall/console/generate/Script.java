// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.console.generate.ScenarioCatalogue.Scenario;
import org.citywall.masking.catalogue.DataSet;

/** What one instance is staged with: its actors, its clock, its numbers and its events. */
final class Script {

  static final long SECOND = 1_000_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  private static final int LATEST = 22;

  /** Days that rules may learn from before anything is staged: a third of the time. */
  static int learningDays(GeneratorOptions options) {
    return Math.max(1, options.days() / 3);
  }

  /** Programs that people work on databases with. */
  private static final List<String> TOOLS =
      List.of("Navicat Premium 17", "DataGrip 2026.1", "pgAdmin 4", "HeidiSQL 12.8", "DBeaver EE");

  private final Staging staging;
  private final Scenario scenario;
  private final Instance instance;
  private final RandomGenerator random;
  private final List<Draft> drafts = new ArrayList<>();
  private LocalDate day;
  private int span = 1;
  private long at;

  Script(Staging staging, Scenario scenario, Instance instance, RandomGenerator random) {
    this.staging = staging;
    this.scenario = scenario;
    this.instance = instance;
    this.random = random;
    this.day = staging.city().day(0);
  }

  City city() {
    return staging.city();
  }

  Facts facts() {
    return staging.facts();
  }

  RandomGenerator random() {
    return random;
  }

  /** Whether it is of the range for a last look. */
  boolean isHeldOut() {
    return city().options().range() == ParameterRange.HELD_OUT;
  }

  /** What people work with in place of this program. */
  String tool(String usual) {
    return isHeldOut() ? City.pick(TOOLS, random) : usual;
  }

  boolean is(Kind kind) {
    return instance.kind() == kind;
  }

  boolean isAttack() {
    return is(Kind.ATTACK);
  }

  /** A number within the range of this kind; it becomes part of the truth. */
  long draw(String name) {
    long value = scenario.range(name).draw(instance.kind(), random);
    instance.parameter(name, value);
    return value;
  }

  /** Begins on a working day between these hours; nothing of it is later than so many days on. */
  void begin(int fromHour, int untilHour, int days) {
    begin(fromHour, untilHour, days, city()::works);
  }

  void begin(int fromHour, int untilHour, int days, Predicate<LocalDate> wanted) {
    Habits habits = city().habits();
    int from = Math.max(0, fromHour - habits.earlier());
    int until = Math.max(untilHour, Math.min(LATEST, untilHour + habits.later()));
    beginBetween(from, until, days, wanted);
  }

  /** The same, whatever hours are usual in this range. */
  void beginBetween(int fromHour, int untilHour, int days, Predicate<LocalDate> wanted) {
    GeneratorOptions options = city().options();
    int first = Math.min(learningDays(options), options.days() - 1);
    int last = Math.max(first, options.days() - days);
    List<LocalDate> fit = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      if (wanted.test(city().day(i))) {
        fit.add(city().day(i));
      }
    }
    day = fit.isEmpty() ? city().day(first) : City.pick(fit, random);
    span = days;
    at = city().midnight(day) + fromHour * HOUR + random.nextLong((untilHour - fromHour) * HOUR);
  }

  /** Begins with the first day and lasts as long as all. */
  void beginAtTheStart() {
    day = city().day(0);
    span = city().options().days();
    at = city().midnight(day);
  }

  long at() {
    return at;
  }

  LocalDate day() {
    return day;
  }

  void moveTo(long micros) {
    at = micros;
  }

  void pass(long micros) {
    at += micros;
  }

  /** Passes some time between these limits. */
  void pass(long from, long until) {
    at += random.nextLong(from, until);
  }

  Person staff(Duty duty) {
    return staff(duty, person -> true);
  }

  Person staff(Duty duty, Predicate<Person> fit) {
    return engage(PersonType.STAFF, duty, fit);
  }

  Person outsourced() {
    return engage(
        PersonType.OUTSOURCED, Duty.CLERK, person -> !city().nightShift().contains(person));
  }

  Person service() {
    return engageOf(city().with(PersonType.SERVICE, Duty.BATCH), person -> true);
  }

  /** Somebody whose account nobody uses, and nobody else has for this. */
  Person sleeper() {
    return once("asleep ", city().sleepers());
  }

  /** Somebody who exports this once, so that it is no habit. */
  Person exporter() {
    return exporter(random.nextInt(3) == 0 ? Duty.ANALYST : Duty.CLERK);
  }

  Person exporter(Duty duty) {
    List<Person> staff = new ArrayList<>(city().with(PersonType.STAFF, duty));
    staff.removeIf(person -> !city().isAwake(person) || city().heavy().contains(person));
    return once("exports ", staff);
  }

  private Person once(String what, List<Person> candidates) {
    Person person =
        staging
            .diary()
            .engage(
                candidates,
                p -> what + p.account(),
                city().day(0),
                city().options().days(),
                random);
    instance.actor(person.account());
    return person;
  }

  /** The audit source of a database. */
  String database() {
    List<String> all =
        IntStream.rangeClosed(1, 8).mapToObj(number -> "db-audit/pg-0" + number).toList();
    String source = staging.diary().engage(all, name -> name, day, span, random);
    instance.actor(source);
    return source;
  }

  ApiKey apiKey() {
    ApiKey key = staging.diary().engage(city().apiKeys(), ApiKey::id, day, span, random);
    instance.actor(key.id());
    return key;
  }

  private Person engage(PersonType type, Duty duty, Predicate<Person> fit) {
    return engageOf(
        city().with(type, duty),
        p -> city().isAwake(p) && !city().heavy().contains(p) && fit.test(p));
  }

  private Person engageOf(List<Person> candidates, Predicate<Person> fit) {
    Person person =
        staging
            .diary()
            .engage(candidates.stream().filter(fit).toList(), Person::account, day, span, random);
    instance.actor(person.account());
    return person;
  }

  void actor(String name) {
    instance.actor(name);
  }

  /** Data about persons of at least this level, the person's own unit's where there is some. */
  DataSet personal(Person who, int fromLevel) {
    List<DataSet> all = city().personal(fromLevel);
    List<DataSet> own = all.stream().filter(set -> set.owner().equals(who.unit())).toList();
    return City.pick(own.isEmpty() ? all : own, random);
  }

  DataSet personal(int level) {
    return City.pick(
        city().personal(level).stream().filter(s -> s.level().number() == level).toList(), random);
  }

  Draft add(Draft draft) {
    drafts.add(draft.of(instance));
    return draft;
  }

  void decisive(Draft draft) {
    instance.decisive(draft);
  }

  void also(int other) {
    instance.also(other);
  }

  /** An approval from now on for so long. */
  String ticket(String kind, String subject, long quota, long micros) {
    return staging.tickets().give(kind, subject, quota, at, at + micros);
  }

  /** Nothing is heard of a source for so long. */
  void silence(String source, long micros) {
    staging.silences().add(new Staging.Silence(source, at, at + micros));
  }

  /** What the registers know of the person. */
  PersonFacts known(Person person) {
    return staging.factsOf(person.account());
  }

  Staging staging() {
    return staging;
  }

  /** Some source of a database's audit that is not silent yet. */
  String freshName(String prefix) {
    return prefix + staging.next();
  }

  List<Draft> drafts() {
    return drafts;
  }
}

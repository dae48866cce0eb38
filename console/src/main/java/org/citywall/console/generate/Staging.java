// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.console.demo.Person;
import org.citywall.console.generate.ScenarioCatalogue.Scenario;

/** Everything that is staged in a city, laid out before the first event is made. */
final class Staging {

  /** No event of this source between these moments, in microseconds since the epoch. */
  record Silence(String source, long from, long until) {

    boolean covers(Draft draft) {
      return draft.at() >= from && draft.at() < until && draft.source().equals(source);
    }
  }

  private final City city;
  private final Facts facts;
  private final Diary diary = new Diary();
  private final Tickets tickets = new Tickets();
  private final WatchedRecords watched;
  private final Map<String, PersonFacts> personFacts = new HashMap<>();
  private final List<Person> newcomers = new ArrayList<>();
  private final Set<String> sharedSightings = new TreeSet<>();
  private final List<Silence> silences = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Draft> drafts = new ArrayList<>();
  private int names;

  private Staging(City city) {
    this.city = city;
    this.facts = new Facts(city);
    this.watched = new WatchedRecords(city.marks());
  }

  static Staging of(City city) {
    Staging staging = new Staging(city);
    GeneratorOptions options = city.options();
    for (int number : new TreeSet<>(options.scenarios())) {
      Scenario scenario = ScenarioCatalogue.of(options.range()).scenario(number);
      for (Kind kind : scenario.kinds()) {
        for (int i = 1; i <= options.instances(); i++) {
          staging.play(scenario, kind, i);
        }
      }
    }
    staging.drafts.sort(Comparator.comparingLong(Draft::at));
    return staging;
  }

  private void play(Scenario scenario, Kind kind, int number) {
    Instance instance = new Instance(scenario.scenario(), kind, number);
    long stream = scenario.scenario() * 10_000L + kind.ordinal() * 1_000L + number;
    Script script = new Script(this, scenario, instance, city.random("scenario", stream));
    Plays.of(scenario.scenario()).play(script);
    instances.add(instance);
    drafts.addAll(script.drafts());
  }

  City city() {
    return city;
  }

  Facts facts() {
    return facts;
  }

  Diary diary() {
    return diary;
  }

  Tickets tickets() {
    return tickets;
  }

  WatchedRecords watched() {
    return watched;
  }

  List<Silence> silences() {
    return silences;
  }

  List<Instance> instances() {
    return instances;
  }

  /** What is staged, in order of time. */
  List<Draft> drafts() {
    return drafts;
  }

  PersonFacts factsOf(String account) {
    return personFacts.computeIfAbsent(account, name -> new PersonFacts());
  }

  /** Holders of accounts that are made meanwhile. */
  List<Person> newcomers() {
    return newcomers;
  }

  /** What many districts see for good reason. */
  Set<String> sharedSightings() {
    return sharedSightings;
  }

  /** A number that was not given before. */
  int next() {
    return ++names;
  }
}

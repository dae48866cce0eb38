// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.masking.catalogue.DataSet;

/**
 * What happens next in the live city: mostly clerks at their desks and operators on their hosts,
 * and every few minutes a small story. The same seed tells the same tale; only its times differ.
 */
final class LiveScript {

  private static final int RECORDS_BETWEEN_STORIES = 500;
  private static final int PLANS_BETWEEN_BEATS = 6;
  private static final String ATTACKER_NET = "203.0.113.";

  private final DemoCity city;
  private final RandomGenerator random;
  private final List<Person> clerks;
  private final List<Person> operators;
  private final List<String> hosts;
  private final Deque<Step> waiting = new ArrayDeque<>();
  private int plans;
  private int untilStory;

  /** A record that is still to be given its time. */
  private interface Step {
    DemoRecord at(long micros);
  }

  LiveScript(DemoCity city, RandomGenerator random) {
    this.city = city;
    this.random = random;
    this.clerks = staff(Duty.CLERK);
    this.operators = staff(Duty.OPERATOR);
    this.hosts =
        operators.stream().map(person -> HostWork.hostOf(person.unit())).distinct().toList();
    this.untilStory = RECORDS_BETWEEN_STORIES / 4;
  }

  /** The next record, which happens at this time. */
  DemoRecord next(long micros) {
    if (waiting.isEmpty()) {
      plan();
    }
    return waiting.removeFirst().at(micros);
  }

  private void plan() {
    if (--untilStory <= 0) {
      untilStory = RECORDS_BETWEEN_STORIES + random.nextInt(RECORDS_BETWEEN_STORIES);
      story();
    } else if (++plans % PLANS_BETWEEN_BEATS == 0) {
      beat();
    } else if (random.nextInt(100) < 70) {
      deskWork();
    } else if (random.nextInt(100) < 40) {
      Person person = pick(clerks);
      waiting.add(at -> new PortalLogIn(at, person, city.unit(person.unit()), true));
    } else {
      session();
    }
  }

  /** One host after the other runs a job: a host that is up is never silent for long. */
  private void beat() {
    String host = hosts.get(plans / PLANS_BETWEEN_BEATS % hosts.size());
    int pid = HostWork.pid(random);
    waiting.add(at -> HostLine.cron(at, host, pid, "root"));
  }

  private void deskWork() {
    Person person = pick(clerks);
    DataSet dataSet = pick(owned(person));
    boolean page = random.nextInt(100) < 20;
    Statement statement = page ? Statement.page(dataSet) : Statement.lookUp(dataSet);
    long rows = page ? 1 + random.nextInt(20) : 1;
    long duration = 400_000 + random.nextLong(2_000_000);
    waiting.add(
        at ->
            new DbAccess(
                at,
                person,
                city.unit(person.unit()),
                dataSet,
                statement,
                rows,
                duration,
                person.address(),
                null));
  }

  private void session() {
    Person person = pick(operators);
    String host = HostWork.hostOf(person.unit());
    int pid = HostWork.pid(random);
    int port = HostWork.port(random);
    String account = person.account();
    waiting.add(at -> HostLine.accepted(at, host, pid, account, person.address(), port));
    waiting.add(at -> HostLine.session(at, host, pid, account, true));
    waiting.add(at -> HostLine.sudo(at, host, pid + 1, account, "/usr/bin/systemctl status nginx"));
    waiting.add(at -> HostLine.session(at, host, pid, account, false));
  }

  private void story() {
    switch (random.nextInt(3)) {
      case 0 -> guess(14);
      case 1 -> guess(3);
      default -> export();
    }
  }

  /** Failed log-ins and then a success; few are a person who mistypes, many are not. */
  private void guess(int failures) {
    Person victim = pick(operators);
    String host = HostWork.hostOf(victim.unit());
    boolean outside = failures > 5;
    String from = outside ? ATTACKER_NET + (1 + random.nextInt(250)) : victim.address();
    for (int i = 0; i < failures; i++) {
      int pid = HostWork.pid(random);
      int port = HostWork.port(random);
      waiting.add(at -> HostLine.failed(at, host, pid, victim.account(), true, from, port));
    }
    int pid = HostWork.pid(random);
    int port = HostWork.port(random);
    waiting.add(at -> HostLine.acceptedPassword(at, host, pid, victim.account(), from, port));
  }

  private void export() {
    Person person = pick(staff(Duty.ANALYST));
    DataSet dataSet = city.dataSet("housing.property");
    for (int i = 0; i < 3; i++) {
      waiting.add(
          at ->
              new DbAccess(
                  at,
                  person,
                  city.unit(person.unit()),
                  dataSet,
                  Statement.export(dataSet),
                  DemoRows.PROPERTIES,
                  18_000_000,
                  person.address(),
                  null));
    }
  }

  private List<Person> staff(Duty duty) {
    return city.persons().stream()
        .filter(person -> person.type() == PersonType.STAFF && person.duty() == duty)
        .toList();
  }

  private List<DataSet> owned(Person person) {
    List<DataSet> owned = new ArrayList<>();
    for (DataSet dataSet : city.dataSets()) {
      if (dataSet.owner().equals(person.unit())) {
        owned.add(dataSet);
      }
    }
    return owned;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}

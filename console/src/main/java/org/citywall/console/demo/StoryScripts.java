// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Micros;
import org.citywall.masking.catalogue.DataSet;
import org.jspecify.annotations.Nullable;

/** Plays the planted stories: every record of them, in no particular order. */
final class StoryScripts {

  /** Residents whose rows the engineer walks through. */
  static final int WALKED_RESIDENTS = 4_812;

  private static final int ROWS_A_STEP = 4;
  private static final int EXPORTED_A_STATEMENT = 20_000;
  private static final long SECOND = 1_000_000;
  private static final String ATTACKER = "203.0.113.77";

  /** Address of the terminal server through which engineers work from afar. */
  static final String REMOTE_DESK = "10.33.250.17";

  private final DemoCity city;
  private final RandomGenerator random;
  private final List<DemoRecord> records = new ArrayList<>();

  StoryScripts(DemoCity city) {
    this.city = city;
    this.random = DemoCity.random(city.seed() ^ 0x5707);
  }

  List<DemoRecord> play() {
    walk();
    export(StoryKind.BULK_EXPORT, "population.person", null);
    export(StoryKind.LICENSED_EXPORT, "housing.property", ticket(StoryKind.LICENSED_EXPORT));
    silence();
    guessPasswords();
    repairAtNight();
    mistypePassword();
    return records;
  }

  private void walk() {
    Story story = city.story(StoryKind.EXPIRED_AGREEMENT_WALK);
    Person walker = city.person(story.actor());
    DataSet participants = city.dataSet("social_security.participant");
    DataSet payments = city.dataSet("social_security.payment");
    Statement ofParticipants = Statement.range(participants);
    Statement ofPayments = Statement.range(payments);
    long start = start(story);
    String host = HostWork.hostOf(walker.unit());
    int pid = HostWork.pid(random);
    int port = HostWork.port(random);
    records.add(HostLine.accepted(start, host, pid, walker.account(), REMOTE_DESK, port));
    records.add(HostLine.session(start + SECOND / 20, host, pid, walker.account(), true));
    int steps = WALKED_RESIDENTS / ROWS_A_STEP;
    long pace = 34 * 60 * SECOND / steps;
    for (int i = 0; i < steps; i++) {
      boolean payment = i % 4 == 3;
      long at = start + 20 * SECOND + i * pace + random.nextLong(pace / 2);
      records.add(
          new DbAccess(
              at,
              walker,
              city.unit(walker.unit()),
              payment ? payments : participants,
              payment ? ofPayments : ofParticipants,
              ROWS_A_STEP,
              700_000 + random.nextLong(400_000),
              REMOTE_DESK,
              null));
    }
    long end = Micros.of(story.until()) - SECOND;
    records.add(HostLine.session(end, host, pid, walker.account(), false));
  }

  private void export(StoryKind kind, String table, @Nullable String ticket) {
    Story story = city.story(kind);
    DataSet dataSet = city.dataSet(table);
    Statement statement = Statement.export(dataSet);
    for (int i = 0; i < 3; i++) {
      long at = start(story) + i * 6 * 60 * SECOND + random.nextLong(60 * SECOND);
      access(at, story.actor(), dataSet, statement, EXPORTED_A_STATEMENT, ticket);
    }
  }

  private void silence() {
    Story story = city.story(StoryKind.SILENT_SOURCE);
    long noticed = start(story) + 300 * SECOND;
    records.add(new SourceReport(noticed, story.actor(), false, 300));
    long seconds = story.until().getEpochSecond() - story.from().getEpochSecond();
    long back = Micros.of(story.until()) - SECOND / 2;
    records.add(new SourceReport(back, story.actor(), true, seconds));
  }

  private void guessPasswords() {
    Story story = city.story(StoryKind.BRUTE_FORCE);
    Person victim = city.person(story.actor());
    String host = HostWork.hostOf(victim.unit());
    long at = start(story);
    for (int i = 0; i < 24; i++) {
      int pid = HostWork.pid(random);
      int port = HostWork.port(random);
      records.add(HostLine.failed(at, host, pid, victim.account(), true, ATTACKER, port));
      at += (5 + random.nextInt(5)) * SECOND;
    }
    int pid = HostWork.pid(random);
    int port = HostWork.port(random);
    records.add(HostLine.acceptedPassword(at, host, pid, victim.account(), ATTACKER, port));
    records.add(HostLine.session(at + SECOND / 20, host, pid, victim.account(), true));
    String command = "/usr/bin/cat /etc/shadow";
    int sudo = HostWork.pid(random);
    records.add(HostLine.sudo(at + 31 * SECOND, host, sudo, victim.account(), command));
    records.add(HostLine.session(at + 95 * SECOND, host, pid, victim.account(), false));
  }

  private void repairAtNight() {
    Story story = city.story(StoryKind.ON_CALL_REPAIR);
    DataSet dataSet = city.dataSet("medical_insurance.insured");
    String ticket = ticket(StoryKind.ON_CALL_REPAIR);
    for (int i = 0; i < 25; i++) {
      long at = start(story) + i * 60 * SECOND + random.nextLong(30 * SECOND);
      access(at, story.actor(), dataSet, Statement.lookUp(dataSet), 1, ticket);
    }
  }

  private void mistypePassword() {
    Story story = city.story(StoryKind.MISTYPED_PASSWORD);
    Person person = city.person(story.actor());
    Unit unit = city.unit(person.unit());
    for (int i = 0; i < 5; i++) {
      long at = start(story) + (i * 14 + random.nextInt(8)) * SECOND;
      records.add(new PortalLogIn(at, person, unit, i == 4));
    }
  }

  private void access(
      long at,
      String account,
      DataSet dataSet,
      Statement statement,
      long rows,
      @Nullable String ticket) {
    Person person = city.person(account);
    Unit unit = city.unit(person.unit());
    long duration = 500_000 + rows * 3_000;
    records.add(
        new DbAccess(
            at, person, unit, dataSet, statement, rows, duration, person.address(), ticket));
  }

  private String ticket(StoryKind kind) {
    Instant from = city.story(kind).from();
    return city.tickets().stream()
        .filter(ticket -> ticket.account().equals(city.story(kind).actor()))
        .filter(ticket -> ticket.from().isBefore(from) && ticket.until().isAfter(from))
        .map(Ticket::id)
        .findFirst()
        .orElseThrow();
  }

  private static long start(Story story) {
    return Micros.of(story.from());
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.RowLimit;
import org.citywall.correlation.Context.Vendor;

/**
 * Days of a few sources, accounts and origins who attack, rest and begin again: dense enough that
 * windows, alerts and their ends meet in every way.
 */
final class RandomStory {

  static final Context CITY =
      Context.builder("random")
          .vendors(List.of(new Vendor("V1", "甲公司", LocalDate.parse("2026-03-11"), null)))
          .persons(
              List.of(
                  new Person("u0", "甲", PersonType.OUTSOURCED, null, "V1", null),
                  new Person("u1", "乙", PersonType.STAFF, null, null, null),
                  new Person("u2", "丙", PersonType.SERVICE, null, null, null)))
          .dataSets(
              List.of(new DataSet("t.three", 3, null, null), new DataSet("t.four", 4, null, null)))
          .limits(List.of(new RowLimit(PersonType.STAFF, 3, 400)))
          .build();

  private final RandomGenerator random;
  private final Story story = new Story("2026-03-10T00:00:00Z");

  /** Which of the actors are busy; changes now and then. */
  private int busy;

  RandomStory(RandomGenerator random) {
    this.random = random;
  }

  Story write(int steps) {
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(60) == 0) {
        busy = random.nextInt(64);
      }
      step();
      pass();
    }
    return story.tick();
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> login();
      case 4, 5, 6, 7 -> read();
      case 8 -> source();
      default -> story.tick();
    }
    if (random.nextInt(20) == 0 && !story.entries().isEmpty()) {
      story.again();
    }
  }

  private void login() {
    int actor = random.nextInt(3);
    boolean attack = (busy >> actor & 1) == 1;
    if (attack || random.nextInt(10) == 0) {
      boolean success = random.nextInt(attack ? 25 : 2) == 0;
      late(
          e ->
              e.put(Field.EVENT_CATEGORY, List.of("authentication"))
                  .put(Field.EVENT_OUTCOME, success ? "success" : "failure")
                  .put(Field.EVENT_PROVIDER, random.nextInt(5) == 0 ? "pam" : "sshd")
                  .put(Field.SOURCE_IP, "10.0.0." + actor)
                  .put(Field.USER_NAME, "u" + random.nextInt(3)));
    }
  }

  private void read() {
    int actor = random.nextInt(3);
    boolean attack = (busy >> 3 + actor & 1) == 1;
    int burst = attack ? 1 + random.nextInt(12) : 1;
    for (int i = 0; i < burst; i++) {
      late(
          e ->
              Story.access(
                  e,
                  "u" + actor,
                  random.nextInt(3) == 0 ? "t.four" : "t.three",
                  random.nextInt(4) == 0 ? random.nextInt(150) : 1));
    }
  }

  private void source() {
    String origin = "o" + random.nextInt(2);
    switch (random.nextInt(5)) {
      case 0 -> story.source("source-silent", origin, random.nextInt(400));
      case 1 -> story.source("source-resumed", origin, random.nextInt(5000));
      case 2 ->
          story.event(
              e ->
                  e.put(Field.EVENT_ACTION, "source-gap")
                      .put(Field.GOV_ORIGIN_ID, origin)
                      .put(Field.GOV_GAP_FROM, 3)
                      .put(Field.GOV_GAP_TO, 7));
      default -> story.tick();
    }
  }

  // Out of order by less than the lateness that engines allow.
  private void late(Consumer<Event.Builder> fields) {
    Duration delay = Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(110_000) : 0);
    story.entry(EntryKind.EVENT, story.now().minus(delay), fields);
  }

  private void pass() {
    int dice = random.nextInt(1000);
    if (dice < 900) {
      story.pass(Duration.ofMillis(random.nextInt(5_000)));
    } else if (dice < 985) {
      story.pass(Duration.ofSeconds(random.nextInt(120)));
    } else {
      int minutes = dice < 997 ? random.nextInt(100) : random.nextInt(1500);
      for (int i = 0; i < minutes; i++) {
        story.pass(Duration.ofMinutes(1)).tick();
      }
    }
  }
}

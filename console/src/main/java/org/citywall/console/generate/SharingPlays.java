// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.masking.catalogue.DataSet;

/** Scenarios of several persons, places or departments: 8, 9, 23, 35. */
final class SharingPlays {

  static final String VDI = "10.33.252.";
  static final String EGRESS = "10.33.253.1";

  private SharingPlays() {}

  /** One account on two devices at once; in order where both are machines of a pool. */
  static void sharedAccount(Script s) {
    s.begin(9, 16, 1);
    Person who = s.staff(Duty.CLERK);
    long overlaps = s.draw("overlaps");
    long pace = s.draw("seconds-apart") * Script.SECOND;
    for (long i = 0; i <= overlaps; i++) {
      boolean second = i % 2 == 1;
      Draft draft = s.facts().logIn(s.at(), who, true);
      if (s.is(Kind.BENIGN)) {
        draft
            .put(Field.SOURCE_IP, shared(s, who, i))
            .put(Field.NETWORK_FORWARDED_IP, who.address());
      } else if (second) {
        draft
            .put(Field.DEVICE_ID, "PC-X" + who.id())
            .put(Field.SOURCE_IP, "10.33.199." + (1 + Math.floorMod(who.id().hashCode(), 250)));
      }
      s.add(draft);
      if (i == 3) {
        s.decisive(draft);
      }
      s.pass(pace * 9 / 10, pace + 1);
    }
    s.add(s.facts().portal(s.at(), who.account(), who.address(), "log-out"))
        .put(Field.DEVICE_ID, "PC-" + who.id());
  }

  /** A machine of a pool, or the gateway that many share and the desk itself by turns. */
  private static String shared(Script s, Person who, long turn) {
    if (s.isHeldOut()) {
      return turn % 2 == 0 ? LogInPlays.GATEWAY : who.address();
    }
    return VDI + (1 + turn % 8);
  }

  /** Two log-ins that nobody can travel between. */
  static void impossibleTravel(Script s) {
    if (s.isHeldOut()) {
      // Later than everybody logs in: who is far away in between would be at two places again.
      s.beginBetween(10, 17, 1, s.city()::works);
    } else {
      s.begin(8, 15, 1);
    }
    Person who = s.staff(Duty.CLERK);
    boolean near = s.random().nextBoolean();
    long kmPerHour = s.draw("km-per-hour");
    long minutes = s.draw("minutes-between-sites");
    s.add(s.facts().logIn(s.at(), who, true));
    Draft second;
    if (near) {
      s.pass(minutes * Script.MINUTE - s.random().nextLong(30 * Script.SECOND));
      String home = s.city().unitOf(who).region();
      String other =
          s.city().units().stream()
              .map(unit -> unit.region())
              .filter(region -> !region.equals(home))
              .findFirst()
              .orElse("339902");
      second =
          s.facts()
              .logIn(s.at(), who, true)
              .put(Field.SOURCE_GEO_NAME, other)
              .put(Field.SOURCE_GEO_LOCATION, Places.ofRegion(other));
    } else {
      long kilometres = 600 + s.random().nextInt(3_000);
      s.pass(kilometres * Script.HOUR / kmPerHour);
      second =
          s.facts()
              .logIn(s.at(), who, true)
              .put(Field.SOURCE_GEO_NAME, "abroad")
              .put(Field.SOURCE_GEO_LOCATION, Places.north(kilometres));
    }
    second.put(
        Field.SOURCE_IP, s.is(Kind.BENIGN) ? EGRESS : "192.0.2." + (1 + s.random().nextInt(250)));
    s.add(second);
    s.decisive(second);
  }

  /** The same residents in the data of several departments. */
  static void linkage(Script s) {
    s.begin(9, 12, 1);
    Person who = s.staff(Duty.ANALYST);
    long departments = s.draw("departments");
    long residents = s.draw("residents");
    long common = s.draw("percent-common");
    String project = s.is(Kind.BENIGN) ? s.freshName("PRJ-") : null;
    if (project != null) {
      s.ticket("LINKAGE", project, 0, 10 * Script.HOUR);
    }
    long first = s.random().nextInt(City.RESIDENTS);
    Set<String> owners = new LinkedHashSet<>();
    List<DataSet> sets = new ArrayList<>(s.city().personal(3));
    while (owners.size() < departments) {
      DataSet set = City.pick(sets, s.random());
      if (!owners.add(set.owner())) {
        continue;
      }
      int shared = (int) (residents * common / 100);
      List<String> digests = new ArrayList<>(s.facts().subjects(first, shared));
      long others = first + 10_000L * owners.size();
      digests.addAll(s.facts().subjects(others, (int) residents - shared));
      Draft draft =
          s.add(
                  s.facts()
                      .access(s.at(), who, set, Sql.bySubject(set), residents, s.tool("DBeaver")))
              .put(Field.GOV_SUBJECTS_DIGESTS, digests)
              .put(Field.GOV_PROJECT_ID, project);
      if (owners.size() == 3) {
        s.decisive(draft);
      }
      s.pass(5 * Script.MINUTE, 80 * Script.MINUTE);
    }
  }

  /** Several accounts of one network divide a table among them; nearly so: with gaps between. */
  static void split(Script s) {
    s.begin(9, 13, 1);
    long accounts = s.draw("accounts");
    long percent = s.draw("percent-covered");
    long rows = s.draw("rows");
    boolean batch = s.is(Kind.BENIGN);
    DataSet set = s.personal(3);
    Sql sql = batch ? ApprovedStatements.shardOf(set) : Sql.range(set);
    long from = 1;
    int subnet = 100 + s.random().nextInt(90);
    for (long i = 0; i < accounts; i++) {
      Person who = batch ? s.service() : s.exporter();
      long part = rows * percent / 100 / accounts;
      Draft draft =
          s.add(
                  s.facts()
                      .access(s.at(), who, set, sql, part, batch ? "dataflow" : s.tool("DBeaver")))
              .put(Field.SOURCE_IP, "10.33." + subnet + "." + (10 + i))
              .put(Field.DB_TABLE_ROWS, rows)
              .put(Field.DB_KEY_FROM, from)
              .put(Field.DB_KEY_TO, from + part - 1);
      from += s.is(Kind.NEAR_MISS) ? rows / accounts : part;
      s.decisive(draft);
      s.pass(3 * Script.MINUTE, 3 * Script.HOUR / accounts);
    }
  }
}

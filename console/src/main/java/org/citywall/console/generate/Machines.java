// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.masking.catalogue.DataSet;

/** What programs and hosts do in an hour: portals, interfaces, batches, backups, cron, scans. */
final class Machines {

  private static final List<String> GUESSED = List.of("admin", "test", "oracle", "ubuntu", "git");
  private static final long LATE = 60 * Script.SECOND;

  private final City city;
  private final Facts facts;
  private final List<Person> services;
  private final List<DataSet> personal;
  private final double perHour;

  Machines(City city, Facts facts) {
    this.city = city;
    this.facts = facts;
    this.services = city.with(PersonType.SERVICE, Duty.BATCH);
    this.personal = city.personal(3);
    double own = Math.max(0, Rates.ofMachines(city) - Hosts.expected(city));
    this.perHour = own / (city.options().days() * 24.0);
  }

  static String hostOf(String unit) {
    return unit.substring(7).toLowerCase(Locale.ROOT) + "-app-01";
  }

  void make(Hour hour, Consumer<Draft> out) {
    for (int i = hour.about(perHour * hour.shareOfMachines()); i > 0; i--) {
      out.accept(one(hour));
    }
    switch (hour.number()) {
      case 1 -> backups(hour, out);
      case 2 -> batches(hour, out);
      case 3 -> scan(hour, out);
      default -> {}
    }
  }

  private Draft one(Hour hour) {
    List<Integer> shares = city.habits().machines();
    int draw = hour.random().nextInt(100);
    if (draw < shares.get(0)) {
      return citizen(hour);
    }
    if (draw < shares.get(0) + shares.get(1)) {
      return call(hour);
    }
    return draw < 100 - shares.get(3) ? cron(hour) : knock(hour);
  }

  /** A citizen looks at something of his own, through a portal that has one log-in. */
  private Draft citizen(Hour hour) {
    Person service = City.pick(services, hour.random());
    DataSet set = City.pick(personal, hour.random());
    return facts
        .access(hour.moment(), service, set, ApprovedStatements.portalOf(set), 1, "portal-web")
        .put(
            Field.GOV_SUBJECTS_DIGESTS,
            List.of(facts.subject(hour.random().nextInt(City.RESIDENTS))));
  }

  private Draft call(Hour hour) {
    ApiKey key = City.pick(city.apiKeys(), hour.random());
    boolean empty = hour.random().nextInt(100) < 7;
    int resident = hour.random().nextInt(City.RESIDENTS);
    return facts.call(hour.moment(), key, resident, empty ? 404 : 200, empty ? 0 : 1);
  }

  private Draft cron(Hour hour) {
    Draft draft = facts.cron(hour.moment(), hostOf(City.pick(city.units(), hour.random()).code()));
    return hour.random().nextInt(1000) < 5 ? draft.lag(hour.random().nextLong(LATE)) : draft;
  }

  /** Somebody out there tries a name and goes away. */
  private Draft knock(Hour hour) {
    RandomGenerator random = hour.random();
    String address = "198.18." + random.nextInt(250) + "." + (1 + random.nextInt(250));
    return facts.ssh(hour.moment(), "ssh-gw-01", City.pick(GUESSED, random), address, false);
  }

  private void batches(Hour hour, Consumer<Draft> out) {
    for (Person service : services) {
      List<DataSet> own = city.dataOf(service.unit());
      for (DataSet set : own.subList(0, Math.min(4, own.size()))) {
        long rows = 4_000 + hour.random().nextInt(30_000);
        out.accept(facts.access(hour.moment(), service, set, Sql.export(set), rows, "dataflow"));
      }
    }
  }

  private void backups(Hour hour, Consumer<Draft> out) {
    for (int i = 0; i < 8; i++) {
      DataSet set = personal.get(i * personal.size() / 8);
      long percent = 90 + hour.random().nextInt(20);
      out.accept(
          DatabasePlays.dump(
              facts,
              hour.moment(),
              DatabasePlays.BACKUP,
              set,
              City.BACKUP_HOST,
              "pg_dump",
              percent));
    }
  }

  /** Once a week the city has itself attacked, under a ticket. */
  private void scan(Hour hour, Consumer<Draft> out) {
    if (hour.day().toEpochDay() % 7 != 0) {
      return;
    }
    for (int i = 0; i < 40; i++) {
      String account = GUESSED.get(i % GUESSED.size());
      out.accept(
          facts.ssh(
              hour.start() + i * 20 * Script.SECOND, "ssh-gw-01", account, City.SCANNER_2, false));
    }
  }
}

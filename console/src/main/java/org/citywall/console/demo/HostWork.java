// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What host logs hold on an ordinary day: operators' sessions, cron, scanners from outside. */
final class HostWork {

  static final String GATEWAY = "ssh-gw-01";

  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final List<String> COMMANDS =
      List.of(
          "/usr/bin/systemctl status postgresql",
          "/usr/bin/journalctl -u yunlan-desk -n 200",
          "/usr/bin/df -h",
          "/usr/bin/tail -n 100 /var/log/nginx/error.log",
          "/usr/bin/systemctl reload nginx");
  private static final List<String> GUESSED = List.of("admin", "test", "oracle", "ubuntu", "git");

  private final DemoCity city;
  private final List<String> hosts;

  HostWork(DemoCity city) {
    this.city = city;
    this.hosts =
        city.units().stream().filter(Unit::ofCity).map(unit -> hostOf(unit.code())).toList();
  }

  /** Application host of a unit, for example {@code rsj-app-01}. */
  static String hostOf(String unit) {
    return unit.substring(7).toLowerCase(Locale.ROOT) + "-app-01";
  }

  void sessions(Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    for (Person person : city.persons()) {
      if (person.duty() == Duty.OPERATOR) {
        for (int i = random.nextInt(4); i > 0; i--) {
          session(person, rhythm.moment(person), random, out);
        }
      }
    }
  }

  private void session(Person person, long at, RandomGenerator random, Consumer<DemoRecord> out) {
    String host = hostOf(person.unit());
    int pid = pid(random);
    int port = port(random);
    if (random.nextInt(100) < 5) {
      out.accept(
          HostLine.failed(
              at - 9 * SECOND, host, pid, person.account(), true, person.address(), port));
    }
    out.accept(HostLine.accepted(at, host, pid, person.account(), person.address(), port));
    out.accept(HostLine.session(at + SECOND / 20, host, pid, person.account(), true));
    long last = at;
    for (int i = random.nextInt(5); i > 0; i--) {
      last += (20 + random.nextInt(200)) * SECOND;
      String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
      out.accept(HostLine.sudo(last, host, pid(random), person.account(), command));
    }
    last += (10 + random.nextInt(300)) * SECOND;
    out.accept(HostLine.session(last, host, pid, person.account(), false));
  }

  /** Every host runs its hourly jobs, a few seconds after the full hour. */
  void cron(Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    for (String host : hosts) {
      for (int hour = 0; hour < 24; hour++) {
        long at = rhythm.between(hour, hour + 1) % HOUR / 600;
        out.accept(HostLine.cron(fullHour(rhythm, hour) + at, host, pid(random), "root"));
      }
    }
  }

  private static long fullHour(Rhythm rhythm, int hour) {
    long any = rhythm.between(hour, hour + 1);
    return any - any % HOUR;
  }

  /** Machines from outside try a name or two and go away. */
  void scanners(Rhythm rhythm, RandomGenerator random, Consumer<DemoRecord> out) {
    for (int i = 6 + random.nextInt(10); i > 0; i--) {
      String address = "198.51.100." + (1 + random.nextInt(250));
      String user = GUESSED.get(random.nextInt(GUESSED.size()));
      long at = rhythm.between(0, 24);
      for (int attempt = random.nextInt(3); attempt >= 0; attempt--) {
        int pid = pid(random);
        out.accept(HostLine.failed(at, GATEWAY, pid, user, false, address, port(random)));
        at += 4 * SECOND;
      }
    }
  }

  static int pid(RandomGenerator random) {
    return 1_000 + random.nextInt(60_000);
  }

  static int port(RandomGenerator random) {
    return 32_768 + random.nextInt(28_000);
  }
}

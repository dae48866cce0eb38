// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;

/** Scenarios of guessed passwords: 27, 28. */
final class LogInPlays {

  static final String GATEWAY = "10.33.251.1";
  private static final String HOST = "ssh-gw-01";
  private static final int NEEDED_ACCOUNTS = 20;

  private LogInPlays() {}

  /** Failures, then a success; nearly so: few failures, or the success comes much later. */
  static void bruteForce(Script s) {
    s.begin(0, 22, 1, day -> true);
    Person victim = s.staff(Duty.OPERATOR);
    long failures = s.draw("failures");
    long until = s.draw("seconds-until-success");
    String address =
        s.is(Kind.BENIGN) ? victim.address() : "203.0.113." + (1 + s.random().nextInt(250));
    s.actor(address);
    for (long i = 0; i < failures; i++) {
      s.add(s.facts().ssh(s.at(), HOST, victim.account(), address, false));
      s.pass(280 * Script.SECOND / Math.max(10, failures));
    }
    s.pass(until * Script.SECOND);
    s.decisive(s.add(s.facts().ssh(s.at(), HOST, victim.account(), address, true)));
  }

  /** One address, many accounts, few tries of each. */
  static void spray(Script s) {
    s.begin(0, 22, 1, day -> true);
    long accounts = s.draw("accounts");
    long tries = s.draw("tries-each");
    String address = s.is(Kind.BENIGN) ? GATEWAY : "198.51.100." + (1 + s.random().nextInt(250));
    s.actor(address);
    List<Person> clerks = s.city().persons();
    int first = s.random().nextInt(clerks.size());
    long pace = 28 * Script.MINUTE / (accounts * tries);
    for (long round = 0; round < tries; round++) {
      for (long i = 0; i < accounts; i++) {
        Person who = clerks.get((first + (int) i) % clerks.size());
        Draft draft = s.add(s.facts().ssh(s.at(), HOST, who.account(), address, false));
        if (round == 0 && i == NEEDED_ACCOUNTS - 1) {
          s.decisive(draft);
        }
        s.pass(pace);
      }
    }
  }
}

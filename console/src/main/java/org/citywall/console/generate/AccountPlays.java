// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.masking.catalogue.DataSet;

/** Scenarios of whose account it is: 3, 11, 12, 30. */
final class AccountPlays {

  private AccountPlays() {}

  /** Outsourced staff at night; nearly so: data that is not sensitive. */
  static void offHours(Script s) {
    s.begin(18, 19, 2);
    Person who = s.outsourced();
    s.pass(s.draw("minutes-after-shift") * Script.MINUTE - (s.at() - shiftEnd(s)));
    long reads = s.draw("reads");
    DataSet set = s.is(Kind.NEAR_MISS) ? harmless(s) : s.personal(who, 3);
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("ON_CALL", who.account(), 0, 3 * Script.HOUR) : null;
    for (long i = 0; i < reads; i++) {
      Draft draft =
          s.add(s.facts().access(s.at(), who, set, Sql.lookUp(set), 1, s.tool("psql")))
              .put(Field.GOV_TICKET_ID, ticket);
      if (i == 0) {
        s.decisive(draft);
      }
      s.pass(15 * Script.SECOND, 100 * Script.SECOND);
    }
  }

  private static long shiftEnd(Script s) {
    return s.city().midnight(s.day()) + 17 * Script.HOUR + 30 * Script.MINUTE;
  }

  private static DataSet harmless(Script s) {
    return City.pick(
        s.city().dataSets().stream().filter(set -> set.level().number() <= 2).toList(), s.random());
  }

  /** An account that nobody used for months opens sensitive data. */
  static void dormant(Script s) {
    s.begin(8, 16, 2);
    Person who = s.sleeper();
    long days = s.draw("days-asleep");
    DataSet set = s.personal(who, 3);
    s.known(who).lastSeen(Micros.toInstant(s.at() - days * Script.DAY));
    if (s.is(Kind.BENIGN)) {
      s.known(who).returned(Micros.toInstant(s.at() - 12 * Script.HOUR));
      s.add(s.facts().personnel(s.at() - 12 * Script.HOUR, "returned-from-leave", who))
          .put(Field.GOV_PERSON_RETURNED, s.at() - 12 * Script.HOUR);
    }
    s.add(s.facts().logIn(s.at(), who, true))
        .put(Field.GOV_ACCOUNT_LAST_SEEN, s.at() - days * Script.DAY);
    s.pass(Script.MINUTE, 40 * Script.MINUTE);
    long reads = s.draw("reads");
    for (long i = 0; i < reads; i++) {
      Draft draft = s.add(s.facts().access(s.at(), who, set, Sql.lookUp(set), 1, "yunlan-desk"));
      if (i == 0) {
        s.decisive(draft);
      }
      s.pass(10 * Script.SECOND, 90 * Script.SECOND);
    }
  }

  /** A new account reads a lot on its first day; nearly so: few rows, or a later day. */
  static void newAccount(Script s) {
    s.begin(8, 10, 4);
    Person model = s.staff(Duty.ANALYST);
    Person who = newcomer(s, model);
    String creator = "admin-" + model.unit();
    long hours = s.draw("hours-old");
    long rows = s.draw("rows");
    s.add(s.facts().identity(s.at(), "account-created", creator, who.account()))
        .put(Field.GOV_ACCOUNT_CREATED, s.at());
    s.known(who).created(Micros.toInstant(s.at()));
    s.staging().newcomers().add(who);
    s.pass(hours * Script.HOUR - 10 * Script.MINUTE);
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("MIGRATION", who.account(), rows, 2 * Script.HOUR) : null;
    DataSet set = s.personal(3);
    long statements = s.draw("statements");
    long sum = 0;
    for (long i = 0; i < statements; i++) {
      long part = rows * (i + 1) / statements - rows * i / statements;
      Draft draft =
          s.add(s.facts().access(s.at(), who, set, Sql.export(set), part, s.tool("DBeaver")))
              .put(Field.GOV_TICKET_ID, ticket);
      if (sum <= 1_000 && sum + part > 1_000) {
        s.decisive(draft);
      }
      sum += part;
      s.pass(30 * Script.SECOND, 90 * Script.SECOND);
    }
    if (s.isAttack() && rows > 5_000) {
      s.also(1);
    }
  }

  private static Person newcomer(Script s, Person model) {
    String account = s.freshName("new-");
    s.actor(account);
    return new Person(
        "P9" + s.freshName(""),
        account,
        model.name(),
        PersonType.STAFF,
        Duty.ANALYST,
        model.unit(),
        null,
        model.address());
  }

  /** The account of a program, used with a program for people. */
  static void serviceByHand(Script s) {
    s.begin(9, 17, 1);
    Person service = s.service();
    DataSet set = s.personal(service, 3);
    long tool = s.draw("tool");
    String app =
        s.is(Kind.NEAR_MISS) ? "dataflow" : (s.isHeldOut() ? OTHER_TOOLS : TOOLS).get((int) tool);
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("BREAK_GLASS", service.account(), 0, Script.HOUR) : null;
    long statements = s.draw("statements");
    for (long i = 0; i < statements; i++) {
      Draft draft =
          s.add(s.facts().access(s.at(), service, set, Sql.lookUp(set), 1, app))
              .put(Field.GOV_TICKET_ID, ticket);
      if (i == 0) {
        s.decisive(draft);
      }
      s.pass(10 * Script.SECOND, 2 * Script.MINUTE);
    }
  }

  private static final List<String> TOOLS =
      List.of("psql", "Navicat 17", "DBeaver 24.1", "DataGrip");
  private static final List<String> OTHER_TOOLS =
      List.of("psql 16.4", "Navicat for PostgreSQL", "DBeaver Ultimate", "NAVICAT");
}

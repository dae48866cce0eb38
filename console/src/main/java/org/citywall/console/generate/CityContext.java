// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.citywall.audit.event.Micros;
import org.citywall.console.demo.Person;
import org.citywall.correlation.Context;
import org.citywall.correlation.Context.TicketKind;
import org.citywall.correlation.Roster;

/** A generated city as detection knows it. Without limits of rows: those of the rules hold. */
final class CityContext {

  private CityContext() {}

  static Context of(City city, Staging staging) {
    Context base = city.base();
    Set<String> owners = new HashSet<>();
    city.units().forEach(unit -> owners.add(unit.code()));
    return Context.builder("generated-" + city.options().seed())
        .calendar(base.calendar())
        .rosters(List.of(nightShift()))
        .units(base.units().stream().filter(unit -> owners.contains(unit.code())).toList())
        .vendors(base.vendors())
        .persons(persons(city, staging))
        .dataSets(base.dataSets().stream().filter(s -> owners.contains(s.owner())).toList())
        .tickets(tickets(city, staging))
        .sharedAddresses(sharedAddresses())
        .approvedStatements(ApprovedStatements.digests(city))
        .facts(CityFacts.of(city, staging))
        .build();
  }

  private static Roster nightShift() {
    return new Roster(
        Nights.ROSTER,
        List.of(new Roster.Shift(Roster.Days.EVERY_DAY, LocalTime.of(22, 0), LocalTime.of(6, 0))));
  }

  private static List<Context.Person> persons(City city, Staging staging) {
    List<Context.Person> persons = new ArrayList<>();
    List<Person> everybody = new ArrayList<>(city.persons());
    everybody.addAll(staging.newcomers());
    for (Person person : everybody) {
      persons.add(person(person, city, staging));
    }
    persons.add(person(DatabasePlays.BACKUP, city, staging));
    return persons;
  }

  private static Context.Person person(Person person, City city, Staging staging) {
    PersonFacts facts = staging.factsOf(person.account());
    WatchedRecords records = staging.watched();
    return new Context.Person(
        person.account(),
        person.name(),
        Context.PersonType.valueOf(person.type().name()),
        person.unit(),
        person.vendor(),
        city.nightShift().contains(person) ? Nights.ROSTER : null,
        city.unitOf(person).bureau() + "-" + Facts.role(person),
        records.own(person),
        List.of(records.relative(person)),
        facts.created(),
        facts.lastSeen(),
        facts.returned(),
        facts.leaves(),
        facts.roleChanged());
  }

  private static List<Context.Ticket> tickets(City city, Staging staging) {
    List<Context.Ticket> tickets = new ArrayList<>();
    for (Tickets.Ticket ticket : staging.tickets().all()) {
      tickets.add(
          new Context.Ticket(
              ticket.id(),
              TicketKind.valueOf(ticket.kind()),
              ticket.subject(),
              ticket.quota(),
              Micros.toInstant(ticket.from()),
              Micros.toInstant(ticket.to())));
    }
    tickets.add(
        new Context.Ticket(
            "GD-10000",
            TicketKind.SECURITY_TEST,
            City.SCANNER_2,
            0,
            city.options().start(),
            city.end()));
    return tickets;
  }

  private static Set<String> sharedAddresses() {
    Set<String> shared = new HashSet<>(Set.of(LogInPlays.GATEWAY, SharingPlays.EGRESS));
    IntStream.rangeClosed(1, 8).forEach(i -> shared.add(SharingPlays.VDI + i));
    return shared;
  }

  static SortedMap<String, List<String>> placeholders() {
    SortedMap<String, List<String>> lists = new TreeMap<>();
    lists.put("backup_accounts", List.of(DatabasePlays.BACKUP.account()));
    lists.put("governed_databases", List.of(City.DATABASE));
    lists.put("proxy_addresses", List.of(City.PROXY));
    lists.put("jump_hosts", List.of(City.JUMP_HOST, City.BACKUP_HOST));
    lists.put("shared_addresses", sharedAddresses().stream().sorted().toList());
    return lists;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citywall.correlation.Context;
import org.citywall.correlation.WorkCalendar;

/** What detection must know about the demo city. */
public final class DemoContext {

  /** Rows an hour by data level 1 to 4. */
  private static final long[] STAFF = {1_000_000, 100_000, 5_000, 2_000};

  // Above what the engineer of the main story reads: he stays below it on purpose.
  private static final long[] OUTSOURCED = {100_000, 20_000, 5_000, 4_000};
  private static final long[] SERVICE = {10_000_000, 5_000_000, 2_000_000, 2_000_000};

  private DemoContext() {}

  public static Context of(DemoCity city) {
    return Context.builder("demo-" + city.seed())
        .calendar(calendar(city))
        .units(
            city.units().stream().map(unit -> new Context.Unit(unit.code(), unit.name())).toList())
        .vendors(city.vendors().stream().map(DemoContext::vendor).toList())
        .persons(city.persons().stream().map(DemoContext::person).toList())
        .dataSets(
            city.dataSets().stream()
                .map(
                    set ->
                        new Context.DataSet(
                            set.qualifiedTable(),
                            set.level().number(),
                            set.owner(),
                            set.category()))
                .toList())
        .tickets(city.tickets().stream().map(DemoContext::ticket).toList())
        .limits(limits())
        .sharedAddresses(Set.of(StoryScripts.REMOTE_DESK))
        .build();
  }

  private static WorkCalendar calendar(DemoCity city) {
    return new WorkCalendar(
        CityCalendar.ZONE,
        LocalTime.of(8, 30),
        LocalTime.of(17, 30),
        days(city, holiday -> !holiday.workday()),
        days(city, Holiday::workday));
  }

  private static Set<LocalDate> days(DemoCity city, Predicate<Holiday> wanted) {
    return city.holidays().stream()
        .filter(wanted)
        .map(Holiday::date)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Context.Vendor vendor(Vendor vendor) {
    return new Context.Vendor(
        vendor.id(), vendor.name(), vendor.agreementUntil(), vendor.contractUntil());
  }

  private static Context.Person person(Person person) {
    return new Context.Person(
        person.account(), person.name(), type(person), person.unit(), person.vendor(), null);
  }

  private static Context.PersonType type(Person person) {
    return switch (person.type()) {
      case STAFF -> Context.PersonType.STAFF;
      case OUTSOURCED -> Context.PersonType.OUTSOURCED;
      case SERVICE -> Context.PersonType.SERVICE;
    };
  }

  private static Context.Ticket ticket(Ticket ticket) {
    Context.TicketKind kind =
        switch (ticket.kind()) {
          case EXPORT -> Context.TicketKind.EXPORT;
          case ON_CALL -> Context.TicketKind.ON_CALL;
        };
    return new Context.Ticket(
        ticket.id(), kind, ticket.account(), ticket.quota(), ticket.from(), ticket.until());
  }

  private static List<Context.RowLimit> limits() {
    List<Context.RowLimit> limits = new ArrayList<>();
    for (int level = 1; level <= 4; level++) {
      limits.add(new Context.RowLimit(Context.PersonType.STAFF, level, STAFF[level - 1]));
      limits.add(new Context.RowLimit(Context.PersonType.OUTSOURCED, level, OUTSOURCED[level - 1]));
      limits.add(new Context.RowLimit(Context.PersonType.SERVICE, level, SERVICE[level - 1]));
    }
    return limits;
  }
}

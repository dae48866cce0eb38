// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.citywall.masking.catalogue.DataSet;
import org.jspecify.annotations.Nullable;

/**
 * The fictitious city 云澜市: 55 units, 568 data sets, its people, vendors, tickets and stories.
 * Immutable; the same seed and end give the same city.
 */
public final class DemoCity {

  public static final String NAME = "云澜市";

  /** Region code of the city; 3399 is assigned to no real place. */
  public static final String REGION = "339900";

  private static final int DAYS_SINCE_AGREEMENT_EXPIRED = 23;
  private static final String[] VENDORS = {
    "澜芯软件", "云桥信息", "石渡数据", "屏山网络", "溪声科技", "浦上智联", "北洲云计算", "禾穗系统集成"
  };
  private static final int EXPIRED = 1;

  private final long seed;
  private final Instant end;
  private final List<Unit> units;
  private final List<DataSet> dataSets;
  private final List<Vendor> vendors;
  private final List<Person> persons;
  private final List<Holiday> holidays;
  private final Cast cast;
  private final List<Story> stories;
  private final List<Ticket> tickets;
  private final Map<String, Unit> unitsByCode;
  private final Map<String, Person> personsByAccount;

  private DemoCity(long seed, Instant end) {
    this.seed = seed;
    this.end = end;
    CityPlan plan = new CityPlan();
    units = List.copyOf(plan.units());
    dataSets = List.copyOf(plan.dataSets(units));
    vendors = vendors(end.atZone(CityCalendar.ZONE).toLocalDate());
    persons = List.copyOf(new Registry(random(seed)).persons(units, vendors));
    holidays = CityCalendar.holidays();
    cast = Cast.of(persons, vendors.get(EXPIRED));
    stories = new StoryPlan(end, new CityCalendar(holidays)).stories(cast);
    tickets = tickets(stories);
    unitsByCode = units.stream().collect(Collectors.toMap(Unit::code, Function.identity()));
    personsByAccount =
        persons.stream().collect(Collectors.toMap(Person::account, Function.identity()));
  }

  /** The city of this seed, with contracts, tickets and stories laid out before this end. */
  public static DemoCity of(long seed, Instant end) {
    return new DemoCity(seed, end);
  }

  public long seed() {
    return seed;
  }

  /** End of the history: contracts, tickets and stories are counted back from here. */
  public Instant end() {
    return end;
  }

  public List<Unit> units() {
    return units;
  }

  public List<DataSet> dataSets() {
    return dataSets;
  }

  public List<Person> persons() {
    return persons;
  }

  public List<Vendor> vendors() {
    return vendors;
  }

  public List<Ticket> tickets() {
    return tickets;
  }

  /** Days off and worked weekends of 2026, to be confirmed against the State Council's notice. */
  public List<Holiday> holidays() {
    return holidays;
  }

  public List<Story> stories() {
    return stories;
  }

  public Story story(StoryKind kind) {
    return stories.stream().filter(story -> story.kind() == kind).findFirst().orElseThrow();
  }

  /** The generator behind everything of the demo; the algorithm is named, so that it stays. */
  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  Cast cast() {
    return cast;
  }

  Unit unit(String code) {
    return require(unitsByCode.get(code), code);
  }

  Person person(String account) {
    return require(personsByAccount.get(account), account);
  }

  DataSet dataSet(String table) {
    return dataSets.stream()
        .filter(dataSet -> dataSet.qualifiedTable().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private static List<Vendor> vendors(LocalDate today) {
    List<Vendor> vendors = new ArrayList<>();
    for (int i = 0; i < VENDORS.length; i++) {
      LocalDate from = today.minusDays(300 + 37L * i);
      LocalDate until = from.plusYears(2);
      LocalDate agreement = i == EXPIRED ? today.minusDays(DAYS_SINCE_AGREEMENT_EXPIRED) : until;
      vendors.add(
          new Vendor("V0" + (i + 1), DemoCity.NAME + VENDORS[i] + "有限公司", from, until, agreement));
    }
    return List.copyOf(vendors);
  }

  private static List<Ticket> tickets(List<Story> stories) {
    List<Ticket> tickets = new ArrayList<>();
    for (Story story : stories) {
      Instant from = story.from().minus(Duration.ofHours(1));
      Instant until = story.until().plus(Duration.ofHours(2));
      if (story.kind() == StoryKind.LICENSED_EXPORT) {
        tickets.add(new Ticket("GD-0417", story.actor(), TicketKind.EXPORT, 80_000, from, until));
      } else if (story.kind() == StoryKind.ON_CALL_REPAIR) {
        tickets.add(new Ticket("GD-0409", story.actor(), TicketKind.ON_CALL, 0, from, until));
      }
    }
    return List.copyOf(tickets);
  }

  private static <T> T require(@Nullable T found, String key) {
    if (found == null) {
      throw new IllegalArgumentException("the city has no " + key);
    }
    return found;
  }
}

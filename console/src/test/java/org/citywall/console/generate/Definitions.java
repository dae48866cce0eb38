// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import static org.citywall.console.generate.Case.DAY;
import static org.citywall.console.generate.Case.HOUR;
import static org.citywall.console.generate.Case.MINUTE;
import static org.citywall.console.generate.Case.at;
import static org.citywall.console.generate.Case.distinct;
import static org.citywall.console.generate.Case.level;
import static org.citywall.console.generate.Case.rows;
import static org.citywall.console.generate.Case.text;
import static org.citywall.console.generate.Case.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Person;
import org.citywall.correlation.Roster;

/**
 * The scenarios about volumes, accounts and log-ins as the table defines them, judged by events
 * alone: written without a look at how they are staged. The others are in {@link MoreDefinitions}.
 */
final class Definitions {

  private static final Set<String> TOOLS = Set.of("psql", "navicat", "dbeaver", "datagrip");

  private Definitions() {}

  static Map<Integer, Predicate<Case>> all() {
    Map<Integer, Predicate<Case>> all = new TreeMap<>(MoreDefinitions.all());
    all.put(1, Definitions::bulkExport);
    all.put(2, Definitions::slowDrip);
    all.put(3, Definitions::offHours);
    all.put(8, Definitions::sharedAccount);
    all.put(9, Definitions::impossibleTravel);
    all.put(11, Definitions::dormant);
    all.put(12, Definitions::newAccount);
    all.put(20, Definitions::overuse);
    all.put(27, Definitions::guessed);
    all.put(28, Definitions::spray);
    all.put(30, Definitions::serviceByHand);
    all.put(32, Definitions::unmasking);
    all.put(34, Definitions::snooping);
    all.put(36, Definitions::leaver);
    return all;
  }

  /** Baseline: 99.5th percentile of the account's hours before, of working hours or of others. */
  private static boolean bulkExport(Case c) {
    String who = c.truth().actors().getFirst();
    List<Event> all = new ArrayList<>(c.ordinary(who));
    all.addAll(c.statements());
    all.sort(Comparator.comparingLong(Case::at));
    long most = Case.most(c.statements(), HOUR, Case::rows);
    Map<Long, Long> hours = new TreeMap<>();
    for (Event event : c.ordinary(who)) {
      if (at(event) < at(c.events().getFirst())) {
        hours.merge(at(event) / HOUR, rows(event), Long::sum);
      }
    }
    List<Long> sums = hours.values().stream().sorted().toList();
    long usual = sums.isEmpty() ? 0 : sums.get((int) (sums.size() * 0.995));
    return most > Math.max(5_000, 3 * usual)
        && c.statements().stream().noneMatch(e -> c.ticket("EXPORT", e));
  }

  private static boolean slowDrip(Case c) {
    String who = c.truth().actors().getFirst();
    City city = c.world().city();
    Person person = person(c, who);
    String bureau = city.unitOf(person).bureau();
    List<Integer> peers = new ArrayList<>();
    for (Person peer : city.persons()) {
      if (peer.duty() == person.duty()
          && peer.type() == person.type()
          && city.unitOf(peer).bureau().equals(bureau)
          && !peer.account().equals(who)) {
        peers.add(words(c.ordinary(peer.account()), Field.GOV_SUBJECTS_DIGESTS).size());
      }
    }
    peers.sort(Comparator.naturalOrder());
    List<Event> all = c.world().byAccount().getOrDefault(who, List.of());
    long start = org.citywall.audit.event.Micros.of(c.world().options().start());
    List<Integer> weeks = new ArrayList<>();
    for (int week = 0; week < 3; week++) {
      long from = start + week * 7 * DAY;
      weeks.add(
          words(
                  all.stream().filter(e -> at(e) >= from && at(e) < from + 7 * DAY).toList(),
                  Field.GOV_SUBJECTS_DIGESTS)
              .size());
    }
    return peers.size() >= 8
        && words(all, Field.GOV_SUBJECTS_DIGESTS).size() > 4 * peers.get(peers.size() / 2)
        && weeks.get(0) < weeks.get(1)
        && weeks.get(1) < weeks.get(2)
        && c.doing("role-changed").isEmpty();
  }

  private static Person person(Case c, String account) {
    return c.world().city().persons().stream()
        .filter(p -> p.account().equals(account))
        .findFirst()
        .orElseThrow();
  }

  private static boolean offHours(Case c) {
    Roster roster =
        new Roster(
            "",
            List.of(
                new Roster.Shift(
                    Roster.Days.WORKDAYS,
                    c.world().city().calendar().from(),
                    c.world().city().calendar().to())));
    return c.statements().stream()
        .anyMatch(
            e ->
                text(e, Field.GOV_PERSON_TYPE).equals("outsourced")
                    && level(e) >= 3
                    && !roster.covers(
                        e.timestamp(), c.world().city().calendar(), java.time.Duration.ZERO)
                    && !c.ticket("ON_CALL", e));
  }

  /** Two sessions overlap where the account logs in on a device while another one is logged in. */
  private static boolean sharedAccount(Case c) {
    List<Event> logIns = c.doing("log-in");
    List<Event> overlaps = new ArrayList<>();
    for (int i = 1; i < logIns.size(); i++) {
      if (!text(logIns.get(i), Field.DEVICE_ID).equals(text(logIns.get(i - 1), Field.DEVICE_ID))) {
        overlaps.add(logIns.get(i));
      }
    }
    return Case.most(overlaps, 15 * MINUTE, e -> 1) >= 3;
  }

  private static boolean impossibleTravel(Case c) {
    List<Event> logIns = c.doing("log-in");
    for (int i = 1; i < logIns.size(); i++) {
      Event one = logIns.get(i - 1);
      Event two = logIns.get(i);
      double hours = (double) (at(two) - at(one)) / HOUR;
      boolean tooFast = kilometres(one, two) / hours > 900;
      boolean sites =
          !text(one, Field.SOURCE_GEO_NAME).equals(text(two, Field.SOURCE_GEO_NAME))
              && text(two, Field.SOURCE_GEO_NAME).startsWith("3399")
              && hours * 60 < 10;
      if ((tooFast || sites) && !text(two, Field.SOURCE_IP).equals("10.33.253.1")) {
        return true;
      }
    }
    return false;
  }

  /** On a sphere, by the haversine formula. */
  private static double kilometres(Event one, Event two) {
    double[] a = place(one);
    double[] b = place(two);
    double h =
        Math.pow(Math.sin((b[0] - a[0]) / 2), 2)
            + Math.cos(a[0]) * Math.cos(b[0]) * Math.pow(Math.sin((b[1] - a[1]) / 2), 2);
    return 2 * 6371 * Math.asin(Math.sqrt(h));
  }

  private static double[] place(Event event) {
    String[] parts = text(event, Field.SOURCE_GEO_LOCATION).split(",", -1);
    return new double[] {
      Math.toRadians(Double.parseDouble(parts[0])), Math.toRadians(Double.parseDouble(parts[1]))
    };
  }

  private static boolean dormant(Case c) {
    Event logIn = c.doing("log-in").getFirst();
    long asleep = at(logIn) - logIn.number(Field.GOV_ACCOUNT_LAST_SEEN, at(logIn));
    return asleep > 90 * DAY
        && c.doing("returned-from-leave").isEmpty()
        && c.ordinary(c.truth().actors().getFirst()).stream()
            .noneMatch(e -> text(e, Field.EVENT_OUTCOME).equals("success"))
        && c.statements().stream().anyMatch(e -> level(e) >= 3 && at(e) > at(logIn));
  }

  private static boolean newAccount(Case c) {
    Event created = c.doing("account-created").getFirst();
    String account = text(created, Field.USER_TARGET_NAME);
    long rows =
        c.statements().stream()
            .filter(e -> text(e, Field.USER_NAME).equals(account))
            .filter(e -> at(e) - at(created) < DAY)
            .filter(e -> !c.ticket("MIGRATION", e))
            .mapToLong(Case::rows)
            .sum();
    return rows > 1_000;
  }

  private static boolean overuse(Case c) {
    String key = c.truth().actors().getFirst();
    ApiKey contract =
        c.world().city().apiKeys().stream().filter(k -> k.id().equals(key)).findFirst().get();
    List<Event> calls = c.world().calls().getOrDefault(key, List.of());
    List<Event> near =
        calls.stream().filter(e -> Math.abs(at(e) - at(c.events().getFirst())) < 3 * HOUR).toList();
    return Case.most(near, HOUR, e -> e.number(Field.GOV_SUBJECTS_COUNT, 0))
            > contract.perHour() * 12 / 10
        && !c.world().hasTicket("CAMPAIGN", key, at(c.events().getFirst()));
  }

  private static boolean guessed(Case c) {
    List<Event> failures =
        c.events().stream().filter(e -> text(e, Field.EVENT_OUTCOME).equals("failure")).toList();
    Event last = c.events().getLast();
    return Case.most(failures, 5 * MINUTE, e -> 1) >= 10
        && text(last, Field.EVENT_OUTCOME).equals("success")
        && at(last) - at(failures.getLast()) <= 15 * MINUTE;
  }

  private static boolean spray(Case c) {
    Map<String, Integer> tries = new TreeMap<>();
    c.events().forEach(e -> tries.merge(text(e, Field.USER_NAME), 1, Integer::sum));
    return distinct(c.events(), Field.SOURCE_IP).size() == 1
        && tries.size() >= 20
        && tries.values().stream().allMatch(n -> n <= 3)
        && Case.span(c.events()) <= 30 * MINUTE
        && !text(c.events().getFirst(), Field.SOURCE_IP).equals("10.33.251.1");
  }

  private static boolean serviceByHand(Case c) {
    return c.statements().stream()
        .anyMatch(
            e ->
                text(e, Field.GOV_PERSON_TYPE).equals("service")
                    && TOOLS.stream()
                        .anyMatch(
                            text(e, Field.DB_CLIENT_APP).toLowerCase(java.util.Locale.ROOT)
                                ::contains)
                    && !c.ticket("BREAK_GLASS", e));
  }

  /** Above what any other clerk was shown, or approved by the one who asked and by no other. */
  private static boolean unmasking(Case c) {
    String who = c.truth().actors().getFirst();
    List<Event> views = c.statements().stream().filter(Definitions::isPlain).toList();
    boolean own =
        views.stream().anyMatch(e -> e.texts(Field.GOV_GRANT_APPROVER).contains(who))
            && c.doing("grant-approved").stream()
                .noneMatch(e -> at(e) - at(views.getFirst()) < DAY);
    long most = 0;
    for (Person peer : c.world().city().persons()) {
      if (!peer.account().equals(who)) {
        most =
            Math.max(
                most,
                c.ordinary(peer.account()).stream()
                    .filter(Definitions::isPlain)
                    .filter(e -> !c.truth().events().contains(e.id()))
                    .filter(e -> e.texts(Field.GOV_GRANT_ID).stream().noneMatch(CaseRun.STAGED))
                    .count());
      }
    }
    return own || views.size() > Math.max(most, 20);
  }

  private static boolean isPlain(Event event) {
    return !event.texts(Field.GOV_GRANT_ID).isEmpty();
  }

  private static boolean snooping(Case c) {
    Person who = person(c, c.truth().actors().getFirst());
    WatchedRecords watched = c.world().watched();
    Set<String> forbidden = new HashSet<>(watched.watched());
    forbidden.add(watched.own(who));
    List<Event> looks = c.statements().stream().filter(e -> !c.ticket("CASE", e)).toList();
    long relative =
        looks.stream()
            .filter(e -> e.texts(Field.GOV_SUBJECTS_DIGESTS).contains(watched.relative(who)))
            .count();
    return looks.stream()
            .flatMap(e -> e.texts(Field.GOV_SUBJECTS_DIGESTS).stream())
            .anyMatch(forbidden::contains)
        || relative >= 3;
  }

  private static boolean leaver(Case c) {
    String who = c.truth().actors().getFirst();
    Event leaves = c.doing("leave-announced").getFirst();
    boolean soon = leaves.number(Field.GOV_PERSON_LEAVES, 0) - at(leaves) <= 31 * DAY;
    Map<Long, Long> days = new TreeMap<>();
    for (Event event : c.ordinary(who)) {
      if (at(event) < at(leaves)) {
        days.merge((at(event) + 8 * HOUR) / DAY, rows(event), Long::sum);
      }
    }
    double usual = days.values().stream().mapToLong(n -> n).average().orElse(0);
    long today = c.statements().stream().mapToLong(Case::rows).sum();
    return soon
        && today > 2 * usual
        && c.statements().stream().noneMatch(e -> c.ticket("HANDOVER", e));
  }
}

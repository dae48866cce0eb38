// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.config.ProxyUser;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.identity.Application;
import org.citywall.masking.identity.Otherwise;
import org.citywall.masking.policy.Granting;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Whose statements may come, for what purpose and through which application, by the files of a
 * proxy. Views are made for each; what is forgotten here is refused by the proxy.
 *
 * @param moments one for each way in which working hours of person and application may stand
 * @param proven whether it is certain who the person is, so that grants hold
 */
record PlannedContext(StatementContext context, List<Instant> moments, boolean proven) {

  /** A purpose that nobody has, for applications that state one without anybody behind it. */
  private static final String NO_PURPOSE = "";

  /** Of more grants not every choice is planned, but none, all, each alone, and all but each. */
  private static final int EVERY_CHOICE = 5;

  private static final Duration STEP = Duration.ofMinutes(15);
  private static final Duration WEEK = Duration.ofDays(8);

  /** All whose terms are not over at this moment; whose are see nothing. */
  static List<PlannedContext> all(ProxyConfig config, Instant now) {
    List<PlannedContext> all = new ArrayList<>();
    for (ProxyUser user : config.users().values()) {
      if (user.application() != null) {
        addApplication(config, user.person(), user.application(), now, all);
      } else if (user.password() != null || user.certificate() != null) {
        purposes(user.person()).forEach(one -> add(user.person(), one, null, true, now, all));
      }
    }
    return all;
  }

  private static void addApplication(
      ProxyConfig config,
      Person login,
      Application application,
      Instant now,
      List<PlannedContext> all) {
    Person floor = login.withClearance(Math.min(application.floor(), login.clearance()));
    if (application.missing() == Otherwise.FLOOR) {
      Stream.concat(purposes(login), Stream.of(NO_PURPOSE))
          .forEach(one -> add(floor, one, null, false, now, all));
    }
    for (ProxyUser named : config.users().values()) {
      Person clerk = named.person();
      if (named.application() == null && application.mayActFor(clerk)) {
        purposes(clerk).forEach(one -> add(clerk, one, login, true, now, all));
        if (application.stale() == Otherwise.FLOOR) {
          purposes(clerk).forEach(one -> add(clerk, one, floor, false, now, all));
        }
      }
    }
  }

  /** None declared, or one of the person's. */
  private static Stream<@Nullable String> purposes(Person person) {
    return Stream.concat(Stream.of((String) null), person.purposes().stream().sorted());
  }

  private static void add(
      Person person,
      @Nullable String purpose,
      @Nullable Person application,
      boolean proven,
      Instant now,
      List<PlannedContext> all) {
    if (person.validAt(now) && (application == null || application.validAt(now))) {
      StatementContext context = new StatementContext(person, purpose, null, application);
      all.add(new PlannedContext(context, moments(person, application, now), proven));
    }
  }

  private static List<Instant> moments(Person person, @Nullable Person application, Instant now) {
    List<Instant> moments = new ArrayList<>();
    Set<List<Boolean>> seen = new HashSet<>();
    boolean always = person.hours() == null && (application == null || application.hours() == null);
    Instant end = always ? now.plus(STEP) : now.plus(WEEK);
    for (Instant at = now; at.isBefore(end); at = at.plus(STEP)) {
      boolean valid = person.validAt(at) && (application == null || application.validAt(at));
      boolean work = application == null || atWork(application, at);
      if (valid && seen.add(List.of(atWork(person, at), work))) {
        moments.add(at);
      }
    }
    return moments;
  }

  private static boolean atWork(Person person, Instant at) {
    return person.hours() == null || person.hours().hold(at);
  }

  /** What may be seen, with each choice of grants that may be in force together. */
  List<PersonRights> rights(ProxyConfig config) {
    List<PersonRights> rights = new ArrayList<>();
    List<Grant> grants = proven ? grants(config) : List.of();
    for (Instant moment : moments) {
      for (Set<Grant> choice : choices(grants)) {
        Granting granting =
            choice.isEmpty()
                ? Granting.NOTHING
                : Granting.ofAll(List.copyOf(choice), config.grants().version());
        rights.add(config.policy().rights(context, moment, granting));
      }
    }
    return rights;
  }

  /** Those that are not over, whenever they begin, and at whatever hours or statement they hold. */
  private List<Grant> grants(ProxyConfig config) {
    return config.grants().byPerson().getOrDefault(context.person().name(), List.of()).stream()
        .filter(grant -> grant.kind() == Grant.Kind.READ)
        .filter(grant -> moments.getFirst().isBefore(grant.validUntil()))
        .filter(grant -> grant.serves(context))
        .toList();
  }

  private static Set<Set<Grant>> choices(List<Grant> grants) {
    Set<Set<Grant>> choices = new LinkedHashSet<>();
    choices.add(Set.of());
    if (grants.size() <= EVERY_CHOICE) {
      for (Grant grant : grants) {
        for (Set<Grant> before : List.copyOf(choices)) {
          choices.add(with(before, grant));
        }
      }
      return choices;
    }
    Set<Grant> every = new LinkedHashSet<>(grants);
    choices.add(every);
    for (Grant grant : grants) {
      choices.add(Set.of(grant));
      Set<Grant> others = new LinkedHashSet<>(every);
      others.remove(grant);
      choices.add(others);
    }
    return choices;
  }

  private static Set<Grant> with(Set<Grant> before, Grant grant) {
    Set<Grant> with = new LinkedHashSet<>(before);
    with.add(grant);
    return with;
  }
}

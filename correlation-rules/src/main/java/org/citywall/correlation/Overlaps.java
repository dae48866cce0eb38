// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Hash;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Trail.Mark;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;

/** Scenarios in which what several did overlaps, or fits together, as it should not. */
final class Overlaps {

  private static final String IN = "in ";
  private static final String OUT = "out ";

  /** Digests of persons that are remembered of one access. */
  private static final int KEPT_SUBJECTS = 64;

  private Overlaps() {}

  /** Scenario 8: one account is at work on two devices in turn. */
  static Setup sharedAccount(RuleMetadata rule) {
    return new Setup(
        rule,
        Set.of(FactKind.SESSION),
        rule.duration("session"),
        rule.duration("session"),
        64,
        Overlaps::sessions,
        Overlaps::judgeSessions);
  }

  private static void sessions(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    String device = fact.text(Field.DEVICE_ID);
    String place = device.isEmpty() ? fact.address() : device;
    if (place.isEmpty() || fact.type() == PersonType.SERVICE || fact.isShared(context)) {
      return;
    }
    if (fact.isAction("log-out")) {
      memory.addIfKnown(fact.account(), OUT + place, 0);
    } else if (fact.isLogIn()) {
      memory.add(fact.account(), IN + place, 0);
    }
  }

  private static void judgeSessions(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long since = fact.micros() - rule.duration("window").toNanos() / 1000;
    Set<String> open = new HashSet<>();
    Set<String> devices = new HashSet<>();
    int overlaps = 0;
    for (Mark mark : trail.marks()) {
      String device = mark.text().substring(mark.text().indexOf(' ') + 1);
      if (mark.text().startsWith(OUT)) {
        open.remove(device);
        continue;
      }
      boolean other = open.stream().anyMatch(each -> !each.equals(device));
      if (other && mark.micros() > since) {
        overlaps++;
        devices.addAll(open);
      }
      open.add(device);
    }
    if (overlaps >= rule.number("overlaps")) {
      out.of(rule, "shared", fact, trail)
          .with("devices", String.join(", ", devices.stream().sorted().toList()))
          .with("overlaps", overlaps)
          .with("limit", rule.number("overlaps"))
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 9: an account logs in at two places between which nobody travels so fast. */
  static Setup travel(RuleMetadata rule) {
    return Setup.of(rule, 4, Set.of(FactKind.SESSION), Overlaps::places, Overlaps::judgePlaces);
  }

  private static void places(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    Set<String> egress = context.facts().vpnEgress();
    boolean elsewhere =
        egress.contains(fact.address()) || egress.contains(fact.text(Field.SOURCE_IP));
    String name = fact.text(Field.SOURCE_GEO_NAME);
    String location = fact.text(Field.SOURCE_GEO_LOCATION);
    if (location.isEmpty() && context.location(name) != null) {
      location = String.valueOf(context.location(name));
    }
    boolean known = !name.isEmpty() || !location.isEmpty();
    if (known && !elsewhere && fact.isLogIn() && !fact.isShared(context)) {
      memory.add(fact.account(), name + '|' + location, 0);
    }
  }

  private static void judgePlaces(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    if (trail.marks().size() < 2) {
      return;
    }
    Mark before = trail.marks().get(trail.marks().size() - 2);
    Mark last = trail.last();
    String[] from = before.text().split("\\|", -1);
    String[] to = last.text().split("\\|", -1);
    long micros = Math.max(1_000_000, last.micros() - before.micros());
    long kilometres = Math.round(Distance.kilometres(from[1], to[1]));
    long speed = Math.round(kilometres / (micros / 3_600_000_000.0));
    boolean sites = context.location(from[0]) != null && context.location(to[0]) != null;
    boolean near = micros < rule.duration("between-sites").toNanos() / 1000;
    boolean fast = kilometres >= rule.number("least") && speed > rule.number("speed");
    if (!before.text().equals(last.text()) && (fast || sites && near && !from[0].equals(to[0]))) {
      out.of(rule, "travel", fact, trail)
          .with("from", from[0].isEmpty() ? from[1] : from[0])
          .with("to", to[0].isEmpty() ? to[1] : to[0])
          .with("kilometres", kilometres)
          .with("minutes", micros / 60_000_000)
          .with("speed", rule.number("speed"))
          .with("between", rule.duration("between-sites"))
          .emit();
    }
  }

  /** Scenario 23: one account puts the data of several units about the same people together. */
  static Setup linkage(RuleMetadata rule) {
    return Setup.of(rule, 500, Set.of(FactKind.ACCESS), Overlaps::subjects, Overlaps::judgeLinks);
  }

  private static void subjects(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    String owner = fact.text(Field.GOV_OWNER_CODE);
    List<String> subjects = fact.texts(Field.GOV_SUBJECTS_DIGESTS);
    if (owner.isEmpty() || subjects.isEmpty() || fact.isApproved(context)) {
      return;
    }
    // The smallest digests, so that accesses about the same people keep the same ones.
    List<String> kept =
        subjects.stream().map(Overlaps::shortened).sorted().limit(KEPT_SUBJECTS).toList();
    memory.add(fact.account(), owner + ' ' + String.join(" ", kept), subjects.size());
  }

  private static String shortened(String digest) {
    return Hash.sha256(digest.getBytes(UTF_8)).hex().substring(0, 12);
  }

  private static void judgeLinks(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    Map<String, Set<String>> byOwner = new TreeMap<>();
    for (Mark mark : trail.marks()) {
      String[] words = mark.text().split(" ");
      Set<String> subjects = byOwner.computeIfAbsent(words[0], owner -> new HashSet<>());
      subjects.addAll(List.of(words).subList(1, words.length));
    }
    byOwner.values().removeIf(subjects -> subjects.size() < rule.number("subjects"));
    Set<String> mine = byOwner.get(fact.text(Field.GOV_OWNER_CODE));
    if (mine == null || byOwner.size() < rule.number("units")) {
      return;
    }
    List<String> units =
        byOwner.entrySet().stream()
            .filter(e -> 100 * jaccard(mine, e.getValue()) > rule.number("overlap"))
            .map(Map.Entry::getKey)
            .toList();
    if (units.size() >= rule.number("units")) {
      out.of(rule, "linkage", fact, trail)
          .subject(fact.text(Field.GOV_PROJECT_ID))
          .with("units", String.join(", ", units))
          .with("number", units.size())
          .with("subjects", mine.size())
          .with("overlap", rule.number("overlap"))
          .with("least", rule.number("subjects"))
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  private static double jaccard(Set<String> a, Set<String> b) {
    long both = a.stream().filter(b::contains).count();
    return both / (double) (a.size() + b.size() - both);
  }

  /** Scenario 35: several accounts of one network share a range of records among them. */
  static Setup splitExport(RuleMetadata rule) {
    return Setup.of(rule, 500, Set.of(FactKind.ACCESS), Overlaps::ranges, Overlaps::judgeRanges);
  }

  private static void ranges(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    long from = fact.number(Field.DB_KEY_FROM, 0);
    long to = fact.number(Field.DB_KEY_TO, -1);
    String address = fact.address();
    if (to < from || address.isEmpty() || fact.isApproved(context)) {
      return;
    }
    int dot = address.lastIndexOf('.');
    String network = dot < 0 ? address : address.substring(0, dot);
    memory.add(fact.table() + ' ' + network, fact.account() + ' ' + from + ' ' + to, to - from + 1);
  }

  private record Range(String account, long from, long to) {}

  private static void judgeRanges(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    List<Range> ranges = new ArrayList<>();
    Set<String> accounts = new HashSet<>();
    for (Mark mark : trail.marks()) {
      String[] words = mark.text().split(" ");
      ranges.add(new Range(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])));
      accounts.add(words[0]);
    }
    boolean oneJob = context.facts().shards().stream().anyMatch(job -> job.containsAll(accounts));
    if (accounts.size() < rule.number("accounts") || oneJob) {
      return;
    }
    ranges.sort(Comparator.comparingLong(Range::from));
    long covered = 0;
    long twice = 0;
    long end = ranges.getFirst().from() - 1;
    String owner = "";
    for (Range range : ranges) {
      long fresh = Math.max(0, range.to() - Math.max(end, range.from() - 1));
      covered += fresh;
      twice += range.account().equals(owner) ? 0 : range.to() - range.from() + 1 - fresh;
      owner = range.to() > end ? range.account() : owner;
      end = Math.max(end, range.to());
    }
    long whole = end - ranges.getFirst().from() + 1;
    long coverage = 100 * covered / whole;
    if (covered >= rule.number("records")
        && coverage >= rule.number("coverage")
        && 100 * twice <= covered * rule.number("shared")) {
      out.of(rule, "split", fact, trail)
          .about("network:" + trail.key().substring(trail.key().indexOf(' ') + 1))
          .with("table", fact.table())
          .with("accounts", String.join(", ", accounts.stream().sorted().toList()))
          .with("records", covered)
          .with("coverage", coverage)
          .with("least", rule.number("coverage"))
          .with("limit", rule.number("accounts"))
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 37: incidents of several districts are about the same account or address. */
  static Setup crossSite(RuleMetadata rule) {
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.SIGHTING),
        (r, fact, context, memory) -> {
          String digest = fact.text(Field.GOV_SIGHTING_DIGEST);
          String site = fact.text(Field.GOV_SITE);
          boolean expected = context.facts().sharedSightings().contains(digest);
          if (!digest.isEmpty() && !site.isEmpty() && !expected) {
            memory.add(digest, site, 1);
          }
        },
        (r, trail, fact, context, out) -> {
          Map<String, Long> sites = new HashMap<>();
          trail.marks().forEach(mark -> sites.merge(mark.text(), 1L, Long::sum));
          if (sites.size() >= r.number("sites")) {
            out.of(r, "sites", fact, trail)
                .about("sighting:" + trail.key())
                .with("digest", trail.key())
                .with("sites", String.join(", ", sites.keySet().stream().sorted().toList()))
                .with("number", sites.size())
                .with("limit", r.number("sites"))
                .with("window", r.duration("window"))
                .emit();
          }
        });
  }
}

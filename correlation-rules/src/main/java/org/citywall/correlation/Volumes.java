// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.DataFacts.ApiContract;
import org.citywall.correlation.DataFacts.BackupJob;
import org.citywall.correlation.Dossiers.Awakening;
import org.citywall.correlation.Trail.Mark;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;

/** Scenarios in which somebody takes more than usual, than others, or than agreed. */
final class Volumes {

  private static final long FIVE_MINUTES = 300_000_000;
  private static final int HOUR = 12;
  private static final int DAY = 288;
  private static final long NEVER = Long.MIN_VALUE;

  /** Beyond all days, so that it is none of them. */
  private static final long TOLD = 10_000_000;

  private Volumes() {}

  /** Scenario 11: an account that slept reads what is sensitive. */
  static Setup dormant(RuleMetadata rule, Dossiers dossiers) {
    long soon = micros(rule.duration("window"));
    long leave = micros(rule.duration("after-return"));
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.ACCESS),
        (r, fact, context, memory) -> {
          Awakening awakening = dossiers.awakening(fact);
          if (awakening != null
              && fact.level() >= r.number("level")
              && fact.micros() - awakening.at() <= soon
              && !isAfterReturn(dossiers.returned(fact), fact.micros(), leave)) {
            memory.add(fact.account(), fact.table(), fact.rows());
          }
        },
        (r, trail, fact, context, out) -> {
          Awakening awakening = dossiers.awakening(fact);
          if (awakening != null) {
            out.of(r, "awoke", fact, trail)
                .with("days", days(awakening.at() - awakening.sleptFrom()))
                .with("limit", r.duration("sleep").toDays())
                .with("table", fact.table())
                .with("level", fact.level())
                .with("rows", trail.sum())
                .emit();
          }
        });
  }

  private static boolean isAfterReturn(long returned, long micros, long leave) {
    return returned != NEVER && returned <= micros && micros - returned <= leave;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  private static long days(long micros) {
    return Duration.ofNanos(micros * 1000).toDays();
  }

  /** Scenario 12: an account takes many rows on its first day. */
  static Setup firstDay(RuleMetadata rule, Dossiers dossiers) {
    long young = micros(rule.duration("window"));
    return Setup.of(
        rule,
        1000,
        Set.of(FactKind.ACCESS),
        (r, fact, context, memory) -> {
          long created = dossiers.created(fact);
          boolean isYoung =
              created != NEVER && created <= fact.micros() && fact.micros() - created < young;
          if (isYoung && fact.rows() > 0 && fact.level() >= r.number("level")) {
            memory.add(fact.account(), "", fact.rows());
          }
        },
        (r, trail, fact, context, out) -> {
          if (trail.sum() > r.number("rows")) {
            out.of(r, "bulk", fact, trail)
                .with("rows", trail.sum())
                .with("limit", r.number("rows"))
                .with("minutes", (fact.micros() - dossiers.created(fact)) / 60_000_000)
                .with("window", r.duration("window"))
                .emit();
          }
        });
  }

  /** Scenario 17: a dump from elsewhere, of another kind, or larger than usual. */
  static Setup backup(RuleMetadata rule) {
    List<String> tools = List.of(rule.text("tools").split(" "));
    return Setup.of(
        rule,
        40,
        Set.of(FactKind.ACCESS),
        (r, fact, context, memory) -> dumps(tools, fact, context, memory),
        Volumes::judgeDump);
  }

  private static void dumps(List<String> tools, Fact fact, ContextIndex context, Memory memory) {
    List<BackupJob> jobs = context.facts().backupJobs();
    String application = fact.text(Field.DB_CLIENT_APP);
    boolean tool = tools.stream().anyMatch(application::contains);
    boolean job = jobs.stream().anyMatch(each -> each.account().equals(fact.account()));
    long bytes = fact.number(Field.DB_BYTES_RETURNED, 0);
    String key = fact.account() + ' ' + fact.table() + ' ' + fact.text(Field.DB_STATEMENT_HASH);
    if (jobs.isEmpty() || !tool && !(job && bytes > 0)) {
      return;
    }
    memory.add(key, job ? context.isMeantJob(fact) ? "" : "place" : "tool", bytes);
  }

  private static void judgeDump(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    String kind = trail.last().text();
    long[] before =
        trail.marks().stream()
            .filter(mark -> mark.text().isEmpty() && mark.micros() < fact.micros())
            .mapToLong(Mark::number)
            .sorted()
            .toArray();
    long usual = before.length < rule.number("runs") ? 0 : before[before.length / 2];
    boolean larger = usual > 0 && 100 * trail.last().number() > usual * rule.number("times");
    if (!kind.isEmpty() || larger) {
      out.of(rule, kind.isEmpty() ? "size" : kind, fact, trail)
          .group(fact.account())
          .with("application", fact.text(Field.DB_CLIENT_APP))
          .with("address", fact.text(Field.SOURCE_IP))
          .with("table", fact.table())
          .with("bytes", trail.last().number())
          .with("usual", usual)
          .with("times", rule.number("times"))
          .emit();
    }
  }

  /** Scenario 20: a key calls more often than its contract allows. */
  static Setup apiQuota(RuleMetadata rule) {
    return Setup.of(
        rule,
        50,
        Set.of(FactKind.API_CALL),
        (r, fact, context, memory) -> {
          String key = fact.text(Field.GOV_API_KEY_ID);
          if (context.contract(key) != null) {
            memory.add(key, "", 1);
          }
        },
        Volumes::judgeQuota);
  }

  private static void judgeQuota(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long bucket = Math.floorDiv(fact.micros(), FIVE_MINUTES);
    trail.addTo(bucket, 1, bucket - DAY);
    ApiContract contract = context.contract(trail.key());
    if (contract == null) {
      return;
    }
    long hour = trail.total(bucket - HOUR + 1, bucket + 1);
    long day = trail.total(bucket - DAY + 1, bucket + 1);
    long percent = rule.number("percent");
    boolean overHour =
        contract.perHour() > 0
            && 100 * hour > percent * contract.perHour() + 100 * contract.burst();
    boolean overDay = contract.perDay() > 0 && 100 * day > percent * contract.perDay();
    if (overHour || overDay) {
      out.of(rule, overHour ? "hour" : "day", fact, trail)
          .about("api-key:" + trail.key())
          .subject(trail.key())
          .with("key", trail.key())
          .with("api", fact.text(Field.GOV_API_ID))
          .with("calls", overHour ? hour : day)
          .with("limit", overHour ? contract.perHour() : contract.perDay())
          .with("burst", overHour ? contract.burst() : 0)
          .with("percent", percent)
          .emit();
    }
  }

  /** Scenario 32: somebody is shown more values in clear than others. */
  static Setup unmasking(RuleMetadata rule) {
    return Setup.of(rule, 200, Set.of(FactKind.ACCESS), Volumes::shown, Volumes::judgeShown);
  }

  private static void shown(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    boolean denied = fact.text(Field.GOV_DECISION).equals("deny");
    if (!fact.texts(Field.GOV_GRANT_ID).isEmpty() && !denied) {
      memory.add(fact.account(), "", fact.rows());
    }
  }

  private static void judgeShown(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long day = dayOf(fact, context);
    trail.addTo(day, fact.rows(), day - rule.number("days"));
    long from = day - rule.number("days") + 1;
    long rows = trail.total(from, day + 1);
    List<Long> others = new ArrayList<>();
    for (String peer : context.peers(fact.person())) {
      Trail other = out.others().apply(peer);
      if (!peer.equals(fact.account())) {
        others.add(other == null ? 0 : other.total(from, day + 1));
      }
    }
    if (rows < rule.number("rows") || others.size() < rule.number("peers")) {
      return;
    }
    long usual = quantile(others, 99, 100);
    if (100 * rows > usual * rule.number("times") && trail.isNews(rule.number("rows"))) {
      out.of(rule, "more", fact, trail)
          .with("rows", rows)
          .with("usual", usual)
          .with("peers", others.size())
          .with("times", rule.number("times"))
          .with("least", rule.number("rows"))
          .with("days", rule.number("days"))
          .emit();
    }
  }

  private static long dayOf(Fact fact, ContextIndex context) {
    return context.context().calendar().day(fact.at()).toEpochDay();
  }

  /** The value that {@code part} of {@code whole} do not exceed; 0 of none. */
  static long quantile(List<Long> values, long part, long whole) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Long> sorted = values.stream().sorted().toList();
    long place = Math.ceilDiv(part * sorted.size(), whole);
    return sorted.get((int) Math.max(0, place - 1));
  }

  /** Scenario 36: somebody who is about to leave takes more than ever. */
  static Setup leaver(RuleMetadata rule, Dossiers dossiers) {
    return new Setup(
        rule,
        Set.of(FactKind.ACCESS),
        rule.duration("window"),
        Duration.ofDays(rule.number("history") + 1),
        200,
        (r, fact, context, memory) -> {
          if (fact.rows() > 0 && !fact.isApproved(context)) {
            memory.add(fact.account(), "", fact.rows());
          }
        },
        (r, trail, fact, context, out) -> judgeLeaver(r, dossiers, trail, fact, context, out));
  }

  private static void judgeLeaver(
      RuleMetadata rule,
      Dossiers dossiers,
      Trail trail,
      Fact fact,
      ContextIndex context,
      Crossings out) {
    long day = dayOf(fact, context);
    trail.addTo(day, fact.rows(), day - rule.number("history"));
    long leaves = dossiers.leaves(fact);
    long left = leaves == NEVER ? Long.MAX_VALUE : days(leaves - fact.micros());
    // A day that was told is no example of what is usual.
    List<Long> before =
        trail.sums(day - rule.number("history"), day).entrySet().stream()
            .filter(each -> trail.number(TOLD + each.getKey(), 0) == 0)
            .map(Map.Entry::getValue)
            .toList();
    long today = trail.total(day, day + 1);
    if (left > rule.number("days")
        || left < -rule.number("days")
        || before.size() < rule.number("learned")
        || today < rule.number("rows")) {
      return;
    }
    long usual = quantile(before, rule.number("quantile"), 100);
    long busiest = before.stream().mapToLong(Long::longValue).max().orElse(0);
    boolean more =
        100 * today > usual * rule.number("times")
            && 100 * today > busiest * rule.number("busiest");
    if (more && trail.isNews(rule.number("rows"))) {
      trail.put(TOLD + day, 1);
      Person person = fact.person();
      out.of(rule, "surge", fact, trail)
          .subject(person == null ? "" : person.name())
          .with("rows", today)
          .with("usual", usual)
          .with("history", before.size())
          .with("most", busiest)
          .with("busiest", rule.number("busiest"))
          .with("times", rule.number("times"))
          .with("left", left)
          .with("least", rule.number("rows"))
          .emit();
    }
  }
}

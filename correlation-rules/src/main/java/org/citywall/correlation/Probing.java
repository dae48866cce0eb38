// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Trail.Mark;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;

/** Scenarios in which many small questions give away what no single one would. */
final class Probing {

  private Probing() {}

  /** Scenario 4: record after record in the order of their numbers. */
  static Setup keyWalk(RuleMetadata rule) {
    return Setup.of(rule, 1000, Set.of(FactKind.ACCESS), Probing::keys, Probing::judgeKeys);
  }

  private static void keys(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    List<String> keys = fact.texts(Field.DB_KEY_VALUES);
    if (keys.isEmpty() || fact.level() < rule.number("level") || fact.isApproved(context)) {
      return;
    }
    String key = fact.account() + ' ' + fact.table() + ' ' + fact.text(Field.DB_STATEMENT_HASH);
    for (String value : keys) {
      if (value.matches("-?\\d{1,18}")) {
        memory.add(key, "", Long.parseLong(value));
      }
    }
  }

  private static void judgeKeys(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long[] ids = trail.marks().stream().mapToLong(Mark::number).toArray();
    long asked = Arrays.stream(ids).distinct().count();
    if (asked < rule.number("ids")) {
      return;
    }
    long longest = rule.number("step");
    int up = 0;
    int down = 0;
    Map<Long, Integer> strides = new HashMap<>();
    for (int i = 1; i < ids.length; i++) {
      long step = ids[i] - ids[i - 1];
      up += step >= 1 && step <= longest ? 1 : 0;
      down += step <= -1 && step >= -longest ? 1 : 0;
      strides.merge(step, 1, Integer::sum);
    }
    // Every twelfth record is a walk like any other: no work comes at equal distances.
    strides.remove(0L);
    Map.Entry<Long, Integer> stride =
        Collections.max(strides.entrySet(), Map.Entry.comparingByValue());
    int most = Math.max(up, down);
    if (stride.getValue() > most) {
      most = stride.getValue();
      longest = Math.abs(stride.getKey());
    }
    long share = 100L * most / (ids.length - 1);
    if (share >= rule.number("share")) {
      out.of(rule, "walk", fact, trail)
          .with("table", fact.table())
          .with("level", fact.level())
          .with("ids", asked)
          .with("limit", rule.number("ids"))
          .with("share", share)
          .with("least", rule.number("share"))
          .with("step", longest)
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 5: one value after the other is tried on a masked column. */
  static Setup columnProbing(RuleMetadata rule) {
    return Setup.of(rule, 500, Set.of(FactKind.ACCESS), Probing::lookUps, Probing::judgeLookUps);
  }

  private static void lookUps(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    boolean equal = fact.text(Field.GOV_LOOK_UP_OPERATOR).matches("|equal");
    long rows = fact.number(Field.DB_ROWS_RETURNED, -1);
    if (!equal || rows > rule.number("rows") || fact.isApproved(context)) {
      return;
    }
    String key = fact.account() + ' ' + fact.text(Field.DB_STATEMENT_HASH) + ' ' + columns(fact);
    for (String digest : fact.texts(Field.GOV_LOOK_UP_DIGESTS)) {
      memory.add(key, digest, 1);
    }
  }

  private static String columns(Fact fact) {
    return String.join(",", fact.texts(Field.GOV_LOOK_UP_COLUMNS));
  }

  private static void judgeLookUps(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long values = trail.distinctTexts();
    if (values >= rule.number("values")) {
      out.of(rule, "probing", fact, trail)
          .with("columns", columns(fact))
          .with("values", values)
          .with("limit", rule.number("values"))
          .with("margin", values - rule.number("values") + 1)
          .with("rows", rule.number("rows"))
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 6: two counts that differ by one condition and by few persons. */
  static Setup trackerPair(RuleMetadata rule) {
    return Setup.of(rule, 200, Set.of(FactKind.ACCESS), Probing::counts, Probing::judgeCounts);
  }

  private static void counts(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    boolean counts = fact.text(Field.DB_AGGREGATE).equals("count");
    boolean noised = context.context().facts().noisedAccounts().contains(fact.account());
    if (!counts
        || noised
        || fact.level() < rule.number("level")
        || !fact.event().has(Field.DB_RESULT_COUNT)
        || fact.isApproved(context)) {
      return;
    }
    List<String> conditions = fact.texts(Field.DB_PREDICATE_DIGESTS).stream().sorted().toList();
    memory.add(
        fact.account() + ' ' + fact.table(),
        String.join(" ", conditions),
        fact.number(Field.DB_RESULT_COUNT, 0));
  }

  private static void judgeCounts(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    List<Mark> marks = trail.marks();
    Mark last = trail.last();
    Set<String> conditions = words(last.text());
    for (Mark other : marks.subList(0, marks.size() - 1)) {
      long difference = Math.abs(last.number() - other.number());
      if (difference <= rule.number("difference") && differByOne(conditions, words(other.text()))) {
        out.of(rule, "pair", fact, trail)
            .with("table", fact.table())
            .with("level", fact.level())
            .with("one", other.number())
            .with("other", last.number())
            .with("difference", difference)
            .with("limit", rule.number("difference"))
            .with("window", rule.duration("window"))
            .emit();
        return;
      }
    }
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(text.split(" ")));
  }

  // One question is the other with a condition more; a condition that was exchanged tells nothing.
  private static boolean differByOne(Set<String> a, Set<String> b) {
    return a.size() == b.size() + 1 && a.containsAll(b)
        || b.size() == a.size() + 1 && b.containsAll(a);
  }

  /** Scenario 7: a pattern that grows character by character until it names one person. */
  static Setup prefixGrowth(RuleMetadata rule) {
    return Setup.of(rule, 200, Set.of(FactKind.ACCESS), Probing::patterns, Probing::judgePatterns);
  }

  private static void patterns(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    List<String> prefixes = fact.texts(Field.GOV_LOOK_UP_PREFIXES);
    if (!prefixes.isEmpty() && !fact.isApproved(context)) {
      memory.add(
          fact.account() + ' ' + fact.table() + ' ' + columns(fact),
          String.join(" ", prefixes),
          fact.number(Field.GOV_LOOK_UP_LENGTH, prefixes.size()));
    }
  }

  private static void judgePatterns(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    Map<String, Integer> depths = new HashMap<>();
    int deepest = 0;
    for (Mark mark : trail.marks()) {
      String[] prefixes = mark.text().split(" ");
      int depth = 0;
      for (int i = 0; i < prefixes.length - 1; i++) {
        depth = Math.max(depth, depths.getOrDefault(prefixes[i], -1) + 1);
      }
      depths.merge(prefixes[prefixes.length - 1], depth, Math::max);
      deepest = mark.leaf() == fact.leaf() ? depth : deepest;
    }
    if (deepest >= rule.number("steps")) {
      out.of(rule, "growth", fact, trail)
          .with("columns", columns(fact))
          .with("table", fact.table())
          .with("steps", deepest)
          .with("limit", rule.number("steps"))
          .with("length", trail.last().number())
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 22: a key asks for number after number, most of which nobody has. */
  static Setup apiScraping(RuleMetadata rule) {
    return Setup.of(rule, 1000, Set.of(FactKind.API_CALL), Probing::calls, Probing::judgeCalls);
  }

  private static void calls(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    List<String> asked = fact.texts(Field.GOV_LOOK_UP_DIGESTS);
    if (asked.isEmpty()) {
      return;
    }
    long status = fact.number(Field.HTTP_RESPONSE_STATUS_CODE, 200);
    boolean refused = status >= 400 && status < 500;
    boolean empty = refused || fact.number(Field.GOV_API_RECORDS, -1) == 0;
    memory.add(fact.text(Field.GOV_API_KEY_ID), asked.getFirst(), empty ? 1 : 0);
  }

  private static void judgeCalls(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long calls = trail.marks().size();
    if (calls < rule.number("ids")) {
      return;
    }
    long ids = trail.distinctTexts();
    long empty = 100 * trail.sum() / calls;
    if (ids >= rule.number("ids") && empty > rule.number("empty")) {
      String key = fact.text(Field.GOV_API_KEY_ID);
      out.of(rule, "scraping", fact, trail)
          .about("api-key:" + key)
          .subject(key)
          .subject(fact.text(Field.SOURCE_IP))
          .with("key", key)
          .with("api", fact.text(Field.GOV_API_ID))
          .with("ids", ids)
          .with("limit", rule.number("ids"))
          .with("empty", empty)
          .with("least", rule.number("empty"))
          .with("window", rule.duration("window"))
          .emit();
    }
  }
}

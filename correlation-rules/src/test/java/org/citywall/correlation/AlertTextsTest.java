// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.Golden;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.Vendor;
import org.junit.jupiter.api.Test;

class AlertTextsTest {

  private static final Context CITY =
      Context.builder("texts")
          .vendors(List.of(new Vendor("V2", "乙公司", java.time.LocalDate.parse("2026-02-28"), null)))
          .persons(
              List.of(
                  new Person("eng1", "甲", PersonType.OUTSOURCED, null, null, null),
                  new Person("eng2", "乙", PersonType.OUTSOURCED, null, "V2", null),
                  new Person("etl", "丙", PersonType.SERVICE, null, null, null)))
          .dataSets(List.of(new DataSet("s.t", 4, null, null)))
          .build();

  @Test
  void hasEveryTextOfEveryFormInBothLanguages() {
    Map<String, Alert> byForm = new HashMap<>();
    everyForm().forEach(alert -> byForm.put(alert.ruleId() + "." + alert.variant(), alert));

    for (RuleMetadata rule : Story.RULES.rules()) {
      for (String variant : rule.variants().keySet()) {
        Alert alert = byForm.get(rule.id() + "." + variant);
        assertThat(alert).as("a story of %s.%s", rule.id(), variant).isNotNull();
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
          AlertTexts.Text text = AlertTexts.render(alert, locale);
          assertThat(
                  Stream.of(text.title(), text.why(), text.almost(), text.clause(), text.advice()))
              .as("%s.%s in %s", rule.id(), variant, locale)
              .allSatisfy(part -> assertThat(part).isNotBlank().doesNotContain("{", "}"));
          boolean chinese = text.why().codePoints().anyMatch(c -> c >= 0x4e00 && c <= 0x9fff);
          assertThat(chinese || locale.equals(Locale.ENGLISH)).as("in Chinese").isTrue();
        }
      }
    }
  }

  @Test
  void saysOfAnErasedAlertThatItsFiguresAreDestroyed() {
    for (Alert alert : everyForm()) {
      AlertTexts.Text english = AlertTexts.render(alert.erased(7), Locale.ENGLISH);
      AlertTexts.Text chinese = AlertTexts.render(alert.erased(7), Locale.SIMPLIFIED_CHINESE);

      assertThat(english.why()).contains("(destroyed)").doesNotContain("{", "}");
      assertThat(chinese.why()).contains("（已销毁）").doesNotContain("{", "}");
      assertThat(english.title() + english.why() + english.almost() + english.advice())
          .doesNotContain("eng1", "eng2", "etl");
    }
  }

  @Test
  void saysWhichClausesAreToBeConfirmed() {
    for (Alert alert : everyForm()) {
      String chinese = AlertTexts.render(alert, Locale.SIMPLIFIED_CHINESE).clause();
      String english = AlertTexts.render(alert, Locale.ENGLISH).clause();

      for (Clauses.Clause clause : Clauses.BUILT_IN.clauses()) {
        if (clause.id().startsWith("L3-") && english.contains(clause.id())) {
          assertThat(english.contains(clause.id() + ", to be confirmed"))
              .isNotEqualTo(clause.confirmed());
          assertThat(chinese.contains(clause.id() + "，待确认")).isNotEqualTo(clause.confirmed());
        }
      }
      assertThat(english).doesNotContain("article 40,", "article 51,");
    }
    assertThat(Clauses.BUILT_IN.confirmed("a clause that nobody listed")).isFalse();
  }

  @Test
  void listsEveryClauseThatRulesAndTextsCite() {
    Set<String> cited = new TreeSet<>();
    Story.RULES.rules().forEach(rule -> cited.addAll(rule.clauses()));
    for (String bundle : List.of("messages.properties", "messages_zh_CN.properties")) {
      Pattern.compile("\\{([\\w-]+):clause}")
          .matcher(RulePack.text(bundle))
          .results()
          .forEach(match -> cited.add(match.group(1)));
    }

    assertThat(Clauses.BUILT_IN.ids()).containsExactlyInAnyOrderElementsOf(cited);
  }

  @Test
  void tracesEventsToAlertsInWords() {
    StringBuilder trace = new StringBuilder();
    for (Alert alert : everyForm()) {
      for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
        AlertTexts.Text text = AlertTexts.render(alert, locale);
        trace
            .append(
                "%s %s %s %s\n"
                    .formatted(alert.id(), alert.severity(), alert.ruleId(), alert.variant()))
            .append(
                "  entity  %s, leaves %s of %d\n"
                    .formatted(alert.entity(), first(alert), alert.total()))
            .append("  title   %s\n  why     %s\n".formatted(text.title(), text.why()))
            .append("  almost  %s\n  clause  %s\n".formatted(text.almost(), text.clause()))
            .append("  advice  %s\n\n".formatted(text.advice()));
      }
    }

    Golden.assertGolden("alerts.txt", trace.toString());
  }

  private static List<Long> first(Alert alert) {
    return alert.leaves().subList(0, Math.min(12, alert.leaves().size()));
  }

  private static List<Alert> everyForm() {
    List<Alert> alerts = new ArrayList<>();
    Story success = new Story("2026-03-10T02:00:00Z");
    success.logins(10, Duration.ofSeconds(10), "failure", "203.0.113.9", "root");
    alerts.addAll(success.login("success", "203.0.113.9", "root").alerts(CITY));
    Story attempt = new Story("2026-03-10T02:00:00Z");
    attempt.logins(30, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    alerts.addAll(attempt.alerts(CITY));
    Story spray = new Story("2026-03-10T02:00:00Z");
    for (int i = 0; i < 15; i++) {
      spray.logins(2, Duration.ofSeconds(1), "failure", "203.0.113.9", "user" + i);
    }
    alerts.addAll(spray.alerts(CITY));
    for (String account : List.of("eng1", "eng2")) {
      alerts.addAll(new Story("2026-03-10T15:40:00Z").read(account, "s.t", 3).alerts(CITY));
    }
    alerts.addAll(new Story("2026-03-10T02:00:00Z").read("clerk", "s.t", 2001).alerts(CITY));
    alerts.addAll(new Story("2026-03-10T02:00:00Z").read("etl", "s.t", 500_001).alerts(CITY));
    Story walk = new Story("2026-03-10T02:00:00Z");
    for (int i = 0; i < 100; i++) {
      walk.read("clerk", "s.t", 1).pass(Duration.ofSeconds(3));
    }
    alerts.addAll(walk.alerts(CITY));
    Story silent = new Story("2026-03-10T02:00:00Z");
    alerts.addAll(silent.source("source-silent", "syslog/db-1", 300).alerts(CITY));
    alerts.addAll(
        silent
            .pass(Duration.ofMinutes(60))
            .source("source-resumed", "syslog/db-1", 3900)
            .alerts(CITY));
    alerts.addAll(
        new Story("2026-03-10T02:00:00Z")
            .event(
                e ->
                    e.put(Field.EVENT_ACTION, "source-gap")
                        .put(Field.GOV_ORIGIN_ID, "syslog/db-1")
                        .put(Field.GOV_GAP_FROM, 5)
                        .put(Field.GOV_GAP_TO, 9))
            .alerts(CITY));
    for (String level : List.of("low", "medium", "high", "critical")) {
      alerts.addAll(sigma(level));
    }
    alerts.add(dead());
    for (ScenarioCases.Case each : ScenarioCases.all()) {
      if (!each.alerts().isEmpty()) {
        alerts.addAll(each.story().alerts(each.context()));
      }
    }
    return alerts;
  }

  /** One alert of each form that Sigma rules of a level lead to. */
  private static List<Alert> sigma(String level) {
    String yaml =
        """
        title: Desktop tool
        id: tool
        logsource: {product: citywall, category: data_access}
        detection: {a: {db.client.app: navicat}, condition: a}
        level: LEVEL
        tags: [attack.t1213]
        ---
        title: Any access
        name: any
        logsource: {product: citywall, category: data_access}
        detection: {a: {db.client.app|exists: true}, condition: a}
        ---
        title: Many accesses
        id: many
        correlation: {type: event_count, rules: [any], group-by: [user.name], timespan: 5m, condition: {gte: 2}}
        level: LEVEL
        """
            .replace("LEVEL", level);
    Story story = new Story("2026-03-10T02:00:00Z").tick();
    for (int i = 0; i < 22; i++) {
      String account = "u" + Math.min(i, 20);
      story.event(e -> Story.access(e, account, "t.open", 1).put(Field.DB_CLIENT_APP, "Navicat"));
    }
    story.pass(Duration.ofMinutes(5)).tick();
    try (var engine =
        new DetectionEngine(
            Story.RULES,
            CITY,
            SigmaTexts.set(yaml, SigmaSet.Level.LOW),
            EngineOptions.DEFAULT,
            ResumePoint.START)) {
      return Story.last(Story.feed(engine, story.entries())).stream()
          .filter(alert -> !alert.entity().matches("user:u([1-9]|1[0-9])"))
          .toList();
    }
  }

  private static Alert dead() {
    Signal signal =
        new Signal.DeadRule(
            "tool",
            "rule:tool",
            Instant.parse("2026-03-10T02:00:00Z"),
            new Signal.Evidence(Instant.parse("2026-03-10T02:00:00Z"), 7, List.of(7L), 0),
            "tool",
            "Desktop tool",
            "site/tool.yml:3");
    List<AlertUpdate> updates = new ArrayList<>();
    AlertBook book = new AlertBook(Story.RULES, EngineOptions.DEFAULT, Map.of());
    try (var reasoner = new Reasoner(Story.RULES, CITY)) {
      reasoner.conclude(signal).forEach(finding -> book.apply(finding, 0, updates));
    }
    return updates.getLast().alert();
  }
}

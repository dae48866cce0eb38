// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.correlation.SigmaSet.Level;
import org.junit.jupiter.api.Test;

class SigmaDetectorTest {

  private static final Context NOBODY = Context.builder("nobody").build();

  private final Story story = new Story("2026-03-10T02:00:00Z");

  @Test
  void raisesOneAlertForEachRuleAndEntityAndSaysWhichFieldsMatched() {
    access(EntryKind.DECISION, "ana", "Navicat 17");
    access(EntryKind.COMPLETION, "ana", "Navicat 17");
    access(EntryKind.COMPLETION, "bo", "navicat premium");

    List<Alert> alerts = alerts(SigmaTexts.ACCESS, Level.HIGH);

    assertThat(alerts).extracting(Alert::entity).containsExactly("user:ana", "user:bo");
    assertThat(alerts).extracting(Alert::ruleId).containsOnly("sigma-event");
    assertThat(alerts.getFirst().total()).isEqualTo(2);
    assertThat(alerts.getFirst().severity()).isEqualTo(Severity.HIGH);
    assertThat(alerts.getFirst().techniques()).containsExactly("T1213");
    assertThat(alerts.getFirst().parameters())
        .containsEntry("rule", "tool")
        .containsEntry("fields", "db.client.app=Navicat 17");
  }

  @Test
  void readsNothingButAccessesForARuleAboutAccesses() {
    story.event(
        e ->
            e.put(Field.EVENT_CATEGORY, List.of("process"))
                .put(Field.EVENT_DATASET, "system.auth")
                .put(Field.USER_NAME, "ana")
                .put(Field.DB_CLIENT_APP, "Navicat 17"));

    assertThat(alerts(SigmaTexts.ACCESS, Level.HIGH)).isEmpty();
  }

  @Test
  void raisesNothingBelowTheFloorButCountsIt() {
    access(EntryKind.COMPLETION, "ana", "Navicat 17");

    try (var engine = engine(SigmaTexts.ACCESS, Level.CRITICAL)) {
      assertThat(Story.feed(engine, story.entries())).isEmpty();
      assertThat(engine.statistics().sigma().belowFloor()).isEqualTo(1);
      assertThat(engine.statistics().sigma().evaluatedLeaf()).isZero();
    }
  }

  @Test
  void namesEveryEntryBehindACorrelationOnce() {
    story.tick();
    for (int i = 0; i < 9; i++) {
      access(EntryKind.COMPLETION, "ana", "desk");
      story.pass(Duration.ofSeconds(10)).tick();
    }
    story.pass(Duration.ofMinutes(4)).tick();

    List<Alert> alerts = alerts(SigmaTexts.ACCESS, Level.HIGH);

    assertThat(alerts).hasSize(1);
    assertThat(alerts.getFirst().ruleId()).isEqualTo("sigma-correlation");
    assertThat(alerts.getFirst().entity()).isEqualTo("user:ana");
    assertThat(alerts.getFirst().leaves()).containsExactly(1L, 3L, 5L, 7L, 9L, 11L, 13L, 15L, 17L);
    assertThat(alerts.getFirst().parameters())
        .containsEntry("rule", "many")
        .containsEntry("condition", ">= 6")
        .containsEntry("window", "PT5M");
  }

  @Test
  void countsARepeatedEntryOnce() {
    story.tick();
    for (int i = 0; i < 5; i++) {
      access(EntryKind.COMPLETION, "ana", "desk");
      story.again().pass(Duration.ofSeconds(10)).tick();
    }
    story.pass(Duration.ofMinutes(4)).tick();

    try (var engine = engine(SigmaTexts.ACCESS, Level.HIGH)) {
      assertThat(Story.feed(engine, story.entries())).isEmpty();
      assertThat(engine.statistics().sigma().duplicates()).isEqualTo(5);
    }
  }

  @Test
  void gathersInOneAlertWhatARuleFindsBeyondItsBudget() {
    for (int i = 0; i < 30; i++) {
      access(EntryKind.COMPLETION, "u" + i, "Navicat 17");
    }
    access(EntryKind.COMPLETION, "u3", "Navicat 17");

    List<Alert> alerts = alerts(SigmaTexts.ACCESS, Level.HIGH);

    assertThat(alerts).hasSize(21);
    assertThat(alerts.get(3).total()).as("one within the budget still grows").isEqualTo(2);
    Alert rest = alerts.getLast();
    assertThat(rest.ruleId()).isEqualTo("sigma-overflow");
    assertThat(rest.entity()).isEqualTo("rule:tool");
    assertThat(rest.total()).isEqualTo(10);
    assertThat(rest.parameters()).containsEntry("hits", "10").containsEntry("last", "user:u29");
  }

  @Test
  void givesRoomAgainWhenAlertsOfARuleHaveClosed() {
    for (int i = 0; i < 25; i++) {
      access(EntryKind.COMPLETION, "u" + i, "Navicat 17");
    }
    story.pass(Duration.ofHours(3)).tick();
    access(EntryKind.COMPLETION, "late", "Navicat 17");

    assertThat(alerts(SigmaTexts.ACCESS, Level.HIGH).getLast().entity()).isEqualTo("user:late");
  }

  @Test
  void takesTheSourceThatEventsShareForTheEntityOfACorrelation() {
    String spray =
        """
        title: Log-in failed
        name: failed
        logsource: {product: citywall, category: authentication}
        detection: {a: {event.outcome: failure}, condition: a}
        ---
        title: One source, many accounts
        id: spray
        correlation:
          {type: value_count, rules: [failed], group-by: [source.ip], timespan: 30m, condition: {field: user.name, gte: 3}}
        level: high
        tags: [attack.t1110.003]
        """;
    story.tick();
    for (int i = 0; i < 4; i++) {
      story.login("failure", "203.0.113.9", "u" + i).pass(Duration.ofMinutes(1)).tick();
    }
    story.pass(Duration.ofMinutes(4)).tick();

    List<Alert> alerts = alerts(spray, Level.HIGH);

    assertThat(alerts).hasSize(1);
    assertThat(alerts.getFirst().entity()).isEqualTo("source:203.0.113.9");
    assertThat(alerts.getFirst().techniques()).containsExactly("T1110.003");
    assertThat(alerts.getFirst().total()).isEqualTo(4);
  }

  @Test
  void countsLateEventsOfASourceThatWasAwayInTheirOwnOrder() {
    story.tick();
    story.pass(Duration.ofHours(5)).tick();
    for (int i = 0; i < 6; i++) {
      Instant then = story.now().minus(Duration.ofHours(4)).plusSeconds(i);
      story.entry(
          EntryKind.COMPLETION,
          then,
          e -> Story.access(e, "ana", "t.1", 1).put(Field.DB_CLIENT_APP, "desk"));
    }
    story.pass(Duration.ofSeconds(5)).tick();

    assertThat(alerts(SigmaTexts.ACCESS, Level.HIGH))
        .singleElement()
        .satisfies(alert -> assertThat(alert.total()).isEqualTo(6));
  }

  @Test
  void provesEachHourThatRulesFire() {
    String rules =
        """
        title: A
        id: a
        logsource: {category: c}
        detection: {s: {CommandLine|contains|all: [alpha, beta]}, f: {User: root}, condition: s and not f}
        level: high
        ---
        title: B
        id: b
        logsource: {category: c}
        detection: {s: {Hour|re: '^(?:0[1-9]|x{2,3})[^a-q]\\d+$'}, condition: s}
        level: high
        ---
        title: C
        id: c
        logsource: {category: c}
        detection: {s: {x: 1}, f: {x: 1}, condition: s and not f}
        """;
    for (int i = 0; i < 70; i++) {
      story.tick().pass(Duration.ofMinutes(1));
    }

    try (var engine = engine(rules, Level.HIGH)) {
      assertThat(Story.feed(engine, story.entries())).isEmpty();
      SigmaStatistics sigma = engine.statistics().sigma();
      assertThat(sigma.proven()).isEqualTo(2);
      assertThat(sigma.unproven()).isEqualTo(1);
      assertThat(sigma.dead()).isEmpty();
    }
  }

  @Test
  void namesTheRulesInForceInItsSetup() {
    try (var engine = engine(SigmaTexts.ACCESS, Level.HIGH);
        var other = engine(SigmaTexts.ACCESS, Level.LOW)) {
      assertThat(engine.setup().rules().version()).endsWith(engine.statistics().sigma().version());
      assertThat(engine.setup().rules().digest()).isNotEqualTo(other.setup().rules().digest());
      engine.useSigma(SigmaTexts.set(SigmaTexts.ACCESS, Level.LOW));
      assertThat(engine.setup()).isEqualTo(other.setup());
    }
  }

  private void access(EntryKind kind, String account, String app) {
    story.entry(
        kind, story.now(), e -> Story.access(e, account, "t.1", 1).put(Field.DB_CLIENT_APP, app));
  }

  private List<Alert> alerts(String yaml, Level floor) {
    try (var engine = engine(yaml, floor)) {
      return Story.last(Story.feed(engine, story.entries()));
    }
  }

  private static DetectionEngine engine(String yaml, Level floor) {
    return new DetectionEngine(
        Story.RULES, NOBODY, SigmaTexts.set(yaml, floor), EngineOptions.DEFAULT, ResumePoint.START);
  }
}

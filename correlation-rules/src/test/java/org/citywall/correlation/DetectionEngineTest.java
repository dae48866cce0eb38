// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.RulePack.Source;
import org.junit.jupiter.api.Test;

class DetectionEngineTest {

  private static final Context ONE_TABLE =
      Context.builder("one").dataSets(List.of(new DataSet("a.b", 4, null, null))).build();

  private final Story story = new Story("2026-03-10T02:00:00Z");

  @Test
  void refusesAnEntryThatIsNotAboveTheLast() {
    story.tick();
    try (var engine = engine(EngineOptions.DEFAULT)) {
      engine.accept(story.entries().getFirst());

      assertThatThrownBy(() -> engine.accept(story.entries().getFirst()))
          .isInstanceOf(PlatformException.class)
          .hasMessageStartingWith("COR-0006");
    }
  }

  @Test
  void countsWhatItSees() {
    story.tick().read("x", "a.b", 5000).login("failure", "10.0.0.1", "x");
    story.entry(EntryKind.EVENT, story.now().plusSeconds(3600), e -> {});
    story.entry(EntryKind.CONTROL, story.now(), e -> {});
    try (var engine = engine(EngineOptions.DEFAULT)) {
      Story.feed(engine, story.entries());

      EngineStatistics statistics = engine.statistics();
      assertThat(statistics.events()).isEqualTo(3);
      assertThat(statistics.ticks()).isEqualTo(1);
      assertThat(statistics.signals()).isEqualTo(1);
      assertThat(statistics.alerts())
          .containsEntry("bulk-export", 1L)
          .containsEntry("brute-force", 0L);
      assertThat(statistics.openAlerts()).isEqualTo(1);
      assertThat(statistics.keys()).as("two windows, two clocks").isEqualTo(4);
      assertThat(statistics.aheadOfClock()).isEqualTo(1);
      assertThat(statistics.contextVersion()).isEqualTo("one");
      assertThat(statistics.lastLeaf()).isEqualTo(4);
      assertThat(statistics.watermarks()).containsEntry("test", story.now().plusSeconds(120));
    }
  }

  @Test
  void boundsItsKeysAndCountsWhatItDrops() {
    for (int i = 0; i < 50; i++) {
      story.login("failure", "10.0.0." + i, "x");
    }
    try (var engine =
        engine(new EngineOptions(20, 20, Duration.ofMinutes(2), Duration.ofMinutes(2)))) {
      Story.feed(engine, story.entries());

      assertThat(engine.statistics().keys()).as("and one clock").isEqualTo(21);
      assertThat(engine.statistics().evictions()).isEqualTo(30);
    }
  }

  @Test
  void forgetsIdleKeysAsTicksPass() {
    story.login("failure", "10.0.0.1", "x").tick().pass(Duration.ofHours(1)).tick();
    try (var engine = engine(EngineOptions.DEFAULT)) {
      Story.feed(engine, story.entries());

      assertThat(engine.statistics().keys()).as("the clock of the host").isEqualTo(1);
      assertThat(engine.statistics().evictions()).isZero();
    }
  }

  @Test
  void takesANewContextFromTheNextEntryOn() {
    story.read("x", "a.b", 5000).read("y", "a.b", 5000);
    try (var engine = new DetectionEngine(Story.RULES, Context.empty(), EngineOptions.DEFAULT)) {
      assertThat(engine.accept(story.entries().get(0))).isEmpty();

      DetectionSetup before = engine.setup();
      engine.useContext(ONE_TABLE);

      assertThat(engine.setup().rules()).isEqualTo(before.rules());
      assertThat(before.rules().version())
          .startsWith("brute-force@2 bulk-export@4")
          .contains("public-data@");
      assertThat(engine.setup().context())
          .isEqualTo(new DetectionSetup.Part("one", ONE_TABLE.digest()))
          .isNotEqualTo(before.context());
      assertThat(engine.accept(story.entries().get(1))).hasSize(1);
      assertThat(engine.statistics().contextVersion()).isEqualTo("one");
    }
  }

  @Test
  void raisesStorableAlertsOfAccountsWithEndlessNames() {
    String endless = "x\0".repeat(3_000);
    story.read(endless + "1", "a.b", 5000).read(endless + "2", "a.b", 5000);

    List<Alert> alerts = story.alerts(ONE_TABLE);

    assertThat(alerts).hasSize(2);
    assertThat(alerts)
        .allSatisfy(
            alert -> {
              assertThat(alert.groupKey()).hasSize(Bounded.LENGTH).doesNotContain("\0");
              assertThat(alert.entity()).hasSize(Bounded.LENGTH).doesNotContain("\0");
              assertThat(alert.parameters().get("account"))
                  .hasSize(Bounded.LENGTH)
                  .doesNotContain("\0");
            });
    assertThat(alerts.getFirst().groupKey()).isNotEqualTo(alerts.getLast().groupKey());
  }

  @Test
  void goesOnWhenARuleFails() {
    Source bad =
        new Source(
            "bad",
            """
            package org.citywall.correlation.rules;
            import org.citywall.correlation.Signal;
            rule "fails" when $s : Signal.Gap() then throw new IllegalStateException("no"); end
            """,
            """
            id: bad
            version: 1
            quiet: PT1H
            variants: {one: LOW}
            clauses: []
            techniques: []
            parameters: {}
            """);
    List<Source> sources = new java.util.ArrayList<>(RulePack.builtInSources());
    sources.add(bad);
    story.source("source-gap", "o1", 0).source("source-silent", "o1", 400);

    try (var engine =
        new DetectionEngine(RulePack.compile(sources), ONE_TABLE, EngineOptions.DEFAULT)) {
      List<AlertUpdate> updates = Story.feed(engine, story.entries());

      assertThat(updates).extracting(u -> u.alert().variant()).contains("silent");
      assertThat(engine.statistics().ruleFailures()).isEqualTo(1);
    }
  }

  private static DetectionEngine engine(EngineOptions options) {
    return new DetectionEngine(Story.RULES, ONE_TABLE, options);
  }
}

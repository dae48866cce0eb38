// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.correlation.RulePack.Source;
import org.junit.jupiter.api.Test;

class RulePackTest {

  private static final Source WALK =
      RulePack.builtInSources().stream()
          .filter(source -> source.name().equals("record-walk"))
          .findFirst()
          .orElseThrow();

  @Test
  void compilesTheBuiltInRulesOffTheCallingThread() {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      RulePack pack = RulePack.builtIn(executor).join();

      assertThat(pack.rules())
          .extracting(RuleMetadata::id)
          .contains("bulk-export", "off-hours-access", "sigma-event", "silent-source")
          .containsAll(PublicDataWatches.RULES)
          .isSorted();
      assertThat(pack.compileTime()).isPositive();
    }
  }

  @Test
  void namesTheScenarioOfEachRuleAboutPublicData() {
    Map<String, Integer> scenarios =
        Story.RULES.rules().stream()
            .filter(rule -> rule.scenario() > 0)
            .collect(Collectors.toMap(RuleMetadata::id, RuleMetadata::scenario));

    assertThat(scenarios)
        .containsEntry("bulk-export", 1)
        .containsEntry("off-hours-access", 3)
        .containsEntry("record-walk", 4)
        .containsEntry("silent-source", 14)
        .containsEntry("brute-force", 27);
    assertDescriptionRefused(WALK.metadata().replace("scenario: 4", "scenario: -1"), "scenario");
  }

  @Test
  void loadsTheBuiltInRulesAsTheBuildCompiledThem() {
    assertThat(CompiledRules.load(RulePack.digest(RulePack.builtInSources()))).isPresent();
    assertThat(CompiledRules.load("digest of other rules")).isEmpty();
  }

  @RandomizedTest(iterations = 2)
  void saysTheSameWithRulesCompiledByTheBuildAndNow(RandomGenerator random) {
    List<LoggedEntry> entries = new RandomStory(random).write(500).entries();
    RulePack now = RulePack.compile(RulePack.builtInSources());

    try (var built = new DetectionEngine(Story.RULES, RandomStory.CITY, EngineOptions.DEFAULT);
        var compiled = new DetectionEngine(now, RandomStory.CITY, EngineOptions.DEFAULT)) {
      assertThat(built.setup()).isEqualTo(compiled.setup());
      assertThat(Story.feed(built, entries)).isNotEmpty().isEqualTo(Story.feed(compiled, entries));
    }
  }

  @Test
  void givesTheSameDigestForTheSameFilesInAnyOrder() {
    List<Source> sources = new ArrayList<>(RulePack.builtInSources());
    Collections.reverse(sources);

    assertThat(RulePack.compile(sources).digest())
        .isEqualTo(Story.RULES.digest())
        .matches("[0-9a-f]{64}");
    sources.removeLast();
    assertThat(RulePack.compile(sources).digest()).isNotEqualTo(Story.RULES.digest());
  }

  @Test
  void namesFileAndLineOfAGrammarMistake() {
    assertRefused(WALK.drl().replace("then\n", "thn\n"), "COR-0001", "record-walk.drl line 1");
  }

  @Test
  void namesFileAndLineOfAnUnknownField() {
    int line = 1 + (int) WALK.drl().lines().takeWhile(l -> !l.contains("RecordWalk")).count();

    assertRefused(
        WALK.drl().replace("reads >=", "raeds >="),
        "COR-0001",
        "record-walk.drl line " + line,
        "raeds");
  }

  @Test
  void namesFileAndLineOfAnUnknownMethodInAConsequence() {
    int line = 1 + (int) WALK.drl().lines().takeWhile(l -> !l.contains(".raise(")).count();

    assertRefused(
        WALK.drl().replace("findings.raise(", "findings.rise("),
        "COR-0001",
        "record-walk.drl line " + line,
        "rise");
  }

  @Test
  void namesTheFileAmongManyWhereDroolsThrowsInsteadOfReporting() {
    List<Source> sources = new ArrayList<>(RulePack.builtInSources());
    sources.removeIf(source -> source.name().equals("record-walk"));
    sources.add(
        new Source(
            WALK.name(),
            WALK.drl().replace("reads >= $rule.number(\"reads\")", "reads >= \"abc\""),
            WALK.metadata()));

    assertThatThrownBy(() -> RulePack.compile(sources))
        .isInstanceOf(PlatformException.class)
        .hasMessageContainingAll("COR-0001", "record-walk.drl", "abc");
  }

  @Test
  void refusesADescriptionThatDoesNotFit() {
    String metadata = WALK.metadata();

    assertDescriptionRefused(
        metadata.replaceFirst("version: \\d+", "version: x"), "line 5", "version");
    assertDescriptionRefused(metadata.replace("walk: HIGH", "walk: HUGE"), "variants", "HUGE");
    assertDescriptionRefused(metadata.replace("quiet: PT1H", "quiet: P2D"), "a day");
    assertDescriptionRefused(metadata.replace("id: record-walk", "id: other"), "other");
    assertDescriptionRefused(metadata + "colour: red\n", "colour");
  }

  @Test
  void refusesAnEngineWhoseThresholdIsMissing() {
    Source without =
        new Source(WALK.name(), WALK.drl(), WALK.metadata().replaceFirst("(?m)^  reads:.*$", ""));
    RulePack pack = RulePack.compile(List.of(without));

    assertThatThrownBy(() -> new DetectionEngine(pack, Context.empty(), EngineOptions.DEFAULT))
        .isInstanceOf(PlatformException.class)
        .hasMessageContainingAll("COR-0002", "record-walk", "reads");
  }

  @Test
  void takesThresholdsFromTheDescription() {
    Source strict =
        new Source(WALK.name(), WALK.drl(), WALK.metadata().replace("value: 100", "value: 3"));
    Context context =
        Context.builder("1").dataSets(List.of(new Context.DataSet("a.b", 4, null, null))).build();
    Story story = new Story("2026-03-10T02:00:00Z");
    story.read("x", "a.b", 1).read("x", "a.b", 1).read("x", "a.b", 1);

    try (var engine =
        new DetectionEngine(RulePack.compile(List.of(strict)), context, EngineOptions.DEFAULT)) {
      assertThat(Story.feed(engine, story.entries())).hasSize(1);
    }
  }

  private static void assertRefused(String drl, String... parts) {
    assertThatThrownBy(
            () -> RulePack.compile(List.of(new Source(WALK.name(), drl, WALK.metadata()))))
        .isInstanceOf(PlatformException.class)
        .hasMessageContainingAll(parts);
  }

  private static void assertDescriptionRefused(String metadata, String... parts) {
    assertThatThrownBy(
            () -> RulePack.compile(List.of(new Source(WALK.name(), WALK.drl(), metadata))))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith("COR-0002")
        .hasMessageContainingAll(parts);
  }
}

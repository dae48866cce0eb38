// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  static GeneratorOptions options(long seed, int days, long events, int instances) {
    return new GeneratorOptions(
        seed, START, days, events, 55, ScenarioCatalogue.builtIn().numbers(), instances);
  }

  @Test
  void makesTheSameBytesOfTheSameSeed() {
    List<Integer> once = digests(options(5, 4, 3_000, 1));
    List<Integer> again = digests(options(5, 4, 3_000, 1));
    List<Integer> other = digests(options(6, 4, 3_000, 1));
    List<Integer> heldOut = digests(options(5, 4, 3_000, 1).withRange(ParameterRange.HELD_OUT));

    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once);
    assertThat(heldOut)
        .isNotEqualTo(once)
        .isEqualTo(digests(options(5, 4, 3_000, 1).withRange(ParameterRange.HELD_OUT)));
  }

  private static List<Integer> digests(GeneratorOptions options) {
    List<Integer> digests = new ArrayList<>();
    Generator generator = new Generator(options);
    generator.play(event -> digests.add(Arrays.hashCode(event.encode())));
    generator.truth().forEach(truth -> digests.add(TruthLines.write(truth).hashCode()));
    return digests;
  }

  @RandomizedTest(iterations = 1)
  void stagesWhatTheDefinitionsSay(RandomGenerator random) {
    assertThatCasesAreAsDefined(options(random.nextLong(), 30, 25_000, 2));
  }

  @RandomizedTest(iterations = 1)
  void stagesWhatTheDefinitionsSayInTheHeldOutRangeToo(RandomGenerator random) {
    assertThatCasesAreAsDefined(
        options(random.nextLong(), 30, 25_000, 1).withRange(ParameterRange.HELD_OUT));
  }

  private static void assertThatCasesAreAsDefined(GeneratorOptions options) {
    CaseRun run = CaseRun.of(options);
    Map<Integer, Predicate<Case>> definitions = Definitions.all();
    List<String> wrong = new ArrayList<>();

    for (Case each : run.cases()) {
      boolean attack = definitions.get(each.truth().scenario()).test(each);
      if (attack != (each.truth().kind() == Kind.ATTACK)) {
        wrong.add(each.truth().instance() + " " + each.truth().parameters());
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(run.cases()).hasSizeGreaterThan(2 * 38 * options.instances());
  }

  @RandomizedTest(iterations = 1)
  void keepsOrderAndSequenceAndTruth(RandomGenerator random) {
    CaseRun run = CaseRun.of(options(random.nextLong(), 6, 5_000, 1));
    Map<String, Long> last = new HashMap<>();
    Set<String> gaps = new HashSet<>();
    long now = 0;

    for (Event event : run.events()) {
      assertThat(event.receivedMicros()).isGreaterThanOrEqualTo(now);
      now = event.receivedMicros();
      String source = event.position().source();
      long expected = last.merge(source, 1L, Long::sum);
      if ("source-gap".equals(event.text(Field.EVENT_ACTION))) {
        String origin = event.text(Field.GOV_ORIGIN_ID);
        assertThat(origin).isNotNull();
        gaps.add(origin);
        last.merge(
            origin,
            event.number(Field.GOV_GAP_TO, 0) - event.number(Field.GOV_GAP_FROM, 0) + 1,
            Long::sum);
      }
      assertThat(event.position().sequence()).isEqualTo(expected);
    }
    for (Case each : run.cases()) {
      assertThat(each.truth().events()).contains(each.truth().decisive()).doesNotHaveDuplicates();
      assertThat(each.truth().actors()).isNotEmpty();
      assertThat(each.truth().from()).isBeforeOrEqualTo(each.truth().to());
    }
  }

  @Test
  void hasOtherRangesOfTheSameParametersHeldOut() {
    for (int number : ScenarioCatalogue.builtIn().numbers()) {
      ScenarioCatalogue.Scenario usual =
          ScenarioCatalogue.of(ParameterRange.USUAL).scenario(number);
      ScenarioCatalogue.Scenario heldOut =
          ScenarioCatalogue.of(ParameterRange.HELD_OUT).scenario(number);

      assertThat(heldOut.parameters().keySet()).isEqualTo(usual.parameters().keySet());
      assertThat(heldOut.parameters()).as("scenario " + number).isNotEqualTo(usual.parameters());
      assertThat(heldOut.definition()).isEqualTo(usual.definition());
    }
    assertThat(namesAndTools(ParameterRange.HELD_OUT))
        .doesNotContainAnyElementsOf(namesAndTools(ParameterRange.USUAL));
  }

  private static Set<String> namesAndTools(ParameterRange range) {
    City city = new City(options(4, 4, 3_000, 1).withRange(range));
    Set<String> all = new HashSet<>(Set.of(city.habits().analysts(), city.habits().engineers()));
    city.persons().stream().limit(20).forEach(person -> all.add(person.account()));
    return all;
  }

  @Test
  void hasAboutAsManyEventsAsAskedFor() {
    int[] count = new int[1];
    GeneratorOptions options = new GeneratorOptions(3, START, 28, 60_000, 55, Set.of(), 0);

    new Generator(options).play(event -> count[0]++);

    assertThat(count[0]).isBetween(50_000, 72_000);
  }

  @Test
  void refusesWhatCannotBeGenerated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GeneratorOptions(1, START, 1, 10, 55, Set.of(), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GeneratorOptions(1, START, 30, 10, 56, Set.of(), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GeneratorOptions(1, START, 30, 10, 55, Set.of(39), 1));
  }

  @Test
  void readsTheTruthItWrites() {
    Generator generator = new Generator(options(2, 4, 0, 1));
    generator.play(event -> {});

    for (Truth truth : generator.truth()) {
      assertThat(TruthLines.read(TruthLines.write(truth))).isEqualTo(truth);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> TruthLines.read("{\"scenario\": 1}"));
    assertThatIllegalArgumentException().isThrownBy(() -> TruthLines.read("no"));
  }
}

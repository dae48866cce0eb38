// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.citywall.correlation.CorrelationErrorCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** The specification's examples and the field's rules; skipped where they are not at hand. */
class SigmaConformanceTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void loadsEveryRuleOfTheFieldOrSaysWhyNot() throws IOException {
    List<SigmaRules.Source> sources = SigmaFixtures.rules();

    SigmaRules rules = SigmaRules.of(sources, Placeholders.NONE);

    assertThat(sources).hasSize(3756);
    assertThat(rules.loaded() + rules.rejections().size()).isEqualTo(3756);
    assertThat(rules.rejections())
        .hasSizeLessThanOrEqualTo(37)
        .allSatisfy(remark -> assertThat(remark.reason()).isNotBlank())
        .extracting(SigmaRules.Remark::code)
        .containsOnly(CorrelationErrorCode.SIGMA_PLACEHOLDER_MISSING);
  }

  @Test
  void takesARuleWhosePlaceholderHasValues() throws IOException {
    Placeholders placeholders = Placeholders.read("known_cdcs: [dc01, dc02]");

    SigmaRules rules = SigmaRules.of(SigmaFixtures.rules(), placeholders);

    assertThat(rules.rejections()).isEmpty();
  }

  @Test
  void readsEveryExampleOfTheSpecification() {
    Path folder = SigmaFixtures.folder().resolve("spec").resolve("tests");

    SigmaRules rules = SigmaRules.read(List.of(folder), Placeholders.NONE);

    assertThat(rules.rejections()).isEmpty();
    assertThat(rules.loaded()).isEqualTo(12);
  }

  /** Two cases hold events that lead up to the ones meant: five in all, which no rule asks for. */
  @Test
  void matchesEveryRegressionCaseAloneAndAmongAllRules() throws IOException {
    SigmaMatcher all =
        SigmaMatcher.of(SigmaRules.of(SigmaFixtures.rules(), Placeholders.NONE).rules());
    int cases = 0;
    int unmatched = 0;
    List<String> missed = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    try (Stream<Path> folders = Files.list(SigmaFixtures.folder().resolve("regression"))) {
      for (Path folder : folders.sorted().toList()) {
        cases++;
        List<SigmaRule> rule =
            SigmaRules.read(List.of(folder.resolve("rule.yml")), Placeholders.NONE).rules();
        SigmaMatcher alone = SigmaMatcher.of(rule);
        List<SigmaEvent> events = events(folder);
        List<SigmaEvent> hits = events.stream().filter(e -> alone.match(e).equals(rule)).toList();
        unmatched += events.size() - hits.size();
        if (hits.isEmpty()) {
          missed.add(rule.getFirst().id());
        }
        for (SigmaEvent event : events) {
          boolean found =
              all.match(event).stream().anyMatch(r -> r.id().equals(rule.getFirst().id()));
          if (found != hits.contains(event)) {
            differing.add(rule.getFirst().id());
          }
        }
      }
    }

    assertThat(cases).isEqualTo(99);
    assertThat(missed).isEmpty();
    assertThat(unmatched).isEqualTo(5);
    assertThat(differing).isEmpty();
  }

  @Test
  void looksAtFewOfAllRulesForAnEvent() throws IOException {
    List<SigmaRule> rules = SigmaRules.of(SigmaFixtures.rules(), Placeholders.NONE).rules();
    SigmaMatcher matcher = SigmaMatcher.of(rules);
    List<Integer> candidates = new ArrayList<>();
    try (Stream<Path> folders = Files.list(SigmaFixtures.folder().resolve("regression"))) {
      for (Path folder : folders.sorted().toList()) {
        for (SigmaEvent event : events(folder)) {
          matcher.match(event);
          candidates.add(matcher.lastCandidates());
        }
      }
    }

    candidates.sort(null);
    int p95 = candidates.get(candidates.size() * 95 / 100);
    assertThat(100.0 * p95 / rules.size()).isLessThan(4);
  }

  /** A hundred thousand events under {@code -Pdeep}. */
  @Test
  void looksAtFewOfAllRulesForTheEventsOfAFleet() throws IOException {
    List<SigmaRule> rules = SigmaRules.of(SigmaFixtures.rules(), Placeholders.NONE).rules();
    SigmaMatcher matcher = SigmaMatcher.of(rules);
    HostFleet fleet = new HostFleet(new SplittableRandom(1));
    int[] candidates = new int[Boolean.getBoolean("tests.deep") ? 120_000 : 20_000];
    for (int i = 0; i < candidates.length; i++) {
      matcher.match(fleet.next());
      candidates[i] = matcher.lastCandidates();
    }

    Arrays.sort(candidates);
    int p95 = candidates[candidates.length * 95 / 100];
    assertThat(100.0 * p95 / rules.size()).isLessThan(4);
  }

  private static List<SigmaEvent> events(Path folder) throws IOException {
    List<SigmaEvent> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".json")) {
          try (MappingIterator<JsonNode> nodes =
              JSON.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            nodes.forEachRemaining(node -> events.add(SigmaEvent.of(node)));
          }
        } else if (file.toString().endsWith(".raw")) {
          Files.readString(file)
              .lines()
              .filter(line -> !line.isBlank())
              .forEach(line -> events.add(SigmaEvent.of(Map.of("message", List.of(line)))));
        }
      }
    }
    return events;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdsTest {

  @TempDir Path folder;

  @Test
  void putsTheSitesValuesBeforeThoseOfTheRules() {
    RulePack pack = with("version: a\nrules: {key-walk: {ids: 5, window: PT1M}}");

    assertThat(pack.rule("key-walk").number("ids")).isEqualTo(5);
    assertThat(pack.rule("key-walk").duration("window")).hasMinutes(1);
    assertThat(pack.rule("key-walk").number("share")).isEqualTo(80);
    assertThat(pack.version()).endsWith(" thresholds@a");
    assertThat(pack.digest()).isNotEqualTo(Story.RULES.digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void decidesByThem() {
    ScenarioCases.Case near =
        ScenarioCases.all().stream()
            .filter(each -> each.name().equals("one record too few"))
            .findFirst()
            .orElseThrow();
    RulePack strict = with("version: a\nrules: {key-walk: {ids: 49}}");

    try (var engine = new DetectionEngine(strict, near.context(), EngineOptions.DEFAULT)) {
      assertThat(Story.last(Story.feed(engine, near.story().entries())))
          .extracting(Alert::ruleId)
          .containsExactly("key-walk");
    }
  }

  @Test
  void refusesWhatNoRuleAsksFor() {
    assertRefused("rules: {}", "version is missing");
    assertRefused("version: a\nrules: {key-wlak: {ids: 5}}", "key-wlak");
    assertRefused("version: a\nrules: {key-walk: {idz: 5}}", "key-walk", "idz");
    assertRefused("version: a\nrules: {key-walk: {ids: many}}", "key-walk", "ids", "many");
    assertRefused("version: a\nrules: {key-walk: {ids: -5}}", "key-walk", "ids", "-5");
    assertRefused("version: a\nrules: {key-walk: {window: 5}}", "key-walk", "window", "5");
    assertRefused("version: a\nrulez: {}", "rulez");
    assertThatThrownBy(() -> Thresholds.read(folder.resolve("none.yaml")))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith("COR-0091");
  }

  @Test
  void areAllInTheReference() {
    StringBuilder page =
        new StringBuilder(
            """
            # Thresholds of built-in rules

            Generated from the descriptions of the rules by `ThresholdsTest`; do not edit. A site puts values of its own into
            `thresholds.yaml` of the data folder, see [scenarios](../operate/public-data/scenarios.md). What is not confirmed
            comes from memory or one source and is to be confirmed by experience.

            | rule | scenario | threshold | value | unit | decides | confirmed |
            |---|---|---|---|---|---|---|
            """);
    for (RuleMetadata rule : Story.RULES.rules()) {
      rule.parameters().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              entry -> {
                Threshold threshold = entry.getValue();
                assertThat(threshold.meaning()).as(rule.id() + ' ' + entry.getKey()).isNotBlank();
                page.append("| ")
                    .append(
                        String.join(
                            " | ",
                            rule.id(),
                            rule.scenario() == 0 ? "" : Integer.toString(rule.scenario()),
                            entry.getKey(),
                            '`' + threshold.value().replace("|", "\\|") + '`',
                            threshold.unit(),
                            threshold.meaning(),
                            threshold.confirmed() ? "yes" : "no"))
                    .append(" |\n");
              });
    }

    Golden.assertFile(Path.of("../docs/reference/thresholds.md"), page.toString());
  }

  private static RulePack with(String yaml) {
    return Story.RULES.with(Thresholds.parse("thresholds.yaml", yaml));
  }

  private static void assertRefused(String yaml, String... parts) {
    assertThatThrownBy(() -> with(yaml))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith("COR-0090")
        .hasMessageContainingAll(parts);
  }
}

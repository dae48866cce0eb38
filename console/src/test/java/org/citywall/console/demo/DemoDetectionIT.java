// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.Alert;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.ResumePoint;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.Severity;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.SigmaSet.Level;
import org.citywall.correlation.sigma.Placeholders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole history through detection and compares with the truth about the stories. */
class DemoDetectionIT {

  private static final DemoCity CITY = DemoCity.of(7, Instant.parse("2026-11-20T02:00:00Z"));
  private static final List<Alert> ALERTS = new ArrayList<>();

  @BeforeAll
  static void detect(@TempDir Path folder) {
    Map<String, Alert> alerts = new LinkedHashMap<>();
    DemoRules.write(folder.resolve("rules"));
    try (DetectionEngine engine =
        new DetectionEngine(
            RulePack.builtIn(),
            DemoContext.of(CITY),
            SigmaSet.read(List.of(folder.resolve("rules")), Placeholders.NONE, Level.HIGH),
            EngineOptions.DEFAULT,
            ResumePoint.START)) {
      long leaf = 0;
      Iterable<List<Entry>> days = new DemoHistory(CITY).days()::iterator;
      for (List<Entry> day : days) {
        for (Entry entry : day) {
          LoggedEntry logged = new LoggedEntry(leaf++, entry.kind(), entry.event());
          for (AlertUpdate update : engine.accept(logged)) {
            alerts.put(update.alert().id().value(), update.alert());
          }
        }
      }
    }
    ALERTS.addAll(alerts.values());
  }

  @Test
  void findsTheWalkAsOneCriticalAlertOverEveryResident() {
    Story story = CITY.story(StoryKind.EXPIRED_AGREEMENT_WALK);

    assertThat(alertsOf("user:" + story.actor()))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.ruleId()).isEqualTo("off-hours-access");
              assertThat(alert.variant()).isEqualTo("agreement-expired");
              assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alert.total()).isEqualTo(1_203);
              assertThat(alert.parameters()).containsEntry("rows", "4812");
              assertThat(alert.firstSeen()).isBetween(story.from(), story.until());
            });
  }

  @Test
  void findsTheExportWithoutATicketAndNotTheOneWithOne() {
    assertThat(alertsOf("user:" + CITY.story(StoryKind.BULK_EXPORT).actor()))
        .singleElement()
        .extracting(Alert::ruleId)
        .isEqualTo("bulk-export");
    assertThat(alertsOf("user:" + CITY.story(StoryKind.LICENSED_EXPORT).actor())).isEmpty();
  }

  @Test
  void findsWhatTheIntruderReadsBySigmaRules() {
    assertThat(ALERTS)
        .filteredOn(alert -> alert.ruleId().startsWith("sigma-"))
        .extracting(alert -> alert.parameters().get("title"))
        .containsExactly("Password hashes read by sudo");
  }

  @Test
  void findsTheSilentSource() {
    assertThat(ALERTS)
        .filteredOn(alert -> alert.ruleId().equals("silent-source"))
        .singleElement()
        .satisfies(alert -> assertThat(alert.groupKey()).contains(StoryPlan.SILENT_ORIGIN));
  }

  @Test
  void findsTheGuessedPasswordAsOneAlert() {
    assertThat(ALERTS)
        .filteredOn(alert -> alert.ruleId().equals("brute-force"))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.variant()).isEqualTo("success");
              assertThat(alert.total()).isGreaterThanOrEqualTo(25);
            });
  }

  @Test
  void staysQuietAboutEverythingThatOnlyLooksAlike() {
    List<String> unexpected = new ArrayList<>();
    for (Alert alert : ALERTS) {
      boolean planted =
          CITY.stories().stream()
              .filter(story -> story.kind().alert())
              .anyMatch(
                  story ->
                      !alert.firstSeen().isBefore(story.from())
                          && alert.firstSeen().isBefore(story.until()));
      if (!planted) {
        unexpected.add(alert.ruleId() + " " + alert.entity() + " " + alert.firstSeen());
      }
    }

    assertThat(unexpected).isEmpty();
    assertThat(ALERTS).filteredOn(alert -> !alert.ruleId().startsWith("sigma-")).hasSize(4);
  }

  private static List<Alert> alertsOf(String entity) {
    return ALERTS.stream().filter(alert -> alert.entity().equals(entity)).toList();
  }
}

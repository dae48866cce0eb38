// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Entry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.correlation.SigmaSet.Level;
import org.junit.jupiter.api.Test;

class BacktestTest {

  private static final SigmaSet IN_FORCE = SigmaTexts.set(SigmaTexts.ACCESS, Level.HIGH);
  private static final SigmaSet CANDIDATE =
      SigmaTexts.set(
          SigmaTexts.ACCESS
              .replace("contains: navicat", "contains: dbeaver")
              .replace("condition: {gte: 6}", "condition: {gte: 5}"),
          Level.HIGH);

  private final Story story = new Story("2026-03-10T00:00:00Z");

  @Test
  void tellsWhichAlertsWouldAppearAndWhichVanish() throws Exception {
    burst("ana", 7, "desk");
    burst("bo", 5, "desk");
    story.event(e -> Story.access(e, "cy", "t.1", 1).put(Field.DB_CLIENT_APP, "Navicat 17"));
    story.event(e -> Story.access(e, "di", "t.1", 1).put(Field.DB_CLIENT_APP, "DBeaver 25"));
    story.pass(Duration.ofMinutes(10)).tick();

    BacktestResult result = run("2026-03-10T00:00:00Z", "2026-03-11T00:00:00Z");

    assertThat(result.inForce())
        .extracting(Alert::groupKey)
        .containsExactlyInAnyOrder("tool user:cy", "many user:ana");
    assertThat(result.appear())
        .extracting(Alert::groupKey)
        .containsExactlyInAnyOrder("tool user:di", "many user:bo");
    assertThat(result.vanish()).extracting(Alert::groupKey).containsExactly("tool user:cy");
    assertThat(result.entries()).isEqualTo(story.entries().size());
    assertThat(result.entriesPerSecond()).isPositive();
  }

  @Test
  void looksBackForCorrelationsButCountsOnlyWhatIsAskedFor() throws Exception {
    story.event(e -> Story.access(e, "old", "t.1", 1).put(Field.DB_CLIENT_APP, "DBeaver"));
    story.pass(Duration.ofHours(20)).tick();
    for (int i = 0; i < 4; i++) {
      story.read("slow", "t." + i, 1).pass(Duration.ofHours(1)).tick();
    }
    story.pass(Duration.ofMinutes(10)).tick();

    BacktestResult result = run("2026-03-10T22:30:00Z", "2026-03-12T00:00:00Z");

    assertThat(result.candidate()).extracting(Alert::groupKey).containsExactly("tables user:slow");
    assertThat(result.appear()).isEmpty();
  }

  private void burst(String account, int accesses, String app) {
    story.tick();
    for (int i = 0; i < accesses; i++) {
      story.event(e -> Story.access(e, account, "t.1", 1).put(Field.DB_CLIENT_APP, app));
      story.pass(Duration.ofSeconds(5)).tick();
    }
    story.pass(Duration.ofMinutes(10)).tick();
  }

  private BacktestResult run(String from, String to) throws InterruptedException {
    try (MemoryLog log = new MemoryLog()) {
      log.append(
          story.entries().stream().map(entry -> new Entry(entry.kind(), entry.event())).toList());
      return new Backtest(log, 2)
          .run(
              new Backtest.Question(
                  Backtest.Rules.ofSigma(Story.RULES, IN_FORCE),
                  Backtest.Rules.ofSigma(Story.RULES, CANDIDATE),
                  Instant.parse(from),
                  Instant.parse(to)),
              done -> {});
    }
  }
}

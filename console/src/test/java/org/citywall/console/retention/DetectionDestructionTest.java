// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.detection.Detection;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.citywall.console.testing.KeptLogs;
import org.citywall.correlation.Context;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destruction reaches what detection remembers, in its engine and in the state database. */
class DetectionDestructionTest {

  private static final Instant THEN = Instant.parse("2021-03-15T08:00:00Z");
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

  @TempDir private Path data;

  @Test
  void keepsNoNameOfAnEntryWhosePayloadWasDestroyed() {
    RulePack rules = RulePack.builtIn();
    try (KeptLog log = KeptLogs.openAt(data, NOW)) {
      log.append(List.of(access(1, "zhang.san", "a"), access(2, "li.si", "b"), tick(3)));
      try (ConsoleFixture console =
              ConsoleFixture.start(
                  new StateDatabase.Embedded(data.resolve("state")),
                  log,
                  MutableClock.at(NOW.toString()));
          DetectionRunner runner =
              DetectionRunner.start(
                  log,
                  console.changes,
                  console.intake,
                  point ->
                      Detection.of(
                          new DetectionEngine(
                              rules,
                              Context.empty(),
                              SigmaSet.NONE,
                              EngineOptions.DEFAULT,
                              point)))) {
        Awaitility.await().until(() -> pieces(console).contains("zhang.san"));

        long proposal =
            log.record(
                new DestructionProposed(
                    new Payloads("a", YearMonth.of(2021, 3)), "zhao", "rule 7"));
        log.destroy(log.record(new Approved(proposal, "wang")));

        Awaitility.await().until(() -> runner.health().lag() == 0);
        Awaitility.await().until(() -> !pieces(console).contains("zhang.san"));
        assertThat(pieces(console)).contains("li.si");

        // Nor does it come back with what is written later.
        log.append(List.of(access(4, "li.si", "b"), tick(5)));
        Awaitility.await().until(() -> runner.health().appliedLeaf() == log.size() - 1);
        assertThat(pieces(console)).contains("li.si").doesNotContain("zhang.san");
      }
    }
  }

  private static Entry access(long sequence, String account, String group) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("db-" + group, 1, sequence), THEN, THEN)
            .put(Field.EVENT_CATEGORY, List.of("database"))
            .put(Field.GOV_DEPARTMENT_CODE, group)
            .put(Field.USER_NAME, account)
            .put(Field.DB_TABLE, List.of("t"))
            .put(Field.DB_ROWS_RETURNED, 3)
            .build());
  }

  private static Entry tick(long sequence) {
    Instant later = THEN.plusSeconds(600 + sequence);
    return new Entry(
        EntryKind.TICK,
        Event.builder(new SourcePosition("tick", 1, sequence), later, later).build());
  }

  private static String pieces(ConsoleFixture console) {
    return console.store.read(
        jdbc -> jdbc.sql("select content from detection_lasting").query().listOfRows().toString());
  }
}

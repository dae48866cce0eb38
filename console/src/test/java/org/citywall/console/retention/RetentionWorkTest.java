// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.console.testing.KeptLogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server owes its log after a start. */
class RetentionWorkTest {

  private static final Instant MARCH = Instant.parse("2026-03-15T08:00:00Z");
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final RetentionPolicy YEAR = new RetentionPolicy(365, Map.of("a", 400), 3);

  @TempDir private Path data;

  private List<LoggedEntry> settle(RetentionPolicy policy) {
    try (KeptLog log = KeptLogs.openAt(data, NOW);
        RetentionWork work = RetentionWork.start(log, policy)) {
      Awaitility.await().until(work::isSettled);
      return log.read(0, 100);
    }
  }

  @Test
  void writesThePolicyOfTheConfigurationOnceForEachChange() {
    assertThat(settle(RetentionPolicy.DEFAULT)).isEmpty();
    assertThat(settle(YEAR)).hasSize(1);
    assertThat(settle(YEAR)).hasSize(1);
    assertThat(settle(RetentionPolicy.DEFAULT)).hasSize(2);

    try (KeptLog log = KeptLogs.openAt(data, NOW)) {
      assertThat(log.retention().policy()).isEqualTo(RetentionPolicy.DEFAULT);
      assertThat(log.retention().hasPolicy()).isTrue();
    }
  }

  @Test
  void saysWhatItFailedOf() {
    RetentionPolicy unlawful = new RetentionPolicy(30, Map.of(), 7);
    try (KeptLog log = KeptLogs.openAt(data, NOW);
        RetentionWork work = RetentionWork.start(log, unlawful, Duration.ofMillis(1))) {
      Awaitility.await().until(() -> work.health().state() == RetentionHealth.State.FAILING);
      assertThat(work.health().lastError()).isEqualTo(AuditErrorCode.RETENTION_TOO_SHORT);
      assertThat(work.health().isWell()).isFalse();
    }
  }

  @Test
  void countsBesideEverythingElse() {
    try (KeptLog log = KeptLogs.openAt(data, NOW)) {
      log.append(List.of(KeptLogs.entry(1, MARCH, "a"), KeptLogs.entry(2, MARCH, "a")));
      log.record(new PolicySet(new RetentionPolicy(180, Map.of(), 7), "x"));
      try (RetentionWork work = RetentionWork.start(log, YEAR)) {
        assertThat(work.counts()).isEmpty();

        Awaitility.await().until(() -> work.counts().isPresent());

        assertThat(work.counts().orElseThrow())
            .containsExactly(Map.entry(new Payloads("a", YearMonth.of(2026, 3)), 2L));
      }
    }
  }
}

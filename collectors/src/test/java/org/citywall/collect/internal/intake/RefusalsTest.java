// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.collect.CollectErrorCode;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final String ORIGIN = "syslog-tls/10.0.0.7";

  private final Refusals refusals = new Refusals();
  private final List<SelfReport> reports = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-04T08:00:00Z");

  @Test
  void reportsTheFirstAtOnceAndTheRestEachMinute() {
    note(3);
    report();
    note(2);
    report();
    now = now.plus(Duration.ofMinutes(1));
    report();
    now = now.plus(Duration.ofMinutes(1));
    report();

    assertThat(reports).containsExactly(refused(3), refused(2));
  }

  @Test
  void keepsWhatIsNotTaken() {
    note(1);
    refusals.report(now, report -> false);
    note(1);
    report();

    assertThat(reports).containsExactly(refused(2));
  }

  @Test
  void countsPeersBeyondTheLimitTogether() {
    for (int i = 0; i < 1000; i++) {
      refusals.note(
          SourceKind.RELP, "10.0." + i / 256 + "." + i % 256, CollectErrorCode.PEER_STALLED);
    }
    report();

    assertThat(reports).hasSize(257);
    assertThat(reports)
        .contains(new SelfReport.Refused("relp/others", CollectErrorCode.PEER_STALLED, 744));
  }

  private void note(int times) {
    for (int i = 0; i < times; i++) {
      refusals.note(SourceKind.SYSLOG_TLS, "10.0.0.7", CollectErrorCode.HANDSHAKE_FAILED);
    }
  }

  private void report() {
    refusals.report(now, reports::add);
  }

  private static SelfReport refused(long count) {
    return new SelfReport.Refused(ORIGIN, CollectErrorCode.HANDSHAKE_FAILED, count);
  }
}

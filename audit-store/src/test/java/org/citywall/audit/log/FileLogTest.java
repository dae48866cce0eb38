// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest extends EvidenceLogContract {

  static final LogOptions OPTIONS =
      LogOptions.defaults()
          .withSegmentBytes(1 << 16)
          .withRecentIds(100)
          .withIntervals(Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ZERO);

  @TempDir private Path dataDir;

  @Override
  EvidenceLog open() {
    return open(dataDir, OPTIONS);
  }

  @Override
  VerifierKey key() {
    return TestKeys.SIGNER.verifierKey();
  }

  static EvidenceLog open(Path dataDir, LogOptions options) {
    return EvidenceLogs.open(
        dataDir,
        options,
        TestKeys.ALL,
        Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
        new SecureRandom());
  }

  @Test
  void refusesASecondWriter() {
    assertRefused(AuditErrorCode.LOG_LOCKED, this::open);
  }

  @Test
  void signsAnEmptyLogAtOnce(@TempDir Path fresh) {
    EvidenceLog log = open(fresh, OPTIONS);
    log.close();

    try (LogReader reader = TestLogs.read(fresh)) {
      assertThat(reader.size()).isZero();
      assertThat(reader.checkpoint().map(Checkpoint::root)).contains(Merkle.EMPTY_ROOT);
    }
  }

  @Test
  void readsAcrossSegmentsAfterReopening(@TempDir Path fresh) {
    try (EvidenceLog log = open(fresh, OPTIONS)) {
      for (int i = 0; i < 20; i++) {
        log.append(TestEvents.range("a", 1 + 100 * i, 100 + 100 * i));
      }
    }

    try (EvidenceLog log = open(fresh, OPTIONS);
        LogReader reader = TestLogs.read(fresh)) {
      assertThat(fresh.resolve("log/segment").toFile().list()).hasSizeGreaterThan(10);
      for (LogReader each : List.of(log, reader)) {
        assertThat(each.size()).isEqualTo(2000);
        assertThat(each.read(0, 5000))
            .extracting(entry -> entry.event().position().sequence())
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 2000).boxed().toList());
        assertThat(each.read(1234).event().position().sequence()).isEqualTo(1235);
        assertThat(EntryProofs.verify(each.prove(777), key())).isEqualTo(each.read(777).event());
      }
      assertThat(log.append(TestEvents.range("a", 2000, 2001))).containsExactly(1999, 2000);
    }
  }

  @Test
  void remembersClientIdsAcrossARestart(@TempDir Path fresh) {
    try (EvidenceLog log = open(fresh, OPTIONS)) {
      log.append(List.of(TestEvents.ofClient("http", 1, "x")));
    }

    try (EvidenceLog log = open(fresh, OPTIONS)) {
      assertThat(log.append(List.of(TestEvents.ofClient("http", 2, "x")))).containsExactly(0);
    }
  }

  @Test
  void refusesAnotherKey(@TempDir Path fresh) {
    open(fresh, OPTIONS).close();

    assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED,
        () ->
            EvidenceLogs.open(
                fresh,
                OPTIONS,
                TestKeys.signer("test.example/log"),
                Clock.systemUTC(),
                new SecureRandom()));
  }

  @Test
  void refusesToReadWhereNoLogIs(@TempDir Path fresh) {
    assertRefused(AuditErrorCode.LOG_MISSING, () -> EvidenceLogs.openReadOnly(fresh));
  }

  @Test
  void refusesAnEventThatIsTooLarge(@TempDir Path fresh) {
    LogOptions small =
        new LogOptions(1 << 16, 1 << 10, 10, Duration.ZERO, Duration.ofHours(1), Duration.ZERO);
    try (EvidenceLog log = open(fresh, small)) {
      Entry large = TestEvents.at("x".repeat(1010), 1, 1);

      assertRefused(AuditErrorCode.EVENT_TOO_LARGE, () -> log.append(List.of(large)));
      assertThat(log.size()).isZero();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {

  private static final String FIRST = "log/segment/00000000000000000000.seg";

  @TempDir private Path folder;

  /** What a crash leaves: no snapshot, no mark, no checkpoint of the last records. */
  private Path crashed(Path from, String name) throws IOException {
    Path copy = folder.resolve(name);
    TestLogs.copy(from, copy);
    Files.deleteIfExists(copy.resolve("log/durable"));
    return copy;
  }

  /** A log of three entries under a checkpoint of size 1, with its files as of that moment. */
  private Path unsigned() throws IOException {
    Path live = folder.resolve("live");
    Path taken = folder.resolve("taken");
    try (EvidenceLog log = TestLogs.open(live)) {
      log.append(TestEvents.range("a", 1, 1));
      log.signCheckpoint();
      log.append(TestEvents.range("a", 2, 2));
      log.append(TestEvents.range("a", 3, 4));
      TestLogs.copy(live, taken);
    }
    return taken;
  }

  @Test
  void recoversFromACutAtAnyByteOfTheUnsignedTail() throws Exception {
    Path taken = unsigned();
    long end = Files.size(taken.resolve(FIRST));
    long signedEnd = RecordFormat.SEGMENT_HEADER + recordLength(taken, RecordFormat.SEGMENT_HEADER);
    for (long cut = signedEnd; cut <= end; cut += cut < end - 40 ? 7 : 1) {
      Path copy = crashed(taken, "cut-" + cut);
      truncate(copy.resolve(FIRST), cut);

      long size = TestLogs.reopen(copy);

      assertThat(size).isBetween(1L, 4L);
      assertThat(cut < end || size == 4).isTrue();
      try (EvidenceLog log = TestLogs.open(copy)) {
        log.append(TestEvents.range("a", 1, 6));
        assertThat(log.read(0, 10))
            .extracting(entry -> entry.event().position().sequence())
            .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      }
    }
  }

  @Test
  void verifiesAfterATornTailWasCut() throws Exception {
    Path copy = crashed(unsigned(), "torn");
    truncate(copy.resolve(FIRST), Files.size(copy.resolve(FIRST)) - 3);
    assertThat(verdict(copy)).isEqualTo(Verdict.INTACT);

    TestLogs.reopen(copy);

    assertThat(verdict(copy)).isEqualTo(Verdict.INTACT);
  }

  @Test
  void refusesALogWhoseSignedEntriesAreCutOff() throws Exception {
    Path copy = crashed(unsigned(), "short");
    truncate(copy.resolve(FIRST), RecordFormat.SEGMENT_HEADER + 10);

    refusesToOpen(copy);
  }

  @Test
  void refusesALogWhoseAcknowledgedEntriesAreCutOff() throws Exception {
    Path taken = unsigned();
    truncate(taken.resolve(FIRST), Files.size(taken.resolve(FIRST)) - 1);

    refusesToOpen(taken);
  }

  @Test
  void refusesDamageThatALaterGroupFollows() throws Exception {
    Path copy = crashed(unsigned(), "damaged");
    long second = RecordFormat.SEGMENT_HEADER + recordLength(copy, RecordFormat.SEGMENT_HEADER);
    for (int at = 0; at < recordLength(copy, second); at += 13) {
      flip(copy.resolve(FIRST), second + at);
      refusesToOpen(copy);
      flip(copy.resolve(FIRST), second + at);
    }
    assertThat(TestLogs.reopen(copy)).isEqualTo(4);
  }

  @Test
  void cutsAGroupThatWasTornInItsMiddle() throws Exception {
    Path copy = crashed(unsigned(), "middle");
    long second = RecordFormat.SEGMENT_HEADER + recordLength(copy, RecordFormat.SEGMENT_HEADER);
    long third = second + recordLength(copy, second);
    flip(copy.resolve(FIRST), third + 50);

    assertThat(TestLogs.reopen(copy)).isEqualTo(2);
    assertThat(verdict(copy)).isEqualTo(Verdict.INTACT);
  }

  @Test
  void refusesRecordsThatDoNotHaveTheSignedRoot() throws Exception {
    Path copy = crashed(unsigned(), "forged");
    Path other = folder.resolve("other");
    try (EvidenceLog log = TestLogs.open(other)) {
      log.append(TestEvents.range("b", 1, 4));
    }
    Files.copy(other.resolve(FIRST), copy.resolve(FIRST), StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(copy.resolve("log/state"));

    refusesToOpen(copy);
  }

  private static void refusesToOpen(Path data) {
    EvidenceLogContract.assertRefused(AuditErrorCode.LOG_CORRUPT, () -> TestLogs.reopen(data));
  }

  private static Verdict verdict(Path data) {
    return TestLogs.verifier(data).full(Progress.SILENT).verdict();
  }

  private static int recordLength(Path data, long at) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(data.resolve(FIRST))).getInt((int) at + 4);
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] = (byte) (bytes[(int) at] ^ 4);
    Files.write(file, bytes);
  }
}

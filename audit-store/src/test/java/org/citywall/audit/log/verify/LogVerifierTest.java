// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {

  private static final int HEADER = 32;

  @TempDir private Path dataDir;
  private Path log;

  @BeforeEach
  void writeLog() {
    TestLogs.write(dataDir);
    log = dataDir.resolve("log");
  }

  private VerificationReport verify() {
    return TestLogs.verifier(dataDir).full(Progress.SILENT);
  }

  @Test
  void findsAnUntouchedLogIntact() {
    VerificationReport report = verify();

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(351);
    assertThat(report.signedEntries()).isEqualTo(351);
    assertThat(report.checkpoints()).isGreaterThanOrEqualTo(3);
    assertThat(report.origin()).isEqualTo("test.example/log");
  }

  @Test
  void findsTheTilesConsistentWithEveryCheckpoint() {
    VerificationReport report = TestLogs.verifier(dataDir).consistency(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.entries()).isEqualTo(351);
  }

  @Test
  void findsAnEntryIncluded() {
    VerificationReport report = TestLogs.verifier(dataDir).inclusion(42);

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.entries()).isEqualTo(1);
  }

  /** 3 times 100 flips; in deep tests, which run 60 iterations, 10,020. */
  @RandomizedTest(iterations = 3)
  void detectsEverySingleByteFlip(RandomGenerator random) throws Exception {
    List<Path> files = evidence();
    long total = 0;
    for (Path file : files) {
      total += Files.size(file);
    }
    int flips = Boolean.getBoolean("tests.deep") ? 167 : 100;
    for (int i = 0; i < flips; i++) {
      long at = random.nextLong(total);
      Path hit = files.getFirst();
      for (Path file : files) {
        hit = file;
        if (at < Files.size(file)) {
          break;
        }
        at -= Files.size(file);
      }
      byte mask = (byte) (1 << random.nextInt(8));
      flip(hit, (int) at, mask);

      assertThat(exitCode()).as("bit %d of byte %d of %s", mask, at, hit).isNotZero();
      flip(hit, (int) at, mask);
    }
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void detectsAFlipInEveryFile() throws Exception {
    for (Path file : evidence()) {
      int middle = (int) Files.size(file) / 2;
      flip(file, middle, (byte) 1);

      assertThat(exitCode()).as(file.toString()).isNotZero();
      flip(file, middle, (byte) 1);
    }
  }

  @Test
  void namesTheEntryWhosePayloadWasExchanged() throws Exception {
    Path segment = log.resolve("segment/00000000000000000000.seg");
    forge(segment, HEADER, record -> TestLogs.exchangePayload(dataDir, record));

    VerificationReport report = verify();

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings())
        .hasSize(1)
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.leaf()).isZero();
              assertThat(finding.explanation()).contains("committed");
            });
  }

  @Test
  void namesTheEntryWhoseSealedBytesWereChanged() throws Exception {
    Path segment = log.resolve("segment/00000000000000000000.seg");
    forge(segment, HEADER, record -> record.put(record.limit() - 1, (byte) 0x7e));

    assertThat(verify().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.explanation()).contains("data key 1 sealed"));
  }

  @Test
  void detectsAForgedEnvelopeByTileAndRootOfBothTrees() throws Exception {
    Path segment = log.resolve("segment/00000000000000000000.seg");
    forge(segment, HEADER, record -> record.put(32 + 18, (byte) 1));

    assertThat(verify().findings())
        .filteredOn(finding -> finding.explanation().contains("root that was signed"))
        .hasSize(2);
    assertThat(verify().findings())
        .filteredOn(finding -> finding.explanation().contains("not the tree of the records"))
        .extracting(Finding::file)
        .contains("tlog/tile/0/000", "sm3/tile/0/000");
  }

  @Test
  void detectsARecordThatNamesAnotherKeyThanSealedIt() throws Exception {
    Path segment = log.resolve("segment/00000000000000000000.seg");
    forge(segment, HEADER, record -> record.put(25, (byte) 2));

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(new LogVerifier(dataDir, Optional.empty()).full(Progress.SILENT).verdict())
        .isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void calledIncompleteWhenARecordNamesAKeyThatIsNotThere() throws Exception {
    Path segment = log.resolve("segment/00000000000000000000.seg");
    forge(segment, HEADER, record -> record.putInt(28, 77));

    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(new LogVerifier(dataDir, Optional.empty()).full(Progress.SILENT).verdict())
        .isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void detectsASecondTreeThatWasTakenAway() throws Exception {
    String format = Files.readString(log.resolve("format"));
    Files.writeString(
        log.resolve("format"),
        "citywall-log 1\n" + format.lines().skip(1).findFirst().orElseThrow() + "\n");

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void calledIncompleteWhenASegmentIsGone() throws Exception {
    Files.delete(log.resolve("segment/00000000000000000000.seg"));

    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void calledIncompleteWhenTheTailIsCutOff() throws Exception {
    Path last = evidence("segment", ".seg").getLast();
    try (var channel = FileChannel.open(last, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }

    VerificationReport report = verify();

    assertThat(report.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(report.findings()).anyMatch(finding -> finding.leaf() == 350);
  }

  @Test
  void calledIncompleteWhenATileIsGone() throws Exception {
    Files.delete(log.resolve("tlog/tile/0/000"));

    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(TestLogs.verifier(dataDir).consistency(Progress.SILENT).verdict())
        .isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void detectsAKeyThatIsNotTheTrustedOne() {
    var stranger =
        VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    VerificationReport report =
        new LogVerifier(dataDir, Optional.of(stranger)).full(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void detectsARemovedCheckpointHistory() throws Exception {
    Files.write(log.resolve("checkpoints/00000000.notes"), new byte[0]);

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void staysIntactWhenDerivedFilesAreRebuilt() throws Exception {
    Files.delete(log.resolve("state"));
    Files.delete(log.resolve("durable"));
    for (Path file : evidence("segment", ".idx")) {
      Files.delete(file);
    }
    for (Path file : evidence("tlog/tile", "")) {
      Files.delete(file);
    }

    assertThat(TestLogs.reopen(dataDir)).isEqualTo(351);
    assertThat(verify().findings()).isEmpty();
  }

  private int exitCode() {
    try {
      return verify().verdict().exitCode();
    } catch (PlatformException e) {
      // A folder whose format cannot be read is refused before anything in it is believed; one
      // digit of the version turns it into a log of the future.
      return e.code().category() == ErrorCategory.INTEGRITY || e.code() == AuditErrorCode.LOG_FORMAT
          ? 1
          : 0;
    }
  }

  private List<Path> evidence() throws IOException {
    try (Stream<Path> files = Files.walk(log)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock"))
          .sorted()
          .toList();
    }
  }

  private List<Path> evidence(String folder, String suffix) throws IOException {
    return evidence().stream()
        .filter(file -> file.startsWith(log.resolve(folder)) && file.toString().endsWith(suffix))
        .toList();
  }

  private static void flip(Path file, int at, byte mask) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] = (byte) (bytes[at] ^ mask);
    Files.write(file, bytes);
  }

  /** Changes a record and mends its CRC, as somebody would who knows the format. */
  private static void forge(Path file, int at, Consumer<ByteBuffer> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(bytes).getInt(at + 4);
    ByteBuffer record = ByteBuffer.wrap(bytes, at, length).slice();
    change.accept(record);
    CRC32C crc = new CRC32C();
    crc.update(bytes, at + 4, length - 4);
    record.putInt(0, (int) crc.getValue());
    Files.write(file, bytes);
  }
}

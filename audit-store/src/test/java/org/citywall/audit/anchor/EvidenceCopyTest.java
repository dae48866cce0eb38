// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.anchor.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCopyTest {

  private final MutableClock clock = MutableClock.at(AnchoredLog.START);
  @TempDir private Path folder;
  private AnchoredLog log;

  @BeforeEach
  void open() {
    log = new AnchoredLog(folder.resolve("data"), clock);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private Path target() {
    return folder.resolve("copy");
  }

  private EvidenceCopy copy() {
    return new EvidenceCopy(target(), log.dataDir(), false);
  }

  private Checkpoint grow(int count) {
    log.append(count);
    return log.log().signCheckpoint();
  }

  private TreeMap<String, byte[]> files() {
    TreeMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(target())) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(target().relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return files;
  }

  private AnchorReport verify() {
    AnchorPolicy policy =
        new AnchorPolicy(
            List.of(log.key()), List.of(), new Quorum.None(), List.of(), null, null, null);
    return new AnchorVerifier(log.dataDir(), policy, clock.instant())
        .withCopy(target(), Progress.SILENT)
        .verify(Progress.SILENT);
  }

  @Test
  void copiesATreeThatVerifiesByItself() {
    EvidenceCopy copy = copy();
    for (int count : List.of(1, 99, 156, 1, 300, 700)) {
      Checkpoint checkpoint = grow(count);

      copy.update(checkpoint);

      assertThat(
              new PublishedTree(target().resolve("tlog"), TreeHash.SHA_256).root(checkpoint.size()))
          .isEqualTo(checkpoint.root());
    }
    assertThat(verify().findings()).isEmpty();
    assertThat(files()).containsKeys("tlog/tile/0/003", "tlog/tile/0/004.p/233", "key");
  }

  @Test
  void writesNothingTwice() {
    copy().update(grow(300));
    TreeMap<String, byte[]> before = files();

    copy().update(grow(300));

    TreeMap<String, byte[]> after = files();
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    assertThat(after.size()).isGreaterThan(before.size());
  }

  @Test
  void takesTheRightToWriteFromEachFile() throws IOException {
    copy().update(grow(300));

    for (String name : files().keySet()) {
      assertThat(Files.getPosixFilePermissions(target().resolve(name)))
          .as(name)
          .doesNotContain(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE);
    }
  }

  @Test
  void isNotDisturbedByWhatACrashLeft() throws IOException {
    copy().update(grow(300));
    Files.writeString(target().resolve("tlog/tile/0/.001.4711"), "half a tile");
    // The tile was moved in and its checkpoint was not.
    Checkpoint next = grow(300);
    EvidenceCopy interrupted = copy();
    interrupted.update(next);
    Files.delete(target().resolve("checkpoints").resolve(AnchorStore.name(next)));

    copy().update(next);

    assertThat(verify().findings()).noneMatch(Finding.Altered.class::isInstance);
  }

  @Test
  void refusesALogThatWasRolledBack() {
    Path before = log.snapshot(folder.resolve("before"));
    copy().update(grow(300));
    log.rollBackTo(before);

    assertRefused(AuditErrorCode.ANCHOR_CONTRADICTED, () -> copy().update(grow(1)));
  }

  @Test
  void refusesALogThatWasForked() {
    grow(10);
    Path before = log.snapshot(folder.resolve("before"));
    copy().update(grow(300));
    TreeMap<String, byte[]> kept = files();
    log.rollBackTo(before);
    log.append("other", 500);

    assertRefused(
        AuditErrorCode.ANCHOR_CONTRADICTED, () -> copy().update(log.log().signCheckpoint()));
    assertThat(files().keySet()).isEqualTo(kept.keySet());
  }

  @Test
  void refusesTheFolderOfAnotherLog() {
    copy().update(grow(3));
    try (AnchoredLog other = new AnchoredLog(folder.resolve("other"), clock)) {
      other.append(3);
      EvidenceCopy confused = new EvidenceCopy(target(), other.dataDir(), false);

      assertRefused(
          AuditErrorCode.ANCHOR_CONTRADICTED, () -> confused.update(other.log().signCheckpoint()));
    }
  }

  @Test
  void refusesATileOfTheLogThatWasChanged() throws IOException {
    Checkpoint checkpoint = grow(300);
    Path tile = log.dataDir().resolve("log/tlog/tile/0/000");
    byte[] bytes = Files.readAllBytes(tile);
    byte[] changed = bytes.clone();
    changed[40] = (byte) (changed[40] ^ 1);
    Files.write(tile, changed);

    assertRefused(AuditErrorCode.ANCHOR_CONTRADICTED, () -> copy().update(checkpoint));
    assertThat(files().keySet()).noneMatch(name -> name.startsWith("checkpoints/"));
    Files.write(tile, bytes);
  }

  @Test
  void findsAChangedFileOfTheCopy() throws IOException {
    copy().update(grow(600));
    Path tile = target().resolve("tlog/tile/0/001");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[0] = (byte) (bytes[0] ^ 1);
    Files.setPosixFilePermissions(tile, EnumSet.allOf(PosixFilePermission.class));
    Files.write(tile, bytes);

    AnchorReport report = verify();

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings())
        .anyMatch(finding -> finding.file().endsWith("tile/1/000.p/2") && finding.position() == 32);
  }

  @Test
  void showsALogThatWasRolledBackWithAllItsAnchors() {
    grow(10);
    Path before = log.snapshot(folder.resolve("before"));
    copy().update(grow(300));
    log.rollBackTo(before);

    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);

    log.append("other", 400);
    log.log().signCheckpoint();
    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void copiesSegmentsThatAreClosed() {
    for (int i = 0; i < 8; i++) {
      grow(200);
    }

    new EvidenceCopy(target(), log.dataDir(), true).update(log.log().signCheckpoint());

    List<String> segments =
        files().keySet().stream().filter(name -> name.startsWith("segment/")).toList();
    assertThat(segments).isNotEmpty().contains("segment/00000000000000000000.seg");
    assertThat(segments.size()).isLessThan(count(log.dataDir().resolve("log/segment")));
  }

  private static int count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.filter(file -> file.toString().endsWith(".seg")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void goesOnUnderAnotherKeyOfTheLog() {
    copy().update(grow(300));
    VerifierKey next = log.changeKey();

    copy().update(grow(10));
    copy().update(grow(300));

    assertThat(files()).containsKeys("key", "key-00000000000000000300");
    AnchorPolicy both =
        new AnchorPolicy(
            List.of(log.key(), next), List.of(), new Quorum.None(), List.of(), null, null, null);
    AnchorReport report =
        new AnchorVerifier(log.dataDir(), both, clock.instant())
            .withCopy(target(), Progress.SILENT)
            .verify(Progress.SILENT);
    assertThat(report.findings()).isEmpty();
    assertThat(verify().findings())
        .extracting(Finding::explanation)
        .anyMatch(text -> text.contains("does not name the log's key"));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Comparison;
import org.citywall.audit.log.verify.LogComparison;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log changes its keys before or after its backup. */
class KeyChangeBackupTest {

  private final BackupFixture fixture = new BackupFixture();
  private final NoteSigner first = fixture.signer;
  private final NoteSigner second = new NoteSigner(first.name(), new KeyInMemory());
  private final NoteSigner firstSm2 = Objects.requireNonNull(fixture.keys.sm3());
  private final NoteSigner secondSm2 = new NoteSigner(firstSm2.name(), new Sm2KeyInMemory());
  private final LogKeys bothKeys = fixture.keys;
  private final LogKeys newKeys =
      new LogKeys(second, secondSm2, fixture.wrapper(), List.of(first, firstSm2));
  private final LogKeys newKeysAlone = new LogKeys(second, secondSm2, fixture.wrapper(), List.of());
  @TempDir private Path folder;
  private Path data;
  private Path restored;
  private Path before;
  private Path after;
  private Path keptBefore;
  private Path keptBeforeSm3;

  /** 300 entries, a backup, changes of both keys, 400 entries of the new keys, another backup. */
  @BeforeEach
  void changeKeysBetweenBackups() throws IOException {
    data = folder.resolve("data");
    restored = folder.resolve("restored");
    before = folder.resolve("before.tar");
    after = folder.resolve("after.tar");
    keptBefore = folder.resolve("kept-before");
    keptBeforeSm3 = folder.resolve("kept-before-sm3");
    fixture.grow(data, "a", 300);
    Files.copy(published(TreeHash.SHA_256).resolve("checkpoint"), keptBefore);
    Files.copy(published(TreeHash.SM3).resolve("checkpoint"), keptBeforeSm3);
    fixture.back(data, before);
    try (KeptLog log = fixture.open(data)) {
      log.changeKey(second);
      log.changeKey(secondSm2);
    }
    fixture.keys = newKeysAlone;
    fixture.grow(data, "b", 400);
    fixture.back(data, after);
  }

  private Path published(TreeHash tree) {
    return PublishedTree.ofData(data, tree).folder();
  }

  private List<Path> publishedByBothTrees() {
    return List.of(published(TreeHash.SHA_256), published(TreeHash.SM3));
  }

  private static RestoreOptions trusting(NoteSigner... signers) {
    return RestoreOptions.STRICT.trusting(
        List.of(signers).stream().map(NoteSigner::verifierKey).toArray(VerifierKey[]::new));
  }

  @Test
  void checkpointsFromBeforeTheChangeAreContinued() {
    List<Path> kept = List.of(keptBefore, keptBeforeSm3);
    assertThat(LogComparison.of(data, List.of(), kept))
        .hasSize(2)
        .allMatch(Comparison.Continues.class::isInstance);

    RestoreReport report = fixture.restore(after, restored, trusting(second).expecting(kept));

    assertThat(report.comparisons()).hasSize(2).allMatch(Comparison.Continues.class::isInstance);
    assertThat(LogComparison.of(restored, List.of(), publishedByBothTrees()))
        .allMatch(Comparison.Continues.class::isInstance);
  }

  @Test
  void theBackupIsTrustedByEachKeyOfTheChain() {
    fixture.restore(after, restored, trusting(first));
    assertThat(EvidenceLogs.statedKey(restored)).isEqualTo(second.verifierKey());

    fixture.restore(after, folder.resolve("again"), trusting(second));
    assertRefused(
        AuditErrorCode.BACKUP_UNTRUSTED,
        () ->
            fixture.restore(
                after,
                folder.resolve("stranger"),
                trusting(new NoteSigner(first.name(), new KeyInMemory()))));
    // The key of the second tree does not sign backups.
    assertRefused(
        AuditErrorCode.BACKUP_UNTRUSTED,
        () -> fixture.restore(after, folder.resolve("stranger"), trusting(secondSm2)));
  }

  @Test
  void anOlderBackupIsProvedToBeAPrefixOfWhatTheNewKeysSigned() {
    RestoreOptions options =
        trusting(first, second, secondSm2).expecting(publishedByBothTrees()).acceptingLoss();

    RestoreReport report = fixture.restore(before, restored, options);

    assertThat(report.comparisons())
        .hasSize(2)
        .allSatisfy(
            found ->
                assertThat(found)
                    .isInstanceOfSatisfying(
                        Comparison.RolledBack.class,
                        behind -> {
                          assertThat(behind.kept()).isEqualTo(300);
                          assertThat(behind.missing()).isEqualTo(402);
                          assertThat(behind.proved()).isTrue();
                          assertThat(behind.span()).isNotNull();
                        }));
  }

  @Test
  void anOlderBackupDoesNotVouchForKeysThatCameLater() {
    RestoreOptions options = trusting(first).expecting(publishedByBothTrees()).acceptingLoss();

    assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> fixture.restore(before, restored, options));
    assertThat(restored).doesNotExist();
  }

  @Test
  void anOlderBackupGoesOnAndChangesItsKeysAnew() {
    fixture.restore(before, restored, trusting(first));
    fixture.keys = newKeys;

    try (KeptLog log = fixture.open(restored)) {
      log.changeKey(second);
      log.append(fixture.events("c", 1, 10));
    }

    assertThat(EvidenceLogs.statedKey(restored)).isEqualTo(second.verifierKey());
    assertThat(fixture.verify(restored).findings()).isEmpty();
    assertThat(
            LogComparison.of(
                restored, List.of(second.verifierKey()), List.of(published(TreeHash.SHA_256))))
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.RolledBack.class, found -> assertThat(found.restoredAt()).isEqualTo(300));
  }

  @Test
  void aSnapshotNamesNoKeyThatIsAnnouncedBehindIt() throws IOException {
    fixture.keys = bothKeys;
    Path other = folder.resolve("other");
    fixture.grow(other, "a", 10);
    Path format = other.resolve("log/format");
    Files.writeString(format, Files.readString(format) + "key " + second.verifierKey() + " 10\n");

    LogSnapshot snapshot = LogSnapshot.signed(other);

    assertThat(snapshot.key()).isEqualTo(first.verifierKey());
    fixture.back(other, folder.resolve("other.tar"));
    fixture.restore(folder.resolve("other.tar"), restored);
    assertThat(EvidenceLogs.statedKey(restored)).isEqualTo(first.verifierKey());
  }
}

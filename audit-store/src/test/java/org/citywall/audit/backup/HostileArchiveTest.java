// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.log.LogSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that were made to do harm; their digests are right and their signature is not asked for.
 */
class HostileArchiveTest {

  private static final byte[] CONTENT = "evil\n".getBytes(StandardCharsets.US_ASCII);

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path data;
  private Path file;
  private Path restored;
  private List<BackupMember> members;
  private BackupManifest manifest;

  @BeforeEach
  void writeLog() {
    data = folder.resolve("data");
    file = folder.resolve("hostile.tar");
    restored = folder.resolve("deep/restored");
    fixture.grow(data, "a", 3);
    LogSnapshot log = LogSnapshot.signed(data);
    members = new ArrayList<>(BackupFixture.members(log));
    manifest = fixture.manifest(log, members, false);
  }

  private static BackupMember member(String name) {
    return BackupMember.of(name, CONTENT);
  }

  /** Writes what the manifest says and these members, as they are. */
  private void write(String manifestText, List<BackupMember> content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArchiveWriter archive = new ArchiveWriter(out);
    archive.add(
        BackupMember.of(MemberName.MANIFEST, manifestText.getBytes(StandardCharsets.UTF_8)));
    for (BackupMember member : content) {
      archive.add(member);
    }
    archive.addUnlisted(MemberName.SUMS, archive.sums());
    archive.finish();
    Files.write(file, out.toByteArray());
  }

  private String manifest(List<BackupMember> content) {
    return new String(
        new BackupManifest(
                1,
                "test",
                manifest.madeAt(),
                false,
                manifest.origin(),
                manifest.key(),
                manifest.checkpoint(),
                manifest.signedEntries(),
                manifest.entries(),
                null,
                "none",
                false,
                List.of(),
                List.of(),
                Backup.listed(content))
            .encode(),
        StandardCharsets.UTF_8);
  }

  private void assertNothingIsWritten(ErrorCode code) throws IOException {
    assertRefused(
        code, () -> fixture.restore(file, restored, RestoreOptions.STRICT.acceptingUnsigned()));
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(path -> !path.startsWith(data)))
          .allMatch(path -> Files.isDirectory(path) || path.equals(file));
    }
    assertThat(restored).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "log/../../evil",
        "/tmp/citywall-evil",
        "log//evil",
        "log/./evil",
        "log/evil/",
        "..",
        "C:\\evil",
        "log/evil\u0007",
        "manifest.json",
        "SHA256SUMS"
      })
  void namesThatLeaveTheFolderAreRefused(String name) throws IOException {
    members.add(member(name));
    write(manifest(members), members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_HOSTILE);
  }

  @Test
  void aNameTwiceIsRefused() throws IOException {
    members.add(member("twice"));
    members.add(member("twice"));
    write(manifest(members), members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_HOSTILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"log/restoring", "log/lock", "log/format/evil", "log"})
  void whatStandsInTheWayOfARestoreIsRefused(String name) throws IOException {
    members.add(member(name));
    write(manifest(members), members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_HOSTILE);
  }

  @Test
  void aMemberThatTheManifestDoesNotNameIsRefused() throws IOException {
    String honest = manifest(members);
    members.add(member("more"));
    write(honest, members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_DAMAGED);
  }

  @Test
  void aMemberThatIsLongerThanTheManifestSaysIsRefused() throws IOException {
    members.add(member("grows"));
    String honest = manifest(members);
    members.set(members.size() - 1, BackupMember.of("grows", new byte[1 << 20]));
    write(honest, members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_DAMAGED);
  }

  @Test
  void moreThanTheDiskHoldsIsRefusedBeforeAnythingIsWritten() throws IOException {
    write(
        manifest(members).replaceFirst("\"bytes\" : [0-9]+", "\"bytes\" : 1000000000000000"),
        members);

    assertNothingIsWritten(AuditErrorCode.RESTORE_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775807", "1e30", "null", "\"5\"x"})
  void impossibleLengthsAreRefused(String length) throws IOException {
    write(manifest(members).replaceFirst("\"bytes\" : [0-9]+", "\"bytes\" : " + length), members);

    Path target = restored;
    assertThatThrownBy(
            () -> fixture.restore(file, target, RestoreOptions.STRICT.acceptingUnsigned()))
        .hasMessageMatching("AUD-008[2-5].*");
    assertThat(restored).doesNotExist();
  }

  @Test
  void aManifestOfALaterFormatIsSentToALaterVersion() throws IOException {
    write(manifest(members).replace("\"format\" : 1", "\"format\" : 2"), members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_FORMAT);
  }

  @Test
  void aManifestWithUnknownMembersIsRefused() throws IOException {
    write(manifest(members).replace("\"format\" : 1", "\"format\" : 1, \"run\" : 1"), members);

    assertNothingIsWritten(AuditErrorCode.BACKUP_DAMAGED);
  }

  @Test
  void aFileThatIsNoBackupIsCalledThat() throws IOException {
    Files.writeString(file, "PK\u0003\u0004 not a backup".repeat(200));

    assertNothingIsWritten(AuditErrorCode.BACKUP_FORMAT);
  }

  /** Rewrites the header of the first member behind the manifest, with a right checksum. */
  private void alterSecondHeader(Consumer<byte[]> change) throws IOException {
    write(manifest(members), members);
    byte[] archive = Files.readAllBytes(file);
    int manifestLength = manifest(members).getBytes(StandardCharsets.UTF_8).length;
    int at = TarHeader.BLOCK + manifestLength + TarHeader.padding(manifestLength);
    byte[] header = new byte[TarHeader.BLOCK];
    System.arraycopy(archive, at, header, 0, header.length);
    change.accept(header);
    int sum = 0;
    for (int i = 0; i < header.length; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    byte[] checksum =
        String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, header, 148, 8);
    System.arraycopy(header, 0, archive, at, header.length);
    Files.write(file, archive);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '5', '6', 'L', 'x', 'g'})
  void linksDevicesFoldersAndExtensionsAreRefused(char type) throws IOException {
    alterSecondHeader(
        header -> {
          header[156] = (byte) type;
          byte[] target = "/etc/passwd".getBytes(StandardCharsets.US_ASCII);
          System.arraycopy(target, 0, header, 157, target.length);
        });

    assertNothingIsWritten(AuditErrorCode.BACKUP_HOSTILE);
  }

  @Test
  void otherSpellingsOfAHeaderAreRefused() throws IOException {
    alterSecondHeader(header -> header[106] = '7');

    assertNothingIsWritten(AuditErrorCode.BACKUP_DAMAGED);
  }

  @Test
  void aLengthThatIsNegativeInBase256IsRefused() throws IOException {
    alterSecondHeader(
        header -> {
          header[124] = (byte) 0x80;
          ByteBuffer.wrap(header).putLong(128, -5);
        });

    assertNothingIsWritten(AuditErrorCode.BACKUP_HOSTILE);
  }
}

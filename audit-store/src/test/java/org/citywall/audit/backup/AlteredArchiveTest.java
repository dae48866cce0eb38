// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.secrets.Sensitive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of an archive counts. */
class AlteredArchiveTest {

  private static final Set<ErrorCode> CODES =
      Set.of(
          AuditErrorCode.BACKUP_DAMAGED,
          AuditErrorCode.BACKUP_HOSTILE,
          AuditErrorCode.BACKUP_FORMAT,
          AuditErrorCode.BACKUP_UNTRUSTED,
          AuditErrorCode.BACKUP_SEALED);

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path data;
  private Path file;

  @BeforeEach
  void writeLog() {
    data = folder.resolve("data");
    file = folder.resolve("backup.tar");
    fixture.grow(data, "a", 3);
  }

  /** Reads an archive as a restore does, and keeps nothing. */
  private void read(Path archive, Optional<Sensitive<char[]>> passphrase) throws IOException {
    MemberSink nowhere =
        new MemberSink() {
          @Override
          public void requireRoom(long bytes) {}

          @Override
          public void take(String name, Content content) throws IOException {
            content.copyTo(OutputStream.nullOutputStream());
          }
        };
    Unpacking.Unpacked unpacked = new Unpacking(nowhere, Progress.SILENT).run(archive, passphrase);
    String note = unpacked.note();
    if (note == null) {
      throw new PlatformException(AuditErrorCode.BACKUP_UNTRUSTED, "no signature");
    }
    BackupSignature.require(note, unpacked.sums(), fixture.signer.verifierKey());
  }

  private void assertRefused(byte[] altered, Optional<Sensitive<char[]>> passphrase, String what)
      throws IOException {
    Path archive = folder.resolve("altered.tar");
    Files.write(archive, altered);
    try {
      read(archive, passphrase);
    } catch (PlatformException e) {
      assertThat(CODES).as(what).contains(e.code());
      return;
    }
    fail(what + " was not noticed");
  }

  @Test
  void noFlippedByteGoesUnseen() throws IOException {
    fixture.back(data, file);
    byte[] whole = Files.readAllBytes(file);
    read(file, Optional.empty());

    for (int i = 0; i < whole.length; i++) {
      byte[] altered = whole.clone();
      altered[i] ^= (byte) (1 << i % 8);
      assertRefused(altered, Optional.empty(), "flipped byte " + i);
    }
  }

  @Test
  void noFlippedByteOfAnEncryptedArchiveGoesUnseen() throws IOException {
    fixture.backSealed(data, file);
    byte[] whole = Files.readAllBytes(file);
    read(file, Optional.of(BackupFixture.PASSPHRASE));

    for (int i = 0; i < whole.length; i += i < SealHeader.BYTES ? 1 : 97) {
      byte[] altered = whole.clone();
      altered[i] ^= (byte) (1 << i % 8);
      assertRefused(altered, Optional.of(BackupFixture.PASSPHRASE), "flipped byte " + i);
    }
  }

  @Test
  void noCutGoesUnseen() throws IOException {
    fixture.back(data, file);
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length += 101) {
      assertRefused(Arrays.copyOf(whole, length), Optional.empty(), "cut to " + length);
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1), Optional.empty(), "cut by one");
  }

  @Test
  void noByteBehindTheEndGoesUnseen() throws IOException {
    fixture.back(data, file);
    byte[] whole = Files.readAllBytes(file);

    assertRefused(Arrays.copyOf(whole, whole.length + 1), Optional.empty(), "one byte more");
    assertRefused(Arrays.copyOf(whole, whole.length + 512), Optional.empty(), "one block more");
  }

  @Test
  void encryptedChunksCannotBeCutOffRepeatedOrExchanged() throws IOException {
    fixture.grow(data, "b", 12_000);
    fixture.backSealed(data, file);
    byte[] whole = Files.readAllBytes(file);
    int chunk = SealHeader.CHUNK + SealHeader.TAG;
    int first = SealHeader.BYTES;
    assertThat(whole.length).isGreaterThan(first + 2 * chunk);
    Optional<Sensitive<char[]>> passphrase = Optional.of(BackupFixture.PASSPHRASE);
    read(file, passphrase);

    assertRefused(Arrays.copyOf(whole, first + chunk), passphrase, "tail cut off");
    byte[] exchanged = whole.clone();
    System.arraycopy(whole, first, exchanged, first + chunk, chunk);
    System.arraycopy(whole, first + chunk, exchanged, first, chunk);
    assertRefused(exchanged, passphrase, "chunks exchanged");
    byte[] repeated = Arrays.copyOf(whole, whole.length + chunk);
    System.arraycopy(
        whole, first + chunk, repeated, first + 2 * chunk, whole.length - first - chunk);
    assertRefused(repeated, passphrase, "chunk repeated");
  }

  @Test
  void anotherPassphraseOpensNothing() throws IOException {
    fixture.backSealed(data, file);

    assertRefused(
        Files.readAllBytes(file),
        Optional.of(Sensitive.of("correct horse batterY".toCharArray())),
        "another passphrase");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.Sensitive;

/** Writes backups, in the format of the package documentation. */
public final class Backup {

  private static final int BUFFER = 1 << 16;
  private static final int SCRYPT_LOG_N = 17;

  /** Signs the list of digests, where the key is at hand. */
  @FunctionalInterface
  public interface Signer {

    /**
     * @param sums SHA-256 of the list of digests
     * @return the note whose text {@link #text} gives, or nothing
     */
    Optional<String> sign(Hash sums);
  }

  /**
   * What was written.
   *
   * @param bytes length of the file
   * @param sums SHA-256 of the list of digests, which names the backup for good
   */
  public record Written(Path file, long bytes, Hash sums, boolean signed, boolean encrypted) {}

  private final RandomGenerator random;
  private final ArchiveDisk disk;
  private final int logN;

  /**
   * @param random salts the passphrase; must be a {@link java.security.SecureRandom}
   */
  public Backup(RandomGenerator random) {
    this(random, ArchiveDisk.REAL, SCRYPT_LOG_N);
  }

  Backup(RandomGenerator random, ArchiveDisk disk, int logN) {
    this.random = random;
    this.disk = disk;
    this.logN = logN;
  }

  /** The text of the note that signs a backup of the log of this origin. */
  public static String text(String origin, Hash sums) {
    return BackupSignature.text(origin, sums);
  }

  /** Members as a manifest lists them. */
  public static List<BackupManifest.Member> listed(List<BackupMember> members) {
    return members.stream()
        .map(member -> new BackupManifest.Member(member.name(), member.length()))
        .toList();
  }

  /**
   * Writes a backup; nothing is left of it after a failure. Fails with {@code AUD-0080} where the
   * file is there, {@code AUD-0081} where something cannot be read or written, {@code AUD-0092}
   * where the keys would be written in the open.
   *
   * @param members those of the manifest, in its order
   */
  public Written write(
      Path to,
      BackupManifest manifest,
      List<BackupMember> members,
      Optional<Sensitive<char[]>> passphrase,
      Signer signer) {
    if (manifest.keys() && passphrase.isEmpty()) {
      throw new PlatformException(AuditErrorCode.BACKUP_KEYS_OPEN, "no passphrase was given");
    }
    requireMembers(manifest, members);
    Path file = to.toAbsolutePath();
    try (UnfinishedFile unfinished = UnfinishedFile.create(file)) {
      Sealed sealed =
          archive(disk.through(unfinished.stream()), manifest, members, passphrase, signer);
      unfinished.complete();
      return new Written(
          file, Files.size(file), sealed.sums(), sealed.signed(), passphrase.isPresent());
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.BACKUP_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireMembers(BackupManifest manifest, List<BackupMember> members) {
    if (!manifest.members().equals(listed(members))) {
      throw new IllegalArgumentException("the members are not those of the manifest");
    }
    for (BackupMember member : members) {
      if (!MemberName.isAllowed(member.name())) {
        throw new PlatformException(
            AuditErrorCode.BACKUP_FAILED, "no backup can hold a file named " + member.name());
      }
    }
  }

  private record Sealed(Hash sums, boolean signed) {}

  private Sealed archive(
      OutputStream file,
      BackupManifest manifest,
      List<BackupMember> members,
      Optional<Sensitive<char[]>> passphrase,
      Signer signer)
      throws IOException {
    OutputStream buffered = new BufferedOutputStream(file, BUFFER);
    if (passphrase.isEmpty()) {
      Sealed sealed = archive(buffered, manifest, members, signer);
      buffered.flush();
      return sealed;
    }
    byte[] salt = new byte[SealHeader.SALT];
    random.nextBytes(salt);
    SealingStream sealing =
        new SealingStream(buffered, new SealHeader(logN, salt), passphrase.get());
    Sealed sealed = archive(sealing, manifest, members, signer);
    sealing.close();
    return sealed;
  }

  private static Sealed archive(
      OutputStream out, BackupManifest manifest, List<BackupMember> members, Signer signer)
      throws IOException {
    ArchiveWriter archive = new ArchiveWriter(out);
    List<BackupMember> all = new ArrayList<>();
    all.add(BackupMember.of(MemberName.MANIFEST, manifest.encode()));
    all.addAll(members);
    for (BackupMember member : all) {
      archive.add(member);
    }
    byte[] list = archive.sums();
    Hash sums = Hash.sha256(list);
    archive.addUnlisted(MemberName.SUMS, list);
    Optional<String> note = signer.sign(sums);
    if (note.isPresent()) {
      // Better no backup than one that nobody may restore.
      BackupSignature.require(note.get(), sums, VerifierKey.parse(manifest.key()));
      archive.addUnlisted(MemberName.NOTE, note.get().getBytes(StandardCharsets.UTF_8));
    }
    archive.finish();
    return new Sealed(sums, note.isPresent());
  }
}

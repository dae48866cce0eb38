// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.secrets.Sensitive;
import org.jspecify.annotations.Nullable;

/** Unpacks one archive, trusting nothing in it. Used by one thread. */
final class Unpacking {

  private static final int BUFFER = 1 << 16;
  private static final int MAX_NOTE = 1 << 16;
  private static final byte[] FIRST_NAME =
      (MemberName.MANIFEST + "\0").getBytes(StandardCharsets.US_ASCII);

  /**
   * What an archive held.
   *
   * @param note signature of the list of digests, not yet checked; null where there is none
   */
  record Unpacked(BackupManifest manifest, Hash sums, @Nullable String note, boolean encrypted) {}

  private final MemberSink sink;
  private final Progress progress;
  private final StringBuilder sums = new StringBuilder();

  Unpacking(MemberSink sink, Progress progress) {
    this.sink = sink;
    this.progress = progress;
  }

  Unpacked run(Path archive, Optional<Sensitive<char[]>> passphrase) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER)) {
      file.mark(BUFFER);
      byte[] start = file.readNBytes(SealHeader.BYTES);
      if (!SealHeader.isSealed(start)) {
        file.reset();
        return unpack(file, false);
      }
      Sensitive<char[]> secret =
          passphrase.orElseThrow(
              () -> new PlatformException(AuditErrorCode.BACKUP_SEALED, "no passphrase was given"));
      return unpack(new UnsealingStream(file, SealHeader.decode(start), secret), true);
    }
  }

  private Unpacked unpack(InputStream plain, boolean encrypted) throws IOException {
    InputStream in = new BufferedInputStream(plain, BUFFER);
    in.mark(TarHeader.BLOCK);
    if (!Arrays.equals(in.readNBytes(FIRST_NAME.length), FIRST_NAME)) {
      throw new PlatformException(AuditErrorCode.BACKUP_FORMAT, "this is no backup");
    }
    in.reset();
    ArchiveReader archive = new ArchiveReader(in);
    BackupManifest manifest = manifest(archive);
    sink.requireRoom(manifest.bytes());
    long done = 0;
    for (BackupManifest.Member member : manifest.members()) {
      progress.at(done, manifest.bytes());
      requireNext(archive, member.name(), member.bytes());
      sink.take(member.name(), out -> list(member.name(), archive.copyTo(out)));
      done += member.bytes();
    }
    progress.at(done, manifest.bytes());
    byte[] list = sums.toString().getBytes(StandardCharsets.UTF_8);
    requireNext(archive, MemberName.SUMS, list.length);
    if (!Arrays.equals(archive.content(list.length), list)) {
      throw damaged("a member is not what the list of digests says");
    }
    return new Unpacked(manifest, Hash.sha256(list), note(archive), encrypted);
  }

  private BackupManifest manifest(ArchiveReader archive) throws IOException {
    TarHeader head = archive.next();
    if (head == null || !head.name().equals(MemberName.MANIFEST)) {
      throw damaged("it does not begin with a manifest");
    }
    byte[] bytes = archive.content(BackupManifest.MAX_BYTES);
    list(MemberName.MANIFEST, Hash.sha256(bytes).hex());
    return BackupManifest.decode(bytes);
  }

  private static void requireNext(ArchiveReader archive, String name, long bytes)
      throws IOException {
    TarHeader next = archive.next();
    if (next == null || !next.name().equals(name) || next.length() != bytes) {
      throw damaged("not " + name + " but another member stands where it belongs");
    }
  }

  private static @Nullable String note(ArchiveReader archive) throws IOException {
    TarHeader next = archive.next();
    if (next == null) {
      return null;
    }
    if (!next.name().equals(MemberName.NOTE)) {
      throw damaged("a member that the manifest does not name");
    }
    String note = new String(archive.content(MAX_NOTE), StandardCharsets.UTF_8);
    if (archive.next() != null) {
      throw damaged("a member stands behind the signature");
    }
    return note;
  }

  private void list(String name, String digest) {
    sums.append(digest).append("  ").append(name).append('\n');
  }

  private static PlatformException damaged(String what) {
    return new PlatformException(AuditErrorCode.BACKUP_DAMAGED, what);
  }
}

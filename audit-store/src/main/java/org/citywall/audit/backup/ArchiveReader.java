// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of an archive that may have been made to do harm. Nothing is kept in memory but
 * small members that are asked for.
 */
final class ArchiveReader {

  private static final int BUFFER = 1 << 18;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private @Nullable TarHeader current;

  ArchiveReader(InputStream in) {
    this.in = in;
  }

  /** The next member, whose content must be read next; null at the proper end. */
  @Nullable TarHeader next() throws IOException {
    byte[] block = block();
    if (isZero(block)) {
      if (!isZero(block()) || in.read() >= 0) {
        throw damaged("something stands behind its end");
      }
      return null;
    }
    current = TarHeader.decode(block);
    return current;
  }

  /** Copies the content of the member; answers its SHA-256 in hexadecimal. */
  String copyTo(OutputStream out) throws IOException {
    MessageDigest digest = Digests.sha256();
    TarHeader member = member();
    for (long left = member.length(); left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (read < 0) {
        throw damaged("it is cut short in " + member.name());
      }
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
      left -= read;
    }
    skipPadding(member);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The content of a member that is not larger than this. */
  byte[] content(int max) throws IOException {
    TarHeader member = member();
    if (member.length() > max) {
      throw new PlatformException(
          AuditErrorCode.BACKUP_HOSTILE, member.name() + " has " + member.length() + " bytes");
    }
    byte[] content = in.readNBytes((int) member.length());
    if (content.length < member.length()) {
      throw damaged("it is cut short in " + member.name());
    }
    skipPadding(member);
    return content;
  }

  private TarHeader member() {
    TarHeader member = current;
    if (member == null) {
      throw new IllegalStateException("no member was begun");
    }
    current = null;
    return member;
  }

  private void skipPadding(TarHeader member) throws IOException {
    byte[] padding = in.readNBytes(TarHeader.padding(member.length()));
    if (padding.length < TarHeader.padding(member.length()) || !isZero(padding)) {
      throw damaged("no padding behind " + member.name());
    }
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(TarHeader.BLOCK);
    if (block.length < TarHeader.BLOCK) {
      throw damaged("it is cut short");
    }
    return block;
  }

  private static boolean isZero(byte[] bytes) {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static PlatformException damaged(String what) {
    return new PlatformException(AuditErrorCode.BACKUP_DAMAGED, what);
  }
}

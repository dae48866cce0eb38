// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes the members of an archive one after the other, and what their digests are. */
final class ArchiveWriter {

  private static final int BUFFER = 1 << 18;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private final StringBuilder sums = new StringBuilder();

  ArchiveWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a member and its line in the list of digests. */
  void add(BackupMember member) throws IOException {
    MessageDigest digest = Digests.sha256();
    begin(member.name(), member.length());
    try (InputStream in = member.content().open()) {
      for (long left = member.length(); left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
        if (read < 0) {
          throw new EOFException(member.name() + " became shorter");
        }
        out.write(buffer, 0, read);
        digest.update(buffer, 0, read);
        left -= read;
      }
    }
    end(member.length());
    sums.append(HexFormat.of().formatHex(digest.digest()));
    sums.append("  ").append(member.name()).append('\n');
  }

  /** The list of digests of what was added. */
  byte[] sums() {
    return sums.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a member that is not in the list of digests. */
  void addUnlisted(String name, byte[] content) throws IOException {
    begin(name, content.length);
    out.write(content);
    end(content.length);
  }

  void finish() throws IOException {
    out.write(new byte[2 * TarHeader.BLOCK]);
  }

  private void begin(String name, long length) throws IOException {
    try {
      out.write(new TarHeader(name, length).encode());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void end(long length) throws IOException {
    out.write(new byte[TarHeader.padding(length)]);
  }
}

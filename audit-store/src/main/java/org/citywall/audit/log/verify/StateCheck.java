// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/** Checks that the snapshot of derived state is the one that the log signed. */
final class StateCheck {

  private final byte @Nullable [] bytes;
  private final Findings findings;

  /** Reads the snapshot: do it before the checkpoints are read, which a writer stores earlier. */
  StateCheck(Path root, Findings findings) throws IOException {
    Path file = root.resolve("state");
    this.bytes = Files.exists(file) ? Files.readAllBytes(file) : null;
    this.findings = findings;
  }

  /**
   * @param signed leaves that the last checkpoint covers
   */
  void run(LogFormat format, long signed) {
    if (bytes == null) {
      return;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte[] note = new byte[Math.clamp(in.getInt(), 0, in.remaining())];
      in.get(note);
      byte[] body = new byte[in.remaining()];
      in.get(body);
      if (!isSigned(format, SignedNote.parse(new String(note, StandardCharsets.UTF_8)), body)) {
        findings.altered("state", -1, -1, "the snapshot is not what the log signed");
      } else if (ByteBuffer.wrap(body).getLong() > signed) {
        findings.missing(
            "checkpoints",
            -1,
            -1,
            "the snapshot was signed for " + ByteBuffer.wrap(body).getLong() + " entries");
      }
    } catch (BufferUnderflowException | PlatformException e) {
      findings.altered("state", -1, -1, "the snapshot cannot be read");
    }
  }

  private static boolean isSigned(LogFormat format, SignedNote note, byte[] body) {
    String origin = format.key(TreeHash.SHA_256).name();
    String end = '\n' + origin + '\n' + Hash.sha256(body).base64() + '\n';
    boolean named = false;
    for (int trees = 1; trees <= format.version(); trees++) {
      // Without the size of forced tiles in older ones, which the writer does not read any more.
      named |= note.text().equals("citywall-log-state/" + trees + end);
      named |= note.text().equals("citywall-log-state-2/" + trees + end);
    }
    return named
        && format.chain(TreeHash.SHA_256).stream()
            .anyMatch(period -> note.isSignedBy(period.key()));
  }
}

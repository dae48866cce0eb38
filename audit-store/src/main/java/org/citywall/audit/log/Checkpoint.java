// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement of the log's size and root (C2SP tlog-checkpoint).
 *
 * @param origin identity of the log, first line of the note
 * @param size number of leaves, not negative
 * @param root RFC 6962 root by the hash of the tree that it is about, 32 bytes
 * @param note the whole signed note (C2SP signed-note), text and signature lines
 */
public record Checkpoint(String origin, long size, Hash root, String note) {

  /**
   * Reads a checkpoint without trusting it; {@code AUD-0020} where the text is none. Use {@link
   * #verified} unless the signature is checked elsewhere.
   */
  public static Checkpoint parse(String note) {
    String[] lines = SignedNote.parse(note).text().split("\n", -1);
    if (lines.length < 4 || lines[0].isEmpty()) {
      throw malformed("fewer than three lines", null);
    }
    for (int i = 3; i < lines.length - 1; i++) {
      if (lines[i].isEmpty()) {
        throw malformed("empty extension line", null);
      }
    }
    try {
      long size = Long.parseLong(lines[1]);
      Hash root = Hash.of(Base64.getDecoder().decode(lines[2]));
      if (size < 0 || !Long.toString(size).equals(lines[1]) || !root.base64().equals(lines[2])) {
        throw malformed("size or root", null);
      }
      return new Checkpoint(lines[0], size, root, note);
    } catch (IllegalArgumentException e) {
      throw malformed("size or root", e);
    }
  }

  /** Reads a checkpoint of the log that this key signs for, or fails with {@code AUD-0021}. */
  public static Checkpoint verified(String note, VerifierKey key) {
    SignedNote.parse(note).requireSignedBy(key);
    Checkpoint checkpoint = parse(note);
    if (!checkpoint.origin.equals(key.name())) {
      throw new PlatformException(
          AuditErrorCode.NOTE_UNTRUSTED, "a checkpoint of another log: " + checkpoint.origin);
    }
    return checkpoint;
  }

  /**
   * When it was signed, by the signer's clock: the time in the key's own timestamped signature, in
   * seconds; empty where there is none that verifies.
   */
  public Optional<Instant> signedAt(VerifierKey key) {
    SignedNote signed = SignedNote.parse(note);
    for (SignedNote.Line line : signed.signatures()) {
      if (line.name().equals(key.name())
          && line.id() == key.timedId()
          && line.signature().length == 72) {
        long seconds = ByteBuffer.wrap(line.signature()).getLong();
        byte[] message = cosigned(signed.text(), seconds).getBytes(StandardCharsets.UTF_8);
        if (seconds >= 0
            && seconds <= Instant.MAX.getEpochSecond()
            && key.verifies(message, Arrays.copyOfRange(line.signature(), 8, 72))) {
          return Optional.of(Instant.ofEpochSecond(seconds));
        }
      }
    }
    return Optional.empty();
  }

  static String text(String origin, long size, Hash root) {
    return origin + '\n' + size + '\n' + root.base64() + '\n';
  }

  static String cosigned(String text, long seconds) {
    return "cosignature/v1\ntime " + seconds + '\n' + text;
  }

  private static PlatformException malformed(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.NOTE_MALFORMED, "checkpoint: " + what, cause);
  }
}

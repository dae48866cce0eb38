// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * A text and the signatures under it (C2SP signed-note).
 *
 * @param text the signed text, ending in a newline
 * @param signatures the signature lines, 1..64
 */
public record SignedNote(String text, List<Line> signatures) {

  private static final int MAX_LENGTH = 1 << 20;
  private static final int MAX_SIGNATURES = 64;
  private static final String DASH = "\u2014 ";

  /**
   * One signature line.
   *
   * @param name key name
   * @param id key id
   * @param signature bytes behind the key id
   */
  public record Line(String name, int id, byte[] signature) {}

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /** Reads a note; anything that is not one is refused with {@code AUD-0020}. */
  public static SignedNote parse(String note) {
    int gap = note.lastIndexOf("\n\n");
    if (note.length() > MAX_LENGTH || gap < 0 || gap + 2 >= note.length() || !note.endsWith("\n")) {
      throw malformed("no signature block", null);
    }
    if (note.chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0xFFFD)) {
      throw malformed("control characters", null);
    }
    List<Line> lines = new ArrayList<>();
    for (String line : note.substring(gap + 2, note.length() - 1).split("\n", -1)) {
      lines.add(parseLine(line));
    }
    if (lines.size() > MAX_SIGNATURES) {
      throw malformed("too many signatures", null);
    }
    return new SignedNote(note.substring(0, gap + 1), lines);
  }

  private static Line parseLine(String line) {
    String[] parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
    if (parts.length != 2) {
      throw malformed("not a signature line", null);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(parts[1]);
      if (bytes.length < 5 || !Base64.getEncoder().encodeToString(bytes).equals(parts[1])) {
        throw malformed("not a signature line", null);
      }
      byte[] signature = new byte[bytes.length - 4];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      int id = buffer.getInt();
      buffer.get(signature);
      return new Line(VerifierKey.requireName(parts[0]), id, signature);
    } catch (IllegalArgumentException e) {
      throw malformed("not a signature line", e);
    }
  }

  /** Returns quietly where the key signed the text, else fails with {@code AUD-0021}. */
  public void requireSignedBy(VerifierKey key) {
    if (!isSignedBy(key)) {
      throw untrusted("no signature by " + key);
    }
  }

  /**
   * Whether the key signed the text; a signature in its name that does not verify fails with {@code
   * AUD-0021}.
   */
  public boolean isSignedBy(VerifierKey key) {
    boolean signed = false;
    for (Line line : signatures) {
      if (line.name.equals(key.name()) && line.id == key.id()) {
        if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), line.signature)) {
          throw untrusted("signature by " + key.name() + " does not verify");
        }
        signed = true;
      }
    }
    return signed;
  }

  /** The note as it is stored and sent. */
  @Override
  public String toString() {
    return text + '\n' + signatureLines();
  }

  /** The signature lines alone, each ending in a newline. */
  public String signatureLines() {
    StringBuilder lines = new StringBuilder();
    for (Line line : signatures) {
      byte[] bytes =
          ByteBuffer.allocate(4 + line.signature.length)
              .putInt(line.id)
              .put(line.signature)
              .array();
      lines
          .append(DASH)
          .append(line.name)
          .append(' ')
          .append(Base64.getEncoder().encodeToString(bytes))
          .append('\n');
    }
    return lines.toString();
  }

  private static PlatformException malformed(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.NOTE_MALFORMED, what, cause);
  }

  private static PlatformException untrusted(String what) {
    return new PlatformException(AuditErrorCode.NOTE_UNTRUSTED, what);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * What one record of the history of checkpoints holds: the notes of one moment, so that either both
 * are durable or none is (see the package documentation).
 */
final class CheckpointFrame {

  /** Bytes before the content. */
  static final int HEADER = 8;

  /** Longest content. */
  static final int MAX_CONTENT = 1 << 16;

  private CheckpointFrame() {}

  /** The whole frame, ready to be written. */
  static ByteBuffer encode(CheckpointPair pair) {
    byte[] content = content(pair);
    ByteBuffer frame = ByteBuffer.allocate(HEADER + content.length);
    frame.putInt(0).putInt(content.length).put(content);
    return frame.putInt(0, RecordFormat.crc(frame, 4, 4 + content.length)).flip();
  }

  private static byte[] content(CheckpointPair pair) {
    byte[] sha256 = pair.sha256().note().getBytes(StandardCharsets.UTF_8);
    if (pair.sm3() == null) {
      return sha256;
    }
    byte[] sm3 = pair.sm3().note().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + 8 + sha256.length + sm3.length)
        .put((byte) 0)
        .put((byte) 2)
        .putInt(sha256.length)
        .put(sha256)
        .putInt(sm3.length)
        .put(sm3)
        .array();
  }

  /** Length of the whole frame at {@code at}, or 0 where none stands. */
  static int lengthAt(ByteBuffer in, int at) {
    if (in.limit() - at < HEADER) {
      return 0;
    }
    int length = in.getInt(at + 4);
    boolean fits = length > 0 && length <= MAX_CONTENT && length <= in.limit() - at - HEADER;
    return fits && RecordFormat.crc(in, at + 4, 4 + length) == in.getInt(at) ? HEADER + length : 0;
  }

  /** The notes of the frame at {@code at}, that of SHA-256 first: one in version 1, else two. */
  static List<String> notesAt(ByteBuffer in, int at) {
    ByteBuffer content = in.slice(at + HEADER, in.getInt(at + 4));
    if (content.get(0) != 0) {
      return List.of(text(content));
    }
    List<String> notes = new ArrayList<>(2);
    try {
      for (int left = content.position(1).get(); left > 0; left--) {
        int length = content.getInt();
        notes.add(text(content.slice(content.position(), length)));
        content.position(content.position() + length);
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw malformed(e);
    }
    if (notes.size() != 2 || content.hasRemaining()) {
      throw malformed(null);
    }
    return notes;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.LOG_CORRUPT, "a stored checkpoint is not a pair of notes", cause);
  }
}

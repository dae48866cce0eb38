// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.util.Arrays;
import org.citywall.collect.internal.intake.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a syslog stream into records (RFC 6587): octet counting, or lines. Which one is decided for
 * each record: a number, a space and the first byte of a record are octet counting. Every byte but
 * the framing itself comes out in some frame; a record beyond the limit comes out in pieces.
 */
final class SyslogFraming {

  private static final int MAX_DIGITS = 9;

  private enum State {
    START,
    LINE,
    COUNTED
  }

  private final int maxRecord;
  private final FrameBuffer buffer;
  private State state = State.START;
  private int remaining;
  private int searched;
  private int pieces;

  /**
   * @param buffer what was read from the stream
   */
  SyslogFraming(FrameBuffer buffer, int maxRecord) {
    this.buffer = buffer;
    this.maxRecord = maxRecord;
  }

  /** Whether a record has begun and not ended. */
  boolean insideRecord() {
    return state != State.START || buffer.size() > 0;
  }

  /** The next frame, or null when more bytes are needed for it. */
  @Nullable Frame next() {
    if (state == State.START && !decide()) {
      return null;
    }
    return state == State.COUNTED ? counted() : line();
  }

  /**
   * What is left at the end of the stream.
   *
   * @param clean whether the peer ended it in order: a last line then needs no line feed
   */
  @Nullable Frame finish(boolean clean) {
    boolean lineEnds = clean && state != State.COUNTED && pieces == 0;
    byte[] rest = withoutReturn(buffer.take(buffer.size()));
    if (rest.length == 0) {
      return null;
    }
    return lineEnds ? Frame.whole(rest) : Frame.incomplete(rest);
  }

  /** Finds out how the next record is framed; false when more bytes are needed to know. */
  private boolean decide() {
    while (buffer.size() > 0 && buffer.at(0) == '\n') {
      buffer.skip(1);
    }
    int size = buffer.size();
    if (size == 0) {
      return false;
    }
    state = State.LINE;
    searched = 0;
    if (buffer.at(0) < '1' || buffer.at(0) > '9') {
      return true;
    }
    int digits = 0;
    int count = 0;
    while (digits < size && digits < MAX_DIGITS && isDigit(buffer.at(digits))) {
      count = count * 10 + buffer.at(digits++) - '0';
    }
    if (digits == size || buffer.at(digits) == ' ' && digits + 1 == size) {
      state = State.START;
      return false;
    }
    if (buffer.at(digits) == ' ' && startsRecord(buffer.at(digits + 1))) {
      buffer.skip(digits + 1);
      remaining = count;
      state = State.COUNTED;
    }
    return true;
  }

  private @Nullable Frame counted() {
    if (remaining <= maxRecord && buffer.size() >= remaining) {
      byte[] bytes = buffer.take(remaining);
      Frame frame = pieces == 0 ? Frame.whole(bytes) : Frame.piece(bytes, pieces + 1);
      start();
      return frame;
    }
    if (remaining > maxRecord && buffer.size() >= maxRecord) {
      remaining -= maxRecord;
      return Frame.piece(buffer.take(maxRecord), ++pieces);
    }
    return null;
  }

  private @Nullable Frame line() {
    int end = buffer.find((byte) '\n', searched);
    int length = end < 0 ? buffer.size() : end;
    if (length > maxRecord) {
      searched = 0;
      return Frame.piece(buffer.take(maxRecord), ++pieces);
    }
    if (end < 0) {
      searched = length;
      return null;
    }
    byte[] bytes = withoutReturn(buffer.take(end));
    buffer.skip(1);
    Frame frame = pieces == 0 ? Frame.whole(bytes) : Frame.piece(bytes, pieces + 1);
    start();
    return bytes.length == 0 ? next() : frame;
  }

  private void start() {
    state = State.START;
    pieces = 0;
  }

  private static byte[] withoutReturn(byte[] line) {
    int length = line.length;
    return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
  }

  private static boolean startsRecord(byte b) {
    return b == '<' || b == '{';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

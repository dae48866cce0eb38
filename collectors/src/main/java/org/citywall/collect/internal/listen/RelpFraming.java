// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a RELP stream into frames: {@code TXNR SP COMMAND SP DATALEN [SP DATA] LF}. A stream that
 * breaks this cannot be followed any further and is refused with {@code COL-0024}.
 */
final class RelpFraming {

  private static final int MAX_DIGITS = 9;
  private static final int MAX_COMMAND = 32;
  private static final int MAX_HEADER = MAX_DIGITS + 1 + MAX_COMMAND + 1 + MAX_DIGITS + 1;

  /** One frame as sent by the peer. */
  record RelpFrame(String transaction, String command, byte[] data) {}

  private final int maxData;
  private final FrameBuffer buffer;
  private @Nullable String transaction;
  private @Nullable String command;
  private int dataLength;

  /**
   * @param buffer what was read from the stream
   */
  RelpFraming(FrameBuffer buffer, int maxData) {
    this.buffer = buffer;
    this.maxData = maxData;
  }

  /** What was read and is no frame, as much of it as is kept. */
  byte[] rest(int most) {
    return buffer.take(Math.min(buffer.size(), most));
  }

  boolean insideFrame() {
    return transaction != null || buffer.size() > 0;
  }

  /** The next frame, or null when more bytes are needed for it. */
  @Nullable RelpFrame next() {
    if (transaction == null && !header()) {
      return null;
    }
    if (buffer.size() < dataLength + 1) {
      return null;
    }
    if (buffer.at(dataLength) != '\n') {
      throw malformed("no line feed behind the data");
    }
    byte[] data = buffer.take(dataLength);
    buffer.skip(1);
    RelpFrame frame = new RelpFrame(nonNull(transaction), nonNull(command), data);
    transaction = null;
    command = null;
    return frame;
  }

  private boolean header() {
    int first = buffer.find((byte) ' ', 0);
    int second = first < 0 ? -1 : buffer.find((byte) ' ', first + 1);
    int end = second < 0 ? -1 : endOfLength(second + 1);
    if (end < 0) {
      if (buffer.size() > MAX_HEADER) {
        throw malformed("header is too long");
      }
      return false;
    }
    String number = buffer.text(0, first);
    String name = buffer.text(first + 1, second);
    int length = digits(buffer.text(second + 1, end));
    if (digits(number) < 0 || length < 0 || name.isEmpty() || name.length() > MAX_COMMAND) {
      throw malformed("header is not TXNR SP COMMAND SP DATALEN");
    }
    if (length > maxData) {
      throw malformed("frame of " + length + " bytes is beyond the limit of " + maxData);
    }
    buffer.skip(buffer.at(end) == ' ' ? end + 1 : end);
    dataLength = length;
    transaction = number;
    command = name;
    return true;
  }

  private int endOfLength(int from) {
    for (int i = from; i < buffer.size(); i++) {
      if (buffer.at(i) == ' ' || buffer.at(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int digits(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  private static String nonNull(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static PlatformException malformed(String what) {
    return new PlatformException(CollectErrorCode.RELP_MALFORMED, what);
  }
}

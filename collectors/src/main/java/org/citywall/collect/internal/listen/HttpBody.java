// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/** The body of a request: of a length that is told, or in chunks (RFC 9112 section 7.1). */
final class HttpBody extends InputStream {

  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final int MAX_LINE = 1024;
  private static final int MAX_TRAILERS = 16;
  private static final int MAX_DIGITS = 9;

  private final Connection connection;
  private final FrameBuffer buffer;
  private final boolean chunked;
  private final long most;
  private boolean expected;
  private boolean first = true;
  private boolean ended;
  private long remaining;
  private long read;

  /**
   * @param most bytes beyond which the body is refused with {@code COL-0021}
   */
  HttpBody(HttpHead head, Connection connection, long most) {
    this.connection = connection;
    this.buffer = connection.buffer();
    this.most = most;
    this.chunked = isChunked(head.fields().get(HttpHead.TRANSFER_ENCODING));
    this.remaining = chunked ? 0 : length(head.fields().getOrDefault(HttpHead.CONTENT_LENGTH, "0"));
    this.expected = "100-continue".equalsIgnoreCase(head.fields().get(HttpHead.EXPECT));
    this.ended = !chunked && remaining == 0;
  }

  private static boolean isChunked(@Nullable String coding) {
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      throw HttpHead.malformed("Transfer-Encoding is chunked or absent");
    }
    return coding != null;
  }

  private static long length(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw HttpHead.malformed("Content-Length is not a number");
    }
    return Long.parseLong(digits);
  }

  /** Whether nothing of it is left, so that the next request may follow. */
  boolean isRead() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended || remaining == 0 && !nextChunk()) {
      return -1;
    }
    if (read + remaining > most) {
      throw new PlatformException(
          CollectErrorCode.BODY_TOO_LARGE, "the limit is " + most + " bytes");
    }
    if (buffer.size() == 0) {
      fill();
    }
    int count = buffer.moveTo(into, offset, (int) Math.min(length, remaining));
    remaining -= count;
    read += count;
    if (remaining == 0) {
      ended = !chunked;
      if (chunked && !line().isEmpty()) {
        throw HttpHead.malformed("a chunk is longer than it says");
      }
    }
    return count;
  }

  /** Whether more may come: a gzip stream asks before it looks for a further member. */
  @Override
  public int available() {
    return ended ? 0 : 1;
  }

  private boolean nextChunk() throws IOException {
    String line = line();
    int extension = line.indexOf(';');
    String digits = (extension < 0 ? line : line.substring(0, extension)).strip();
    if (!digits.matches("[0-9A-Fa-f]{1," + MAX_DIGITS + "}")) {
      throw HttpHead.malformed("the length of a chunk is not a number");
    }
    remaining = Long.parseLong(digits, 16);
    if (remaining == 0) {
      int trailers = 0;
      while (!line().isEmpty()) {
        if (++trailers > MAX_TRAILERS) {
          throw HttpHead.malformed("too many trailers");
        }
      }
      ended = true;
    }
    return !ended;
  }

  private String line() throws IOException {
    int end = buffer.find((byte) '\n', 0);
    while (end < 0) {
      if (buffer.size() > MAX_LINE) {
        throw HttpHead.malformed("a line between chunks is too long");
      }
      fill();
      end = buffer.find((byte) '\n', 0);
    }
    if (end == 0 || buffer.at(end - 1) != '\r') {
      throw HttpHead.malformed("a line between chunks does not end in CR LF");
    }
    String line = buffer.text(0, end - 1);
    buffer.skip(end + 1);
    return line;
  }

  private void fill() throws IOException {
    if (expected && first) {
      connection.out().write(CONTINUE);
    }
    first = false;
    try {
      if (!connection.read(true)) {
        throw new EOFException("the connection ended inside a body");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped inside a body");
    }
  }
}

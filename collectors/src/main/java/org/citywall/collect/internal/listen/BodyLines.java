// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.CollectorConfig.RequestLimits;
import org.citywall.collect.internal.intake.Frame;

/**
 * The records of a request body, one per line.
 *
 * @param numbers line of each frame, from 1; a line beyond the record limit has several frames
 */
record BodyLines(List<Frame> frames, List<Integer> numbers) {

  /** Reads a body, in memory that is taken from this share of the budget. */
  static BodyLines read(
      HttpBody body, boolean gzip, RequestLimits limits, int maxRecord, Share memory)
      throws IOException {
    byte[] bytes = gzip ? unpacked(body, limits, memory) : bounded(body, limits, memory);
    return split(bytes, limits, maxRecord);
  }

  /** What a request has taken of the budget. */
  static final class Share implements AutoCloseable {

    private final BufferBudget budget;
    private int taken;

    Share(BufferBudget budget) {
      this.budget = budget;
    }

    /** Takes more; where there is none, the request is refused and may come again. */
    void take(int bytes) {
      if (!budget.tryTake(bytes)) {
        throw new PlatformException(
            CollectErrorCode.BUFFERS_EXHAUSTED,
            "no memory for a body of this length at the moment");
      }
      taken += bytes;
    }

    @Override
    public void close() {
      budget.giveBack(taken);
    }
  }

  private static byte[] unpacked(HttpBody body, RequestLimits limits, Share memory)
      throws IOException {
    try (InputStream plain = new GZIPInputStream(body)) {
      return bounded(plain, limits, memory);
    } catch (ZipException e) {
      throw notGzip(e);
    } catch (EOFException e) {
      if (body.isRead()) {
        throw notGzip(e);
      }
      throw e;
    }
  }

  private static PlatformException notGzip(IOException cause) {
    return new PlatformException(
        CollectErrorCode.REQUEST_MALFORMED, "the body is not gzip as its header says", cause);
  }

  private static byte[] bounded(InputStream in, RequestLimits limits, Share memory)
      throws IOException {
    byte[] bytes = new byte[8 * 1024];
    int length = 0;
    for (int n = in.read(bytes, 0, bytes.length); n >= 0; ) {
      length += n;
      if (length > limits.bodyBytes()) {
        throw new PlatformException(
            CollectErrorCode.BODY_TOO_LARGE, "the limit is " + limits.bodyBytes() + " bytes");
      }
      if (length == bytes.length) {
        memory.take(length);
        bytes = Arrays.copyOf(bytes, length * 2);
      }
      n = in.read(bytes, length, bytes.length - length);
    }
    return Arrays.copyOf(bytes, length);
  }

  private static BodyLines split(byte[] bytes, RequestLimits limits, int maxRecord) {
    List<Frame> frames = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      number++;
      int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      addLine(Arrays.copyOfRange(bytes, start, last), maxRecord, frames);
      while (numbers.size() < frames.size()) {
        numbers.add(number);
      }
      if (frames.size() > limits.lines()) {
        throw new PlatformException(
            CollectErrorCode.BODY_TOO_LARGE, "the limit is " + limits.lines() + " lines");
      }
      start = end + 1;
    }
    return new BodyLines(frames, numbers);
  }

  private static void addLine(byte[] line, int maxRecord, List<Frame> frames) {
    if (line.length > maxRecord) {
      for (int start = 0, piece = 1; start < line.length; start += maxRecord, piece++) {
        int end = Math.min(start + maxRecord, line.length);
        frames.add(Frame.piece(Arrays.copyOfRange(line, start, end), piece));
      }
    } else if (!isBlank(line)) {
      frames.add(Frame.whole(line));
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}

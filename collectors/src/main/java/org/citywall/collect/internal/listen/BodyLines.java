// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import org.citywall.collect.internal.intake.Frame;

/**
 * The records of a request body, one per line.
 *
 * @param numbers line of each frame, from 1; a line beyond the record limit has several frames
 */
record BodyLines(List<Frame> frames, List<Integer> numbers) {

  static BodyLines read(InputStream body, boolean gzip, HttpLimits limits) throws IOException {
    byte[] bytes = bounded(body, limits);
    if (gzip) {
      try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes = bounded(plain, limits);
      } catch (ZipException | EOFException e) {
        throw new PlatformException(
            CollectErrorCode.REQUEST_MALFORMED, "the body is not gzip as its header says", e);
      }
    }
    return split(bytes, limits);
  }

  private static byte[] bounded(InputStream in, HttpLimits limits) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[16 * 1024];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      if (out.size() + n > limits.bodyBytes()) {
        throw new PlatformException(
            CollectErrorCode.BODY_TOO_LARGE, "the limit is " + limits.bodyBytes() + " bytes");
      }
      out.write(chunk, 0, n);
    }
    return out.toByteArray();
  }

  private static BodyLines split(byte[] bytes, HttpLimits limits) {
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
      addLine(Arrays.copyOfRange(bytes, start, last), limits.recordBytes(), frames);
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

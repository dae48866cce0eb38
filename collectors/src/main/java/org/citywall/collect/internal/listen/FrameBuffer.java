// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes of a stream that were read and not yet used. For one thread. */
final class FrameBuffer {

  private static final int READ_SIZE = 32 * 1024;

  private byte[] bytes = new byte[READ_SIZE];
  private int start;
  private int end;

  /** Reads what is there, waiting for at least one byte; false at the end of the stream. */
  boolean fill(InputStream in) throws IOException {
    if (start == end) {
      start = 0;
      end = 0;
    } else if (bytes.length - end < READ_SIZE / 2 && start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      end -= start;
      start = 0;
    }
    if (bytes.length - end < READ_SIZE / 2) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int n = in.read(bytes, end, bytes.length - end);
    end += Math.max(n, 0);
    return n >= 0;
  }

  int size() {
    return end - start;
  }

  /** The byte at this distance from the first one. */
  byte at(int i) {
    return bytes[start + i];
  }

  /** Distance of the first byte like this from here on, or -1. */
  int find(byte wanted, int from) {
    for (int i = start + from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i - start;
      }
    }
    return -1;
  }

  /** The bytes between these distances from the first one, each as one character. */
  String text(int from, int to) {
    return new String(bytes, start + from, to - from, ISO_8859_1);
  }

  void skip(int count) {
    start += count;
  }

  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    start += count;
    return taken;
  }
}

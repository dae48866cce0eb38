// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;

/**
 * Bytes of a stream that were read and not yet used. It begins small and grows as the budget
 * allows: a little for a peer that sends much, and as far as a long record needs. For one thread.
 */
final class FrameBuffer implements AutoCloseable {

  /** Belongs to each connection, whatever the budget. */
  private static final int INITIAL = 4 * 1024;

  private static final int READ_SIZE = 32 * 1024;

  private final BufferBudget budget;
  private final Duration patience;
  private byte[] bytes = new byte[INITIAL];
  private int start;
  private int end;
  private boolean wasFilled;

  /**
   * @param patience how long to wait for memory that a record needs
   */
  FrameBuffer(BufferBudget budget, Duration patience) {
    this.budget = budget;
    this.patience = patience;
  }

  /**
   * Reads what is there, waiting for at least one byte; false at the end of the stream. Where a
   * record needs memory that others hold for too long, it fails with {@code COL-0036}.
   */
  boolean fill(InputStream in) throws IOException, InterruptedException {
    makeRoom();
    int room = bytes.length - end;
    int n = in.read(bytes, end, room);
    wasFilled = n == room;
    end += Math.max(n, 0);
    return n >= 0;
  }

  private void makeRoom() throws InterruptedException {
    if (start == end) {
      start = 0;
      end = 0;
      if (bytes.length > READ_SIZE) {
        resize(READ_SIZE);
      }
    } else if (start > 0 && bytes.length - end < bytes.length / 2) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      end -= start;
      start = 0;
    }
    int more = bytes.length;
    if (end == bytes.length) {
      if (!budget.take(more, patience)) {
        throw new PlatformException(
            CollectErrorCode.BUFFERS_EXHAUSTED, "no memory for a record of this length");
      }
      resize(bytes.length + more);
    } else if (wasFilled && bytes.length < READ_SIZE && budget.tryTake(more)) {
      resize(bytes.length + more);
    }
  }

  private void resize(int length) {
    if (length < bytes.length) {
      budget.giveBack(bytes.length - length);
    }
    bytes = Arrays.copyOf(bytes, length);
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

  /** Moves as many bytes as there are, at most this many, into an array. */
  int moveTo(byte[] into, int offset, int most) {
    int count = Math.min(most, size());
    System.arraycopy(bytes, start, into, offset, count);
    start += count;
    return count;
  }

  /** Gives its memory back; it must not be used any more. */
  @Override
  public void close() {
    budget.giveBack(bytes.length - INITIAL);
  }
}

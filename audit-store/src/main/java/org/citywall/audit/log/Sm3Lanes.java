// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * SM3 of up to 64 messages side by side. A round of SM3 waits for the one before, but rounds of
 * different messages do not: the loops over messages here are such that the compiler turns them
 * into vector instructions where the machine has them. Used by one thread.
 *
 * <p>Everything is in one array, a row of 64 numbers for each step: A and E of every round (B, C, D
 * and F, G, H are earlier ones of them) and the words W. Rows stand at constant distances from the
 * row of the round, which is what the compiler needs to see that they do not overlap.
 */
public final class Sm3Lanes {

  /** Messages that are hashed side by side. */
  public static final int LANES = 64;

  /** From how many messages on this is quicker than {@link Sm3} one after the other. */
  static final int WORTHWHILE = 24;

  private static final int BLOCK = 64;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int ROW = LANES;
  private static final int A = 0;
  private static final int E = 68 * ROW;
  private static final int W = 136 * ROW;
  private static final int ROWS = 204;

  private static final int[] INITIAL = {
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E
  };

  private final int[] m = new int[ROWS * ROW];
  private final int[] state = new int[8 * ROW];
  private final byte[] edge = new byte[BLOCK];
  private final byte[][] messages = new byte[LANES][];
  private final int[] starts = new int[LANES];
  private final int[] lengths = new int[LANES];
  private final int[] prefixes = new int[LANES];
  private int count;

  /** Whether no further message has room before {@link #digest}. */
  public boolean isFull() {
    return count == LANES;
  }

  /** Number of messages that wait. */
  public int count() {
    return count;
  }

  /** Adds a message, whose bytes must not change before {@link #digest}. */
  public void add(byte[] message, int at, int length) {
    add(message, at, length, -1);
  }

  /** Adds a message with one byte before it. */
  public void add(byte prefix, byte[] message, int at, int length) {
    add(message, at, length, prefix & 0xFF);
  }

  private void add(byte[] message, int at, int length, int prefix) {
    messages[count] = message;
    starts[count] = at;
    lengths[count] = length;
    prefixes[count] = prefix;
    count++;
  }

  /**
   * Writes the hashes of the messages in the order in which they were added, each {@code stride}
   * bytes behind the one before, and forgets the messages.
   */
  public void digest(byte[] to, int at, int stride) {
    int most = 0;
    for (int lane = 0; lane < count; lane++) {
      most = Math.max(most, blocks(lane));
    }
    for (int i = 0; i < 8; i++) {
      Arrays.fill(state, i * ROW, (i + 1) * ROW, INITIAL[i]);
    }
    for (int block = 0; block < most; block++) {
      for (int lane = 0; lane < count; lane++) {
        if (block < blocks(lane)) {
          load(lane, block);
        }
      }
      compress();
      for (int lane = 0; lane < count; lane++) {
        if (block + 1 == blocks(lane)) {
          for (int i = 0; i < 8; i++) {
            INTS.set(to, at + lane * stride + 4 * i, state[i * ROW + lane]);
          }
        }
      }
    }
    count = 0;
  }

  private int blocks(int lane) {
    int bytes = lengths[lane] + (prefixes[lane] < 0 ? 0 : 1);
    return (bytes + 8) / BLOCK + 1;
  }

  /** Spreads the words of a block of a message over the rows. */
  private void load(int lane, int block) {
    int prefix = prefixes[lane] < 0 ? 0 : 1;
    int from = block * BLOCK - prefix;
    int end = lengths[lane];
    byte[] source = messages[lane];
    int at = starts[lane] + from;
    if (from < 0 || from + BLOCK > end) {
      padded(lane, from, end);
      source = edge;
      at = 0;
    }
    int to = W + lane;
    for (int j = 0; j < 16; j++) {
      m[to] = (int) INTS.get(source, at);
      to += ROW;
      at += 4;
    }
  }

  /** Puts together a block that is not wholly of the message's own bytes. */
  private void padded(int lane, int from, int end) {
    Arrays.fill(edge, (byte) 0);
    int first = Math.max(from, 0);
    int last = Math.min(from + BLOCK, end);
    if (from < 0) {
      edge[0] = (byte) prefixes[lane];
    }
    if (first < last) {
      System.arraycopy(messages[lane], starts[lane] + first, edge, first - from, last - first);
    }
    if (from <= end && end < from + BLOCK) {
      edge[end - from] = (byte) 0x80;
    }
    if (end + 9 <= from + BLOCK) {
      int prefix = prefixes[lane] < 0 ? 0 : 1;
      LONGS.set(edge, BLOCK - 8, 8L * (end + prefix));
    }
  }

  private void compress() {
    int[] rows = m;
    // A(3), A(2), A(1), A(0) are A, B, C, D before the first round; C and D are turned back,
    // because
    // rounds turn them.
    for (int i = 0; i < ROW; i++) {
      rows[A + 3 * ROW + i] = state[i];
      rows[A + 2 * ROW + i] = state[ROW + i];
      rows[A + ROW + i] = Integer.rotateRight(state[2 * ROW + i], 9);
      rows[A + i] = Integer.rotateRight(state[3 * ROW + i], 9);
      rows[E + 3 * ROW + i] = state[4 * ROW + i];
      rows[E + 2 * ROW + i] = state[5 * ROW + i];
      rows[E + ROW + i] = Integer.rotateRight(state[6 * ROW + i], 19);
      rows[E + i] = Integer.rotateRight(state[7 * ROW + i], 19);
    }
    for (int j = 0; j < 52; j++) {
      expand(rows, j * ROW);
    }
    for (int j = 0; j < 16; j++) {
      first(rows, j * ROW, Integer.rotateLeft(0x79CC4519, j));
    }
    for (int j = 16; j < 64; j++) {
      later(rows, j * ROW, Integer.rotateLeft(0x7A879D8A, j));
    }
    int end = 64 * ROW;
    for (int i = 0; i < ROW; i++) {
      state[i] ^= rows[end + A + 3 * ROW + i];
      state[ROW + i] ^= rows[end + A + 2 * ROW + i];
      state[2 * ROW + i] ^= Integer.rotateLeft(rows[end + A + ROW + i], 9);
      state[3 * ROW + i] ^= Integer.rotateLeft(rows[end + A + i], 9);
      state[4 * ROW + i] ^= rows[end + E + 3 * ROW + i];
      state[5 * ROW + i] ^= rows[end + E + 2 * ROW + i];
      state[6 * ROW + i] ^= Integer.rotateLeft(rows[end + E + ROW + i], 19);
      state[7 * ROW + i] ^= Integer.rotateLeft(rows[end + E + i], 19);
    }
  }

  private static void expand(int[] m, int p) {
    for (int i = 0; i < ROW; i++) {
      int x =
          m[p + i + W]
              ^ m[p + i + (W + 7 * ROW)]
              ^ Integer.rotateLeft(m[p + i + (W + 13 * ROW)], 15);
      m[p + i + (W + 16 * ROW)] =
          x
              ^ Integer.rotateLeft(x, 15)
              ^ Integer.rotateLeft(x, 23)
              ^ Integer.rotateLeft(m[p + i + (W + 3 * ROW)], 7)
              ^ m[p + i + (W + 10 * ROW)];
    }
  }

  private static void first(int[] m, int p, int t) {
    for (int i = 0; i < ROW; i++) {
      int a = m[p + i + (A + 3 * ROW)];
      int b = m[p + i + (A + 2 * ROW)];
      int c = Integer.rotateLeft(m[p + i + (A + ROW)], 9);
      int d = Integer.rotateLeft(m[p + i + A], 9);
      int e = m[p + i + (E + 3 * ROW)];
      int f = m[p + i + (E + 2 * ROW)];
      int g = Integer.rotateLeft(m[p + i + (E + ROW)], 19);
      int h = Integer.rotateLeft(m[p + i + E], 19);
      int r = Integer.rotateLeft(a, 12);
      int s = Integer.rotateLeft(r + e + t, 7);
      int w = m[p + i + W];
      m[p + i + (A + 4 * ROW)] = (a ^ b ^ c) + d + (s ^ r) + (w ^ m[p + i + (W + 4 * ROW)]);
      int x = (e ^ f ^ g) + h + s + w;
      m[p + i + (E + 4 * ROW)] = x ^ Integer.rotateLeft(x, 9) ^ Integer.rotateLeft(x, 17);
    }
  }

  private static void later(int[] m, int p, int t) {
    for (int i = 0; i < ROW; i++) {
      int a = m[p + i + (A + 3 * ROW)];
      int b = m[p + i + (A + 2 * ROW)];
      int c = Integer.rotateLeft(m[p + i + (A + ROW)], 9);
      int d = Integer.rotateLeft(m[p + i + A], 9);
      int e = m[p + i + (E + 3 * ROW)];
      int f = m[p + i + (E + 2 * ROW)];
      int g = Integer.rotateLeft(m[p + i + (E + ROW)], 19);
      int h = Integer.rotateLeft(m[p + i + E], 19);
      int r = Integer.rotateLeft(a, 12);
      int s = Integer.rotateLeft(r + e + t, 7);
      int w = m[p + i + W];
      m[p + i + (A + 4 * ROW)] =
          ((a | b) & c | a & b) + d + (s ^ r) + (w ^ m[p + i + (W + 4 * ROW)]);
      int x = ((f ^ g) & e ^ g) + h + s + w;
      m[p + i + (E + 4 * ROW)] = x ^ Integer.rotateLeft(x, 9) ^ Integer.rotateLeft(x, 17);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

/**
 * Measures how deep BER or DER bytes nest before a parser that descends by recursion sees them. It
 * counts open constructed values and does not judge anything else.
 */
final class DerDepth {

  private static final int CONSTRUCTED = 0x20;

  private DerDepth() {}

  /** Whether no value lies inside more than so many others; false also for what is cut short. */
  static boolean isAtMost(byte[] bytes, int depth) {
    // Each open value ends where its length says, or, without one, at the end of its parent.
    int[] ends = new int[depth + 1];
    int open = 0;
    ends[0] = bytes.length;
    int at = 0;
    while (at < bytes.length) {
      while (open > 0 && at >= ends[open]) {
        open--;
      }
      int tag = bytes[at] & 0xFF;
      int header = headerLength(bytes, at);
      if (header < 0) {
        return false;
      }
      long length = length(bytes, at + header);
      int content = at + header + lengthBytes(bytes, at + header);
      boolean constructed = (tag & CONSTRUCTED) != 0;
      if (length < 0 && !constructed || content + Math.max(length, 0) > ends[open]) {
        return false;
      }
      if (!constructed) {
        at = content + (int) length;
      } else if (open == depth) {
        return false;
      } else {
        ends[open + 1] = length < 0 ? ends[open] : content + (int) length;
        open++;
        at = content;
      }
    }
    return true;
  }

  /** Bytes of the tag, or -1 where it or the length behind it is cut short. */
  private static int headerLength(byte[] bytes, int at) {
    int end = at + 1;
    if ((bytes[at] & 0x1F) == 0x1F) {
      while (end < bytes.length && (bytes[end] & 0x80) != 0) {
        end++;
      }
      end++;
    }
    return end < bytes.length && end + lengthBytes(bytes, end) <= bytes.length ? end - at : -1;
  }

  private static int lengthBytes(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    return first <= 0x80 ? 1 : 1 + (first & 0x7F);
  }

  /** The length, -1 for the indefinite one; what does not fit an int is longer than any input. */
  private static long length(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first == 0x80) {
      return -1;
    }
    if (first < 0x80) {
      return first;
    }
    long length = 0;
    for (int i = 1; i <= (first & 0x7F); i++) {
      length = Math.min(Integer.MAX_VALUE, length << 8 | bytes[at + i] & 0xFF);
    }
    return length;
  }
}

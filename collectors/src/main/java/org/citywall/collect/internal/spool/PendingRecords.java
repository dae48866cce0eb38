// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Records in their stored form that wait for the next write. Confined to the spool's lock. */
final class PendingRecords {

  private byte[] bytes = new byte[64 * 1024];
  private int length;
  private int count;

  void add(long index, byte[] payload) {
    int needed = Segment.RECORD_HEADER + payload.length;
    if (bytes.length - length < needed) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + needed));
    }
    int crc = Segment.checksum(index, payload, 0, payload.length);
    ByteBuffer.wrap(bytes, length, needed).putInt(payload.length).putInt(crc).put(payload);
    length += needed;
    count++;
  }

  int length() {
    return length;
  }

  int count() {
    return count;
  }

  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  void clear() {
    length = 0;
    count = 0;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;

/** Reads the records of one segment after another. Confined to the one consumer's thread. */
final class SpoolReader {

  private static final int CHUNK = 1 << 20;

  private long index;
  private long offset = Segment.HEADER;
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

  SpoolReader(long index) {
    this.index = index;
  }

  long index() {
    return index;
  }

  /** Goes to the start of this segment, then over the records before {@code to}. */
  void seek(Segment segment, long to) throws IOException {
    index = segment.firstIndex;
    offset = Segment.HEADER;
    while (index < to) {
      read(segment, (int) Math.min(1024, to - index));
    }
  }

  /** The segment is done; the next one begins with the next index. */
  void nextSegment() {
    offset = Segment.HEADER;
  }

  /** Up to {@code max} records, at least one where the segment has one more. */
  List<Spooled> read(Segment segment, int max) throws IOException {
    fill(segment, CHUNK);
    if (buffer.remaining() >= Segment.RECORD_HEADER) {
      int first = Segment.RECORD_HEADER + lengthAt(buffer.position());
      if (buffer.remaining() < first) {
        fill(segment, first);
      }
    }
    List<Spooled> records = new ArrayList<>();
    while (records.size() < max && buffer.remaining() >= Segment.RECORD_HEADER) {
      int length = lengthAt(buffer.position());
      if (buffer.remaining() < Segment.RECORD_HEADER + length) {
        break;
      }
      records.add(next(length));
    }
    return records;
  }

  private Spooled next(int length) {
    int crc = buffer.getInt(buffer.position() + 4);
    byte[] payload = new byte[length];
    buffer.position(buffer.position() + Segment.RECORD_HEADER).get(payload);
    if (crc != Segment.checksum(index, payload, 0, length)) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "checksum of record " + index + " does not match");
    }
    offset += Segment.RECORD_HEADER + length;
    return new Spooled(index++, payload);
  }

  private void fill(Segment segment, int bytes) throws IOException {
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes);
    }
    segment.read(buffer.clear(), offset);
    buffer.flip();
  }

  private int lengthAt(int position) {
    int length = buffer.getInt(position);
    if (length < 1 || length > Segment.MAX_PAYLOAD) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "length of record " + index + " is " + length);
    }
    return length;
  }
}

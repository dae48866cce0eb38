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

  /** Of the first byte that the buffer holds and has not given away. */
  private long offset = Segment.HEADER;

  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);

  SpoolReader(long index) {
    this.index = index;
  }

  long index() {
    return index;
  }

  /** Goes to the start of this segment, then over the records before {@code to}. */
  void seek(Segment segment, long to) throws IOException {
    index = segment.firstIndex;
    nextSegment();
    while (index < to) {
      read(segment, (int) Math.min(1024, to - index));
    }
  }

  /** The segment is done; the next one begins with the next index. */
  void nextSegment() {
    offset = Segment.HEADER;
    buffer.limit(0);
  }

  /** Up to {@code max} records, at least one where the segment has one more. */
  List<Spooled> read(Segment segment, int max) throws IOException {
    List<Spooled> records = new ArrayList<>();
    while (records.size() < max && (hasRecord() || fill(segment))) {
      records.add(next(lengthAt(buffer.position())));
    }
    return records;
  }

  private boolean hasRecord() {
    return buffer.remaining() >= Segment.RECORD_HEADER
        && buffer.remaining() - Segment.RECORD_HEADER >= lengthAt(buffer.position());
  }

  /** Reads on until the buffer has a record; false where the segment has no more. */
  private boolean fill(Segment segment) throws IOException {
    if (offset >= segment.durableBytes()) {
      return false;
    }
    readOn(segment, CHUNK);
    if (!hasRecord()) {
      readOn(segment, Segment.RECORD_HEADER + lengthAt(buffer.position()));
    }
    if (!hasRecord()) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "record " + index + " is longer than its segment");
    }
    return true;
  }

  private void readOn(Segment segment, int capacity) throws IOException {
    ByteBuffer target =
        buffer.capacity() < capacity ? ByteBuffer.allocate(capacity).put(buffer) : buffer.compact();
    segment.read(target, offset + target.position());
    buffer = target.flip();
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

  private int lengthAt(int position) {
    int length = buffer.getInt(position);
    if (length < 1 || length > Segment.MAX_PAYLOAD) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "length of record " + index + " is " + length);
    }
    return length;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** One file of the spool. Confined to the spool's lock, but for writes, which one thread does. */
final class Segment {

  static final String SUFFIX = ".spool";
  static final int HEADER = 8;
  static final int RECORD_HEADER = 8;
  static final int MAX_PAYLOAD = 1 << 28;

  private static final byte[] MAGIC = "CWSPOOL1".getBytes(US_ASCII);

  final Path path;
  final long firstIndex;
  private final FileChannel channel;
  private volatile long durableBytes;
  private volatile long endIndex;

  private Segment(
      Path path, long firstIndex, FileChannel channel, long durableBytes, long endIndex) {
    this.path = path;
    this.firstIndex = firstIndex;
    this.channel = channel;
    this.durableBytes = durableBytes;
    this.endIndex = endIndex;
  }

  static Segment create(Path folder, long firstIndex) throws IOException {
    Path path = folder.resolve(HexFormat.of().toHexDigits(firstIndex) + SUFFIX);
    Files.deleteIfExists(path);
    FileChannel channel = FileChannel.open(path, CREATE_NEW, READ, WRITE);
    writeFully(channel, ByteBuffer.wrap(MAGIC), 0);
    channel.force(true);
    return new Segment(path, firstIndex, channel, HEADER, firstIndex);
  }

  /** Opens what an earlier process left; a torn tail is cut off where {@code mayBeTorn}. */
  static Segment recover(Path path, boolean mayBeTorn) throws IOException {
    String name = path.getFileName().toString();
    long first = Long.parseUnsignedLong(name, 0, name.length() - SUFFIX.length(), 16);
    FileChannel channel = FileChannel.open(path, READ, WRITE);
    long size = channel.size();
    Segment segment = new Segment(path, first, channel, size, first);
    if (size >= HEADER && !segment.hasMagic() || size < HEADER && !mayBeTorn) {
      throw new IOException("no segment header in " + name);
    }
    long end = size < HEADER ? 0 : segment.scan();
    if (end < size) {
      if (!mayBeTorn) {
        throw new IOException("no record at byte " + end + " of " + name);
      }
      channel.truncate(end);
      channel.force(true);
    }
    segment.durableBytes = end;
    return segment;
  }

  long durableBytes() {
    return durableBytes;
  }

  /** Index after the last durable record. */
  long endIndex() {
    return endIndex;
  }

  /** Writes behind the last durable record and forces; {@link #restore} undoes what failed. */
  void append(ByteBuffer records) throws IOException {
    writeFully(channel, records, durableBytes);
    channel.force(false);
  }

  /** Counts what {@link #append} has made durable. */
  void appended(long bytes, int count) {
    durableBytes += bytes;
    endIndex += count;
  }

  /** Cuts off what a failed append left. */
  void restore() throws IOException {
    channel.truncate(durableBytes);
    channel.force(true);
  }

  /** Reads durable bytes from this offset until the buffer is full or they end. */
  void read(ByteBuffer into, long offset) throws IOException {
    long available = durableBytes - offset;
    if (available < into.remaining()) {
      into.limit(into.position() + (int) available);
    }
    while (into.hasRemaining()) {
      int n = channel.read(into, offset);
      if (n < 0) {
        throw new IOException("segment is shorter than what was written");
      }
      offset += n;
    }
  }

  void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  static int checksum(long index, byte[] payload, int offset, int length) {
    CRC32C crc = new CRC32C();
    for (int shift = 56; shift >= 0; shift -= 8) {
      crc.update((int) (index >>> shift) & 0xff);
    }
    crc.update(payload, offset, length);
    return (int) crc.getValue();
  }

  private boolean hasMagic() throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(HEADER);
    read(magic, 0);
    return magic.flip().equals(ByteBuffer.wrap(MAGIC));
  }

  /** Counts whole records from the start and returns the offset where they end. */
  private long scan() throws IOException {
    long offset = HEADER;
    ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER);
    while (durableBytes - offset >= RECORD_HEADER) {
      read(header.clear(), offset);
      int length = header.getInt(0);
      if (length < 1 || length > MAX_PAYLOAD || durableBytes - offset - RECORD_HEADER < length) {
        break;
      }
      byte[] payload = new byte[length];
      read(ByteBuffer.wrap(payload), offset + RECORD_HEADER);
      if (header.getInt(4) != checksum(endIndex, payload, 0, length)) {
        break;
      }
      offset += RECORD_HEADER + length;
      endIndex++;
    }
    return offset;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset)
      throws IOException {
    while (bytes.hasRemaining()) {
      offset += channel.write(bytes, offset);
    }
  }
}

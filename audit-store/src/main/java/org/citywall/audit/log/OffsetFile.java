// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the records of a closed segment begin: a derived file of fixed-size numbers. */
final class OffsetFile {

  static final int HEADER = 16;
  private static final long MAGIC = 0x4357_4944_5800_0001L;

  private OffsetFile() {}

  static byte[] encode(int[] offsets, int count) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + 4 * count);
    out.putLong(MAGIC).putInt(count).putInt(0);
    for (int i = 0; i < count; i++) {
      out.putInt(offsets[i]);
    }
    out.putInt(12, RecordFormat.crc(out, HEADER, 4 * count));
    return out.array();
  }

  /** Offset of the n-th record, or -1 where the file does not tell. */
  static long offset(Path file, long n) {
    ByteBuffer number = ByteBuffer.allocate(4);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.read(header, 0) != HEADER
          || header.getLong(0) != MAGIC
          || n >= header.getInt(8)
          || channel.read(number, HEADER + 4 * n) != 4) {
        return -1;
      }
      return number.getInt(0);
    } catch (IOException e) {
      // Derived: whoever asks walks the segment instead.
      return -1;
    }
  }
}

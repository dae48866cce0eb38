// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Compares the offsets of a closed segment with where its records stand. */
final class OffsetCheck {

  private static final long MAGIC = 0x4357494458000001L;
  private static final int HEADER = 16;

  private final Path index;
  private final String name;
  private int[] offsets = new int[1024];
  private int count;

  OffsetCheck(Path root, Path segment) {
    index = segment.resolveSibling(segment.getFileName().toString().replace(".seg", ".idx"));
    name = root.relativize(index).toString();
  }

  void add(long offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    offsets[count++] = (int) offset;
  }

  void compare(Findings findings) throws IOException {
    if (!Files.exists(index)) {
      findings.remark(name, -1, -1, "missing; the next writer rebuilds it");
      return;
    }
    ByteBuffer expected = ByteBuffer.allocate(HEADER + 4 * count);
    expected.putLong(MAGIC).putInt(count).putInt(0);
    for (int i = 0; i < count; i++) {
      expected.putInt(offsets[i]);
    }
    CRC32C crc = new CRC32C();
    crc.update(expected.array(), HEADER, 4 * count);
    expected.putInt(12, (int) crc.getValue());
    int differs = Arrays.mismatch(expected.array(), Files.readAllBytes(index));
    if (differs >= 0) {
      findings.altered(name, -1, differs, "the offsets are not those of the records");
    }
  }
}

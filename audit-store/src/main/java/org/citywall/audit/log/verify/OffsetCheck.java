// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.citywall.audit.log.Hash;

/** Compares the offsets of a closed segment with where its records stand. */
final class OffsetCheck {

  private static final long MAGIC = 0x4357494458000001L;
  private static final int HEADER = 16;

  /** Offsets that are hashed together, so that few have to be carried over. */
  private static final int CHUNK = 1024;

  /**
   * The offsets of a segment's first records.
   *
   * @param chained how many of them the chain stands for, a multiple of 1,024
   * @param chain SHA-256 over the chain before and the offsets of a chunk, for each chunk
   * @param rest the offsets behind them
   */
  record Known(int chained, Hash chain, List<Integer> rest) {
    static final Known NONE = new Known(0, Hash.of(new byte[Hash.BYTES]), List.of());

    Known {
      rest = List.copyOf(rest);
    }
  }

  private final Known known;
  private final Path index;
  private final String name;
  private int[] offsets = new int[1024];
  private int count;

  OffsetCheck(Path root, Path segment, Known known) {
    this.known = known;
    known.rest().forEach(this::add);
    index = segment.resolveSibling(segment.getFileName().toString().replace(".seg", ".idx"));
    name = root.relativize(index).toString();
  }

  void add(long offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    offsets[count++] = (int) offset;
  }

  /** The offsets of the records before this byte. */
  Known before(long position) {
    int known = count;
    while (known > 0 && offsets[known - 1] >= position) {
      known--;
    }
    Hash chain = this.known.chain();
    int from = 0;
    for (; known - from >= CHUNK; from += CHUNK) {
      chain = chained(chain, bytes(from, from + CHUNK));
    }
    return new Known(
        this.known.chained() + from, chain, Arrays.stream(offsets, from, known).boxed().toList());
  }

  private byte[] bytes(int from, int to) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * (to - from));
    Arrays.stream(offsets, from, to).forEach(bytes::putInt);
    return bytes.array();
  }

  private static Hash chained(Hash chain, byte[] chunk) {
    return Hash.sha256(
        ByteBuffer.allocate(Hash.BYTES + chunk.length).put(chain.bytes()).put(chunk).array());
  }

  /** Whether the index begins with the offsets that the chain stands for. */
  private boolean continuesChain(byte[] stored) {
    Hash chain = Known.NONE.chain();
    for (int from = 0; from < known.chained(); from += CHUNK) {
      int at = HEADER + 4 * from;
      if (stored.length < at + 4 * CHUNK) {
        return false;
      }
      chain = chained(chain, Arrays.copyOfRange(stored, at, at + 4 * CHUNK));
    }
    return chain.equals(known.chain());
  }

  void compare(Findings findings) throws IOException {
    if (!Files.exists(index)) {
      findings.remark(name, -1, -1, "missing; the next writer rebuilds it");
      return;
    }
    byte[] stored = Files.readAllBytes(index);
    int differs = continuesChain(stored) ? Arrays.mismatch(expected(stored), stored) : HEADER;
    if (differs >= 0) {
      findings.altered(name, -1, differs, "the offsets are not those of the records");
    }
  }

  /** What the index has to be; the offsets that only a chain is known of are taken from it. */
  private byte[] expected(byte[] stored) {
    int all = known.chained() + count;
    ByteBuffer expected = ByteBuffer.allocate(HEADER + 4 * all);
    expected.putLong(MAGIC).putInt(all).putInt(0);
    if (known.chained() > 0) {
      expected.put(stored, HEADER, 4 * known.chained());
    }
    expected.put(bytes(0, count));
    CRC32C crc = new CRC32C();
    crc.update(expected.array(), HEADER, 4 * all);
    return expected.putInt(12, (int) crc.getValue()).array();
  }
}

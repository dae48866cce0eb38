// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.file.Path;
import java.util.Arrays;

/** The last segment and where its durable records begin. Safe for use by several threads. */
final class ActiveSegment {

  private final Path file;
  private final long firstLeaf;
  private int[] offsets = new int[256];
  private int count;
  private long end = RecordFormat.SEGMENT_HEADER;

  ActiveSegment(Path file, long firstLeaf) {
    this.file = file;
    this.firstLeaf = firstLeaf;
  }

  Path file() {
    return file;
  }

  long firstLeaf() {
    return firstLeaf;
  }

  /** Leaf behind the last one. */
  synchronized long nextLeaf() {
    return firstLeaf + count;
  }

  /** Byte behind the last record. */
  synchronized long end() {
    return end;
  }

  synchronized void add(int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    offsets[count++] = (int) end;
    end += length;
  }

  synchronized void addAll(int[] lengths, int from, int to) {
    for (int i = from; i < to; i++) {
      add(lengths[i]);
    }
  }

  synchronized long offset(long leaf) {
    return offsets[(int) (leaf - firstLeaf)];
  }

  synchronized byte[] offsetFile() {
    return OffsetFile.encode(offsets, count);
  }
}

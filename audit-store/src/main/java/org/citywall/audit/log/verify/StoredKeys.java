// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The key ring, read by its specification. Safe for use by several threads. */
final class StoredKeys {

  static final String FILE = "keys/ring";

  private static final long MAGIC = 0x43574B45590D0A1AL;
  private static final int HEADER = 16;
  private static final int MAX_ENTRY = 1 << 16;

  private final Path file;
  private TreeMap<Integer, StoredKey> keys = new TreeMap<>();

  StoredKeys(Path root) {
    this.file = root.resolve(FILE);
  }

  /** Reads the ring and reports what is wrong with it. */
  void check(Findings findings) throws IOException {
    keys = read(findings);
    if (!Files.isDirectory(file.resolveSibling(""))) {
      return;
    }
    try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
      for (Path other : (Iterable<Path>) files.sorted()::iterator) {
        String name = other.getFileName().toString();
        if (!name.equals("ring")) {
          findings.remark(
              "keys/" + name,
              -1,
              -1,
              name.startsWith("cut-at-")
                  ? "an unfinished data key that was put aside"
                  : "this file does not belong here");
        }
      }
    }
  }

  /** The key of this number, or null; a writer may have added it a moment ago. */
  synchronized @Nullable StoredKey key(int number) {
    StoredKey key = keys.get(number);
    if (key == null) {
      try {
        keys = read(new Findings());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      key = keys.get(number);
    }
    return key;
  }

  synchronized Collection<StoredKey> all() {
    return keys.values();
  }

  private TreeMap<Integer, StoredKey> read(Findings findings) throws IOException {
    TreeMap<Integer, StoredKey> found = new TreeMap<>();
    if (!Files.exists(file)) {
      return found;
    }
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    if (in.limit() < HEADER
        || in.getLong(0) != MAGIC
        || in.getInt(8) != 1
        || in.getInt(12) != crc(in, 0, 12)) {
      findings.altered(FILE, -1, 0, "the header of the key ring is damaged");
      return found;
    }
    int at = HEADER;
    while (at < in.limit()) {
      int length = lengthAt(in, at);
      StoredKey key = length == 0 ? null : StoredKey.parse(in.slice(at + 8, length - 8));
      if (key == null || found.put(key.number(), key) != null) {
        damaged(in, at, findings);
      }
      at = length > 0 ? at + length : next(in, at + 1);
    }
    return found;
  }

  private static void damaged(ByteBuffer in, int at, Findings findings) {
    if (lengthAt(in, at) == 0 && next(in, at + 1) == in.limit() && in.limit() - at <= MAX_ENTRY) {
      // If a record needs it, the record says so.
      findings.remark(FILE, -1, at, "an unfinished data key stands at the end");
    } else {
      findings.altered(FILE, -1, at, "a data key is damaged");
    }
  }

  private static int next(ByteBuffer in, int from) {
    int at = from;
    while (at < in.limit() && lengthAt(in, at) == 0) {
      at++;
    }
    return at;
  }

  private static int lengthAt(ByteBuffer in, int at) {
    if (in.limit() - at < 8) {
      return 0;
    }
    int length = in.getInt(at + 4);
    boolean fits = length > 8 && length <= MAX_ENTRY && length <= in.limit() - at;
    return fits && crc(in, at + 4, length - 4) == in.getInt(at) ? length : 0;
  }

  private static int crc(ByteBuffer in, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(in.array(), from, count);
    return (int) crc.getValue();
  }
}

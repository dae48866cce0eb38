// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks the history of checkpoints in order, one file in memory at a time. What cannot be read is
 * told to a listener and passed over.
 */
final class Moments {

  private static final int FRAME = 8;
  private static final int MAX_CONTENT = 1 << 16;

  /** Told what is no whole frame. */
  interface Damage {
    Damage IGNORED = (file, position, atEnd) -> {};

    /**
     * @param atEnd whether nothing stands behind it, so that a write cut short may explain it
     */
    void found(String file, long position, boolean atEnd);
  }

  private final List<Path> files;
  private final Damage damage;
  private int next;
  private String name = "";
  private ByteBuffer in = ByteBuffer.allocate(0);

  Moments(Path root, Damage damage) throws IOException {
    this(root, damage, null);
  }

  /**
   * @param mark the moment to begin with, which was there once; null for the first
   */
  Moments(Path root, Damage damage, @Nullable Mark mark) throws IOException {
    this.damage = damage;
    try (Stream<Path> found = Files.list(root.resolve("checkpoints"))) {
      files = found.filter(f -> f.toString().endsWith(".notes")).sorted().toList();
    }
    if (mark != null) {
      begin(mark);
    }
  }

  private void begin(Mark mark) throws IOException {
    while (next < files.size() && name(files.get(next)).compareTo(mark.file()) < 0) {
      next++;
    }
    if (next < files.size() && name(files.get(next)).equals(mark.file())) {
      open();
      in.position((int) Math.min(mark.position(), in.limit()));
    }
  }

  private void open() throws IOException {
    Path file = files.get(next++);
    name = name(file);
    in = ByteBuffer.wrap(Files.readAllBytes(file));
  }

  private static String name(Path file) {
    return "checkpoints/" + file.getFileName();
  }

  /** Files of the history, by name. */
  List<Path> files() {
    return files;
  }

  /** The next moment, or null at the end. */
  @Nullable Moment next() throws IOException {
    while (true) {
      while (!in.hasRemaining()) {
        if (next == files.size()) {
          return null;
        }
        open();
      }
      int at = in.position();
      int length = lengthAt(at);
      Moment moment =
          length > 0 ? Moment.parse(name, at, in.slice(at + FRAME, length - FRAME)) : null;
      if (length > 0) {
        in.position(at + length);
      } else {
        in.position(nextFrame(at + 1));
      }
      if (moment != null) {
        return moment;
      }
      boolean atEnd = next == files.size() && !in.hasRemaining();
      damage.found(name, at, atEnd && in.limit() - at <= FRAME + MAX_CONTENT);
    }
  }

  /** Length of the whole frame at {@code at}, or 0. */
  private int lengthAt(int at) {
    if (in.limit() - at < FRAME) {
      return 0;
    }
    int length = in.getInt(at + 4);
    if (length <= 0 || length > MAX_CONTENT || length > in.limit() - at - FRAME) {
      return 0;
    }
    CRC32C crc = new CRC32C();
    crc.update(in.array(), at + 4, length + 4);
    return (int) crc.getValue() == in.getInt(at) ? FRAME + length : 0;
  }

  private int nextFrame(int from) {
    for (int at = from; at < in.limit(); at++) {
      if (lengthAt(at) > 0) {
        return at;
      }
    }
    return in.limit();
  }
}

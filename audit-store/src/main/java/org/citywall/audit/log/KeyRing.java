// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** The file of data keys, open for writing. Used by one thread at a time. */
final class KeyRing implements AutoCloseable {

  static final int HEADER = 16;
  private static final long MAGIC = 0x4357_4B45_590D_0A1AL;
  private static final int VERSION = 1;

  private final Path path;
  private final Disk disk;
  private final List<RingKey> keys;
  private Disk.AppendFile file;
  private long end;
  private int lastNumber;

  private KeyRing(Path path, Disk disk, Disk.AppendFile file, Content content) {
    this.path = path;
    this.disk = disk;
    this.file = file;
    this.keys = new ArrayList<>(content.keys());
    this.end = content.end();
  }

  /**
   * What the file holds.
   *
   * @param end byte behind the last whole entry
   */
  private record Content(List<RingKey> keys, int end) {}

  /** Opens the ring and creates it where there is none; an unfinished entry is put aside. */
  static KeyRing open(Path path, Disk disk) throws IOException {
    if (!Files.exists(path)) {
      disk.replace(path, header(), true);
    }
    // What a crash left of a ring that was to replace this one may hold keys that are destroyed.
    disk.delete(path.resolveSibling(path.getFileName() + ".tmp"));
    byte[] bytes = Files.readAllBytes(path);
    Content content = parse(ByteBuffer.wrap(bytes));
    requireTornTail(ByteBuffer.wrap(bytes), content.end());
    Disk.AppendFile file = disk.append(path);
    KeyRing ring = new KeyRing(path, disk, file, content);
    ring.lastNumber = ring.keys.stream().mapToInt(RingKey::number).max().orElse(0);
    if (content.end() < bytes.length) {
      // No record can need the key of an entry that was not finished. Still nothing that may have
      // been a key is thrown away, and its number is not given to another one.
      Path aside = path.resolveSibling("cut-at-" + content.end());
      disk.replace(aside, Arrays.copyOfRange(bytes, content.end(), bytes.length), true);
      file.truncate(content.end());
      file.force();
      ring.lastNumber++;
    }
    return ring;
  }

  /** The keys of a ring that a writer may be extending; empty where there is no ring. */
  static List<RingKey> read(Path path) throws IOException {
    try {
      return parse(ByteBuffer.wrap(Files.readAllBytes(path))).keys();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** A ring at one moment: its whole entries and their bytes. */
  record Copy(byte[] bytes, List<RingKey> keys) {

    /** The last entry about a destruction of keys, or -1. */
    long lastDestruction() {
      return keys.stream()
          .mapToLong(key -> key.state() instanceof RingKey.Destroyed gone ? gone.leaf() : -1)
          .max()
          .orElse(-1);
    }
  }

  /** What a ring holds that a writer may be extending or replacing. */
  static Copy copy(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    Content content = parse(ByteBuffer.wrap(bytes));
    return new Copy(Arrays.copyOf(bytes, content.end()), content.keys());
  }

  private static byte[] header() {
    ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(VERSION);
    return header.putInt(RecordFormat.crc(header, 0, HEADER - 4)).array();
  }

  private static Content parse(ByteBuffer in) {
    if (in.limit() < HEADER
        || in.getLong(0) != MAGIC
        || in.getInt(HEADER - 4) != RecordFormat.crc(in, 0, HEADER - 4)) {
      throw corrupt("its header is damaged");
    }
    if (in.getInt(8) != VERSION) {
      throw new PlatformException(AuditErrorCode.LOG_FORMAT, "key ring of version " + in.getInt(8));
    }
    List<RingKey> keys = new ArrayList<>();
    int at = HEADER;
    for (int length = RingKey.lengthAt(in, at); length > 0; length = RingKey.lengthAt(in, at)) {
      RingKey key = RingKey.at(in, at);
      if (key == null) {
        throw new PlatformException(
            AuditErrorCode.LOG_FORMAT, "a data key of a newer format at byte " + at);
      }
      keys.add(key);
      at += length;
    }
    return new Content(keys, at);
  }

  private static void requireTornTail(ByteBuffer in, int end) {
    boolean torn = in.limit() - end <= RingKey.MAX_ENTRY;
    for (int at = end + 1; at < in.limit() && torn; at++) {
      torn = RingKey.lengthAt(in, at) == 0;
    }
    if (!torn) {
      throw corrupt("it is damaged at byte " + end);
    }
  }

  List<RingKey> keys() {
    return List.copyOf(keys);
  }

  /** Number that the next key gets. */
  int nextNumber() {
    return lastNumber + 1;
  }

  /** Returns when the key is durable; after a failure the ring is as before. */
  void add(PayloadCipher cipher, String group, YearMonth month, byte[] wrapped) throws IOException {
    RingKey key =
        new RingKey(nextNumber(), cipher, group, month, new RingKey.Wrapped(wrapped.clone()));
    byte[] entry = key.encode();
    if (file.size() != end) {
      file.truncate(end);
    }
    file.append(ByteBuffer.wrap(entry));
    file.force();
    end += entry.length;
    lastNumber++;
    keys.add(key);
  }

  /** Replaces these keys by the note that they were destroyed, and returns when that is durable. */
  void destroy(Set<Integer> numbers, long leaf) throws IOException {
    replace(
        key ->
            numbers.contains(key.number()) && key.state() instanceof RingKey.Wrapped
                ? key.destroyed(leaf)
                : key);
  }

  /** Replaces what is wrapped by what this makes of it, and returns when that is durable. */
  void wrapAgain(UnaryOperator<byte[]> wrapping) throws IOException {
    replace(
        key ->
            key.state() instanceof RingKey.Wrapped wrapped
                ? key.wrapped(wrapping.apply(wrapped.key()))
                : key);
  }

  private void replace(UnaryOperator<RingKey> change) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(header());
    List<RingKey> left = keys.stream().map(change).toList();
    left.forEach(key -> content.writeBytes(key.encode()));
    disk.replace(path, content.toByteArray(), true);
    Disk.AppendFile replaced = disk.append(path);
    file.close();
    file = replaced;
    end = content.size();
    keys.clear();
    keys.addAll(left);
  }

  private static PlatformException corrupt(String what) {
    return new PlatformException(AuditErrorCode.LOG_CORRUPT, "the key ring: " + what);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

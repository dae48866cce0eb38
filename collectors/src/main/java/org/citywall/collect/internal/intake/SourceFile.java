// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;

/** What is known about the sources, in the format of the package documentation. */
final class SourceFile {

  /** Name of the file in the folder of the spool. */
  static final String NAME = "sources";

  private static final byte[] MAGIC = "CWSOURC1".getBytes(US_ASCII);
  private static final int CHECKSUM = 4;

  /**
   * The file's content.
   *
   * @param leaf first leaf of the log that may hold something newer
   */
  record Content(long leaf, List<SourceMemory> sources) {}

  private SourceFile() {}

  /** Replaces the file; it survives a crash as it was or as it is. */
  static void write(Path file, Content content) throws IOException {
    byte[] bytes = encode(content);
    Path fresh = file.resolveSibling(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads the file; an {@code IOException} where it is absent or not as it was written. */
  static Content read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - CHECKSUM;
    if (end < MAGIC.length || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      throw new IOException("the checksum does not match");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException("another format");
      }
      long leaf = in.readLong();
      List<SourceMemory> sources = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        sources.add(source(in));
      }
      return new Content(leaf, sources);
    }
  }

  private static byte[] encode(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(MAGIC);
    out.writeLong(content.leaf());
    out.writeInt(content.sources().size());
    for (SourceMemory source : content.sources()) {
      string(source.name(), out);
      rhythm(source.rhythm(), out);
      out.writeInt(source.hosts().size());
      for (Map.Entry<String, SourceMemory.Host> host : source.hosts().entrySet()) {
        string(host.getKey(), out);
        rhythm(host.getValue().rhythm(), out);
        out.writeByte(host.getValue().marks().size());
        for (long mark : host.getValue().marks()) {
          out.writeLong(mark);
        }
      }
    }
    out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static SourceMemory source(DataInputStream in) throws IOException {
    String name = string(in);
    Rhythm.Memory rhythm = rhythm(in);
    Map<String, SourceMemory.Host> hosts = new HashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      String host = string(in);
      Rhythm.Memory own = rhythm(in);
      List<Long> marks = new ArrayList<>();
      for (int left = in.readUnsignedByte(); left > 0; left--) {
        marks.add(in.readLong());
      }
      hosts.put(host, new SourceMemory.Host(own, marks));
    }
    return new SourceMemory(name, rhythm, hosts);
  }

  private static void rhythm(Rhythm.Memory rhythm, DataOutputStream out) throws IOException {
    out.writeLong(rhythm.heard());
    Instant last = rhythm.last();
    out.writeLong(last == null ? Long.MIN_VALUE : Micros.of(last));
    out.writeDouble(rhythm.longestMillis());
    out.writeBoolean(rhythm.silent());
  }

  private static Rhythm.Memory rhythm(DataInputStream in) throws IOException {
    long heard = in.readLong();
    long micros = in.readLong();
    @Nullable Instant last = micros == Long.MIN_VALUE ? null : Micros.toInstant(micros);
    return new Rhythm.Memory(heard, last, in.readDouble(), in.readBoolean());
  }

  private static void string(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static String string(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedShort()), UTF_8);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}

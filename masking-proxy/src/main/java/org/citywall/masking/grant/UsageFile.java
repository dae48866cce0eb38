// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of {@link FileUsage}; its format is that of the package. For one thread. */
final class UsageFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UsageFile.class);
  private static final String HEAD = "citywall-usage 1\n";
  private static final int CRC_DIGITS = 8;

  /** A clock that is set back must not bring a used grant back. */
  private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

  private static final long LONG = 8 << 20;

  /** What was taken of a key. */
  record Count(long used, Instant expires) {

    Count plus(long more, Instant until) {
      return new Count(used + more, until.isAfter(expires) ? until : expires);
    }
  }

  /** What is taken of a key at once. */
  record Taking(UsageKey key, long count) {}

  private final Path path;
  private final FileChannel lock;
  private FileChannel channel;
  private long durable;
  private long shortest;

  private UsageFile(Path path, FileChannel lock, FileChannel channel) throws IOException {
    this.path = path;
    this.lock = lock;
    this.channel = channel;
    this.durable = channel.size();
    this.shortest = durable;
  }

  /** Adds to {@code counts} what the file counts. */
  static UsageFile open(Path path, Instant now, Map<String, Count> counts) throws IOException {
    FileChannel lock = FileChannel.open(beside(path, ".lock"), CREATE, WRITE);
    try {
      if (lock.tryLock() == null) {
        throw new IOException(path + " is another process's");
      }
      if (Files.exists(path)) {
        read(path, Files.readAllBytes(path), counts);
      }
      return new UsageFile(path, lock, written(path, now, counts));
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw new IOException(path + " is open already", e);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Path beside(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static void read(Path path, byte[] bytes, Map<String, Count> counts) {
    String text = new String(bytes, UTF_8);
    if (!text.startsWith(HEAD)) {
      throw damaged(path, 1);
    }
    String[] lines = text.substring(HEAD.length()).split("\n", -1);
    // behind the last line end stands what was not written to its end, or nothing
    int whole = lines.length - 1;
    for (int i = 0; i < whole; i++) {
      if (isIntact(lines[i])) {
        add(lines[i].split("\t", -1), counts);
      } else if (i == whole - 1 && lines[whole].isEmpty()) {
        LOG.atWarn()
            .addKeyValue("file.path", path)
            .log("a count that nobody waited for is cut off");
      } else {
        throw damaged(path, i + 2);
      }
    }
  }

  private static boolean isIntact(String line) {
    return line.length() > CRC_DIGITS
        && line.charAt(CRC_DIGITS) == '\t'
        && line.substring(0, CRC_DIGITS).equals(crc(line.substring(CRC_DIGITS)));
  }

  private static void add(String[] fields, Map<String, Count> counts) {
    for (int i = 1; i + 2 < fields.length; i += 3) {
      Instant expires = Instant.ofEpochSecond(Long.parseLong(fields[i + 1]));
      long count = Long.parseLong(fields[i + 2]);
      counts.merge(
          fields[i],
          new Count(count, expires),
          (before, more) -> before.plus(more.used(), more.expires()));
    }
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static PlatformException damaged(Path path, int line) {
    return new PlatformException(MaskingErrorCode.USAGE_DAMAGED, path + ":" + line);
  }

  /** Appends in one line, and forces it. */
  void append(List<Taking> takings) throws IOException {
    StringBuilder line = new StringBuilder();
    for (Taking taking : takings) {
      append(line, taking.key().name(), taking.key().expires(), taking.count());
    }
    // what a failed attempt left there was not acknowledged
    channel.truncate(durable);
    put(channel, durable, line(line));
    channel.force(false);
    durable = channel.size();
  }

  private static void append(StringBuilder line, String name, Instant expires, long count) {
    line.append('\t').append(name).append('\t');
    // rounded up: a key must not be forgotten before it expires
    line.append(expires.plusNanos(999_999_999).getEpochSecond()).append('\t').append(count);
  }

  private static String line(StringBuilder fields) {
    return crc(fields.toString()) + fields + '\n';
  }

  /** Writes the file anew once it has grown to several times what it has to hold. */
  void shorten(Instant now, Map<String, Count> counts) throws IOException {
    if (durable > LONG && durable > 4 * shortest) {
      FileChannel written = written(path, now, counts);
      channel.close();
      channel = written;
      durable = channel.size();
      shortest = durable;
    }
  }

  /** The file anew, without what has expired, in one step. */
  private static FileChannel written(Path path, Instant now, Map<String, Count> counts)
      throws IOException {
    Instant kept = now.minus(KEPT_AFTER_EXPIRY);
    counts.values().removeIf(count -> count.expires().isBefore(kept));
    StringBuilder text = new StringBuilder(HEAD);
    counts.forEach(
        (name, count) -> {
          StringBuilder line = new StringBuilder();
          append(line, name, count.expires(), count.used());
          text.append(line(line));
        });
    Path next = beside(path, ".next");
    FileChannel written = FileChannel.open(next, CREATE, TRUNCATE_EXISTING, READ, WRITE);
    try {
      put(written, 0, text.toString());
      written.force(true);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(folder(path), READ)) {
        folder.force(true);
      }
      return written;
    } catch (IOException | RuntimeException e) {
      written.close();
      throw e;
    }
  }

  private static Path folder(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file stands in a folder");
  }

  private static void put(FileChannel channel, long position, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() {
    try (lock;
        FileChannel open = channel) {
      if (open.isOpen()) {
        open.force(true);
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the counts could not be closed");
    }
  }
}

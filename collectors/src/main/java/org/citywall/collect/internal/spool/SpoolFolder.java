// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/** The folder of a spool: its lock, and what an earlier process left in it. */
final class SpoolFolder {

  private final Path path;
  private final FileChannel lockChannel;

  private SpoolFolder(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  static SpoolFolder lock(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new PlatformException(
          CollectErrorCode.SPOOL_LOCKED, path.getFileName() + " is used by another process");
    }
    return new SpoolFolder(path, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  /** Segments with records, in order and without a gap between them. */
  List<Segment> recover() throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.list(path)) {
      paths = files.filter(f -> f.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Segment segment = recover(paths.get(i), i == paths.size() - 1);
      if (segment.endIndex() == segment.firstIndex) {
        segment.delete();
      } else {
        requireContinuity(segments, segment);
        segments.add(segment);
      }
    }
    return segments;
  }

  private static Segment recover(Path path, boolean last) throws IOException {
    try {
      return Segment.recover(path, last);
    } catch (IOException | NumberFormatException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, path.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static void requireContinuity(List<Segment> before, Segment next) {
    if (!before.isEmpty() && before.getLast().endIndex() != next.firstIndex) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "records are missing before " + next.path.getFileName());
    }
  }

  /** Makes created and deleted names durable. */
  void force() throws IOException {
    try (FileChannel directory = FileChannel.open(path, READ)) {
      directory.force(true);
    }
  }

  void unlock() throws IOException {
    lockChannel.close();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a spool, taken so that together they are a spool, also while another process uses
 * it: whatever was durable when this began is in them or in the log.
 *
 * @param small content by name of everything that is no segment. It is taken first, since the
 *     position must not be newer than the segments
 * @param segments open segments by name. One that is deleted meanwhile is in the log as a whole,
 *     and so are those before it
 */
public record SpoolCopy(Map<String, byte[]> small, Map<String, FileChannel> segments)
    implements AutoCloseable {

  /** Takes the spool of this folder; empty where there is none. */
  public static SpoolCopy of(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? new SpoolCopy(readSmall(folder), openSegments(folder))
        : new SpoolCopy(Map.of(), Map.of());
  }

  /** Without the lock and what is being written. */
  private static Map<String, byte[]> readSmall(Path folder) throws IOException {
    Map<String, byte[]> small = new LinkedHashMap<>();
    for (Path file : list(folder)) {
      String name = file.getFileName().toString();
      if (!name.endsWith(Segment.SUFFIX) && !name.endsWith(".new") && !name.equals("lock")) {
        small.put(name, Files.readAllBytes(file));
      }
    }
    return small;
  }

  private static Map<String, FileChannel> openSegments(Path folder) throws IOException {
    Map<String, FileChannel> open = new LinkedHashMap<>();
    try {
      for (Path file : list(folder)) {
        if (file.toString().endsWith(Segment.SUFFIX)) {
          open(file, open);
        }
      }
      return open;
    } catch (IOException e) {
      close(open);
      throw e;
    }
  }

  private static void open(Path file, Map<String, FileChannel> open) throws IOException {
    try {
      open.put(file.getFileName().toString(), FileChannel.open(file, StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      close(open);
      open.clear();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    close(segments);
  }

  private static void close(Map<String, FileChannel> open) throws IOException {
    for (FileChannel channel : open.values()) {
      channel.close();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Tiles as files in the layout of C2SP tlog-tiles. They are derived from the records and can be
 * rebuilt. Writing is for one thread.
 */
final class TileFiles {

  private static final int HEIGHT = 8;
  private static final int LEVELS = 7;

  private final TreeHash hash;
  private final Path folder;
  private final Disk disk;
  private final Map<Integer, Tile> lastPartial = new HashMap<>();

  TileFiles(LogFolder log, TreeHash hash, Disk disk) {
    this(log.tiles(hash), hash, disk);
  }

  TileFiles(Path folder, TreeHash hash, Disk disk) {
    this.hash = hash;
    this.folder = folder;
    this.disk = disk;
  }

  /** Hash of the tree whose tiles these are. */
  TreeHash hash() {
    return hash;
  }

  /** Path of a tile below the folder: {@code L/x001/x234/067} or {@code L/067.p/W}. */
  static String path(int level, long number, int width) {
    StringBuilder path = new StringBuilder();
    path.append(String.format(Locale.ROOT, "%03d", number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
    }
    path.insert(0, level + "/");
    return width == Tile.WIDTH ? path.toString() : path.append(".p/").append(width).toString();
  }

  void writeFull(Tile tile) throws IOException {
    write(tile);
    Path partials = folder.resolve(path(tile.level(), tile.number(), Tile.WIDTH) + ".p");
    if (Files.isDirectory(partials)) {
      try (Stream<Path> files = Files.list(partials)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(partials);
    }
  }

  /** Writes those incomplete tiles that have changed since they were last written. */
  void writePartials(List<Tile> partials) throws IOException {
    for (Tile tile : partials) {
      Tile last = lastPartial.get(tile.level());
      if (last == null || last.number() != tile.number() || last.width() != tile.width()) {
        write(tile);
        lastPartial.put(tile.level(), tile);
      }
    }
  }

  private void write(Tile tile) throws IOException {
    Path file = folder.resolve(path(tile.level(), tile.number(), tile.width()));
    try {
      store(file, tile);
    } catch (NoSuchFileException e) {
      createFolder(file.resolveSibling(""));
      store(file, tile);
    }
  }

  private void store(Path file, Tile tile) throws IOException {
    int bytes = tile.width() * Hash.BYTES;
    if (tile.width() == Tile.WIDTH) {
      disk.write(file, tile.hashes(), 0, bytes);
    } else {
      // Nothing writes an incomplete tile again, so a crash must not leave half of one.
      disk.replace(file, Arrays.copyOf(tile.hashes(), bytes), false);
    }
  }

  /** Makes the full tiles durable that a tree of one size has and a tree of a smaller one not. */
  void force(long smaller, long size) throws IOException {
    Set<Path> folders = new HashSet<>();
    for (int level = 0; size >>> HEIGHT * (level + 1) > 0 && level < LEVELS; level++) {
      long end = size >>> HEIGHT * (level + 1);
      for (long number = smaller >>> HEIGHT * (level + 1); number < end; number++) {
        Path file = folder.resolve(path(level, number, Tile.WIDTH));
        disk.force(file);
        for (Path at = file.resolveSibling(""); !at.equals(folder); at = at.resolveSibling("")) {
          folders.add(at);
        }
      }
    }
    for (Path created : folders) {
      disk.syncFolder(created);
    }
    if (!folders.isEmpty()) {
      disk.syncFolder(folder);
    }
  }

  private static void createFolder(Path path) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("a file stands where a folder belongs", e);
    }
  }

  /** Hashes of a tile of at least this width; a full tile may stand in for a partial one. */
  byte[] read(int level, long number, int width) {
    int bytes = width * Hash.BYTES;
    try {
      byte[] hashes;
      try {
        hashes = Files.readAllBytes(folder.resolve(path(level, number, width)));
      } catch (NoSuchFileException e) {
        hashes = Files.readAllBytes(folder.resolve(path(level, number, Tile.WIDTH)));
      }
      if (hashes.length < bytes) {
        throw new PlatformException(
            AuditErrorCode.LOG_CORRUPT, "tile " + path(level, number, width) + " is cut short");
      }
      return Arrays.copyOf(hashes, bytes);
    } catch (NoSuchFileException e) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "tile " + path(level, number, width) + " is missing", e);
    } catch (IOException e) {
      throw new PlatformException(
          AuditErrorCode.LOG_READ_FAILED, "tile " + path(level, number, width), e);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/** Compares stored tiles with the nodes of the tree that the records have. */
final class TileCheck implements TreeFold.TileNodes {

  private static final int WIDTH = 256;

  private final Path root;
  private final Path tiles;
  private final long signedSize;
  private final Findings findings;

  /** Hashes of the incomplete tile of each level, lowest first: the tree's right edge. */
  record Edge(List<byte[]> levels) {
    static final Edge EMPTY = new Edge(List.of());

    Edge {
      levels = List.copyOf(levels);
    }

    /** Whether it can be that of a tree of this size. */
    boolean fits(long size) {
      for (int level = 0; level < levels.size(); level++) {
        if (levels.get(level).length != (size >>> 8 * level) % WIDTH * Hash.BYTES) {
          return false;
        }
      }
      return levels.size() == 8 || size >>> 8 * levels.size() == 0;
    }
  }

  private final List<byte[]> open = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private byte @Nullable [] leaves;
  private long leavesNumber = -1;

  TileCheck(Path root, TreeHash tree, long signedSize, Findings findings) {
    this(root, tree, signedSize, findings, 0, Edge.EMPTY);
  }

  /**
   * @param size leaves that are known already, with the edge of their tree
   */
  TileCheck(Path root, TreeHash tree, long signedSize, Findings findings, long size, Edge edge) {
    this.root = root;
    this.tiles = Trees.tiles(root, tree);
    this.signedSize = signedSize;
    this.findings = findings;
    for (int level = 0; level < edge.levels().size(); level++) {
      open.add(Arrays.copyOf(edge.levels().get(level), WIDTH * Hash.BYTES));
      counts.add(size >>> 8 * level);
    }
  }

  @Override
  public void node(int level, byte[] hash) {
    if (level == open.size()) {
      open.add(new byte[WIDTH * Hash.BYTES]);
      counts.add(0L);
    }
    long index = counts.get(level);
    System.arraycopy(hash, 0, open.get(level), (int) (index % WIDTH) * Hash.BYTES, Hash.BYTES);
    counts.set(level, index + 1);
    if (index % WIDTH == WIDTH - 1) {
      full(level, index / WIDTH);
    }
  }

  Edge edge() {
    List<byte[]> levels = new ArrayList<>();
    for (int level = 0; level < open.size(); level++) {
      int width = (int) (counts.get(level) % WIDTH);
      levels.add(Arrays.copyOf(open.get(level), width * Hash.BYTES));
    }
    return new Edge(levels);
  }

  private void full(int level, long number) {
    Path file = tiles.resolve(path(level, number));
    if (number < signedSize >>> 8 * (level + 1)) {
      byte[] stored = read(file);
      if (stored == null) {
        missing(file);
      } else {
        compare(level, number, WIDTH, file, stored);
      }
    }
    partials(level, number, WIDTH);
  }

  /** Checks the incomplete tiles; call it when every leaf was seen. */
  void finish() {
    for (int level = 0; level < open.size(); level++) {
      long count = counts.get(level);
      int width = (int) (count % WIDTH);
      partials(level, count / WIDTH, width);
      long signed = signedSize >>> 8 * level;
      int signedWidth = (int) (signed % WIDTH);
      Path folder = tiles.resolve(path(level, signed / WIDTH));
      Path partial = folder.resolveSibling(folder.getFileName() + ".p/" + signedWidth);
      if (signedWidth > 0 && !Files.exists(partial) && !Files.exists(folder)) {
        missing(partial);
      }
    }
  }

  private void partials(int level, long number, int width) {
    Path folder = tiles.resolve(path(level, number) + ".p");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = file.getFileName().toString();
        boolean partial = name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) < WIDTH;
        if (name.matches("[1-9][0-9]{0,2}\\.tmp")) {
          // A write that a crash cut short, of a file that is replaced as a whole.
          continue;
        }
        if (!partial) {
          findings.remark(name(file), Finding.NONE, Finding.NONE, "this file does not belong here");
        } else if (isSigned(level, number, Integer.parseInt(name))) {
          byte[] stored = read(file);
          if (stored != null && Integer.parseInt(name) <= width) {
            compare(level, number, Integer.parseInt(name), file, stored);
          }
        }
      }
    } catch (IOException e) {
      findings.missing(
          name(folder), Finding.NONE, Finding.NONE, "cannot be read: " + e.getMessage());
    }
  }

  /** Tiles beyond the checkpoint that was read first may be half written by a running writer. */
  private boolean isSigned(int level, long number, int width) {
    return number * WIDTH + width <= signedSize >>> 8 * level;
  }

  private void compare(int level, long number, int width, Path file, byte[] stored) {
    byte[] expected = open.get(level);
    int bytes = width * Hash.BYTES;
    int differs = Arrays.mismatch(expected, 0, bytes, stored, 0, stored.length);
    if (differs < 0) {
      return;
    }
    if (differs == stored.length) {
      findings.missing(name(file), Finding.NONE, differs, "the tile is cut short");
      return;
    }
    long leaf = level == 0 ? number * WIDTH + differs / Hash.BYTES : Finding.NONE;
    findings.altered(name(file), leaf, differs, "the tile is not the tree of the records");
  }

  private void missing(Path file) {
    findings.missing(
        name(file), Finding.NONE, Finding.NONE, "a tile of the signed tree is missing");
  }

  /** Leaf hash as the stored tile has it, or null. Neighbours cost little. */
  byte @Nullable [] leafHash(long leaf) {
    long number = leaf / WIDTH;
    if (number != leavesNumber) {
      long width = Math.min(WIDTH, signedSize - number * WIDTH);
      Path full = tiles.resolve(path(0, number));
      Path partial = full.resolveSibling(full.getFileName() + ".p/" + width);
      leaves = read(width < WIDTH && Files.exists(partial) ? partial : full);
      leavesNumber = number;
    }
    byte[] tile = leaves;
    int at = (int) (leaf % WIDTH) * Hash.BYTES;
    return tile == null || tile.length < at + Hash.BYTES
        ? null
        : Arrays.copyOfRange(tile, at, at + Hash.BYTES);
  }

  private static byte @Nullable [] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }

  /** C2SP tlog-tiles: {@code L/x001/x234/067}. */
  static String path(int level, long number) {
    String path = String.format(Locale.ROOT, "%03d", number % 1000);
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path = String.format(Locale.ROOT, "x%03d/", rest % 1000) + path;
    }
    return level + "/" + path;
  }
}

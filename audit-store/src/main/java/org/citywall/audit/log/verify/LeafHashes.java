// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/** Leaf hashes of a tree of this size, one after the other, from the tiles of level 0. */
final class LeafHashes {

  private static final int WIDTH = 256;

  private final Path tiles;
  private final long size;
  private byte[] tile = new byte[0];

  LeafHashes(Path root, long size) {
    this.tiles = root.resolve("tlog").resolve("tile");
    this.size = size;
  }

  /** Hash of this leaf, or null where its tile is missing or too short. Ask in rising order. */
  byte @Nullable [] at(long leaf) {
    int at = (int) (leaf % WIDTH) * Hash.BYTES;
    if (at == 0) {
      long number = leaf / WIDTH;
      long width = Math.min(WIDTH, size - number * WIDTH);
      Path full = tiles.resolve(TileCheck.path(0, number));
      Path partial = full.resolveSibling(full.getFileName() + ".p/" + width);
      try {
        tile = Files.readAllBytes(width < WIDTH && Files.exists(partial) ? partial : full);
      } catch (IOException e) {
        return null;
      }
    }
    return tile.length < at + Hash.BYTES ? null : Arrays.copyOfRange(tile, at, at + Hash.BYTES);
  }
}

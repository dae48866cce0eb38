// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * A tree in the folder layout of C2SP tlog-tiles, {@code checkpoint} beside {@code tile/}: the
 * {@code tlog} folder of a log, a copy of it, or that of another program. It is read and not
 * trusted: what it says about a tree is worth as much as the signed root it is compared with. Safe
 * for use by several threads, also while the log grows. Failures: {@code AUD-0013} where a tile is
 * missing or too short, {@code AUD-0015} where the disk refuses.
 */
public final class PublishedTree {

  private final Path folder;
  private final TreeHash hash;
  private final TileFiles tiles;

  /**
   * @param folder that holds {@code checkpoint} and {@code tile}
   * @param hash that the tree is made with
   */
  public PublishedTree(Path folder, TreeHash hash) {
    this.folder = folder;
    this.hash = hash;
    this.tiles = new TileFiles(folder.resolve("tile"), hash, Disk.REAL);
  }

  /** The tree over this hash that the log of this data folder publishes. */
  public static PublishedTree ofData(Path dataDir, TreeHash hash) {
    return new PublishedTree(LogFolder.ofData(dataDir).published(hash), hash);
  }

  public Path folder() {
    return folder;
  }

  /** The published checkpoint if there is one; {@code AUD-0021} where its key did not sign it. */
  public Optional<Checkpoint> checkpoint(KeysBySize keys) {
    try {
      return Optional.of(keys.verified(Files.readString(folder.resolve("checkpoint"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoint", e);
    }
  }

  /** Root of the tree of the first {@code size} leaves, as the tiles have it. */
  public Hash root(long size) {
    return new TiledTree(tiles, size).root();
  }

  /** Root of the first {@code prefix} leaves, by the tiles of the tree of this larger size. */
  public Hash prefixRoot(long prefix, long size) {
    return new TiledTree(tiles, size).prefixRoot(prefix);
  }

  /** Hash that the tree is made with. */
  public TreeHash hash() {
    return hash;
  }

  /** RFC 6962 section 2.1.1: path of a leaf in the tree of this size. */
  public List<Hash> inclusion(long leaf, long size) {
    return new TiledTree(tiles, size).inclusion(leaf);
  }

  /** RFC 6962 section 2.1.2: proof that the smaller tree is a prefix; empty from the empty tree. */
  public List<Hash> consistency(long smaller, long size) {
    return smaller == 0 ? List.of() : new TiledTree(tiles, size).consistency(smaller);
  }

  /** Whether the tiles show that the larger checkpoint's tree continues the smaller one's. */
  public boolean continues(Checkpoint smaller, Checkpoint larger) {
    if (smaller.size() == 0) {
      return smaller.root().equals(hash.emptyRoot());
    }
    return smaller.size() <= larger.size()
        && Merkle.verifyConsistency(
            hash,
            smaller.size(),
            larger.size(),
            smaller.root(),
            larger.root(),
            consistency(smaller.size(), larger.size()));
  }

  /** The first {@code width} hashes of a tile, one after the other. */
  public byte[] tile(int level, long number, int width) {
    return tiles.read(level, number, width);
  }

  /** Path of a tile below {@code tile/}: {@code L/x001/x234/067} or {@code L/067.p/W}. */
  public static String tilePath(int level, long number, int width) {
    return TileFiles.path(level, number, width);
  }
}

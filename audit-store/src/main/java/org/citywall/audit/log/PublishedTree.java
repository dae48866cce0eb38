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
  private final TileFiles tiles;

  /**
   * @param folder that holds {@code checkpoint} and {@code tile}
   */
  public PublishedTree(Path folder) {
    this.folder = folder;
    this.tiles = new TileFiles(folder.resolve("tile"), Disk.REAL);
  }

  /** The tree that the log of this data folder publishes. */
  public static PublishedTree ofData(Path dataDir) {
    return new PublishedTree(LogFolder.ofData(dataDir).published());
  }

  /** The published checkpoint if there is one; {@code AUD-0021} where the key did not sign it. */
  public Optional<Checkpoint> checkpoint(VerifierKey key) {
    try {
      return Optional.of(Checkpoint.verified(Files.readString(folder.resolve("checkpoint")), key));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoint", e);
    }
  }

  /**
   * Root of the tree of the first {@code prefix} leaves, from the tiles of a tree of {@code size}:
   * those of a smaller one may be gone.
   */
  public Hash prefixRoot(long prefix, long size) {
    return new TiledTree(tiles, size).prefixRoot(prefix);
  }

  /** RFC 6962 section 2.1.2: proof that the smaller tree is a prefix; empty from the empty tree. */
  public List<Hash> consistency(long smaller, long size) {
    return smaller == 0 ? List.of() : new TiledTree(tiles, size).consistency(smaller);
  }
}

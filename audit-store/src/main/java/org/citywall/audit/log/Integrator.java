// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Grows the tree behind the append, signs checkpoints and publishes both. Safe for use by several
 * threads.
 */
final class Integrator implements AutoCloseable {

  private static final long STATE_LEAVES = 1 << 20;

  private final LogFolder folder;
  private final Disk disk;
  private final NoteSigner signer;
  private final VerifierKey key;
  private final Clock clock;
  private final TileFiles tiles;
  private final TreeEdge edge;
  private final LeafQueue leaves;
  private final Recorded recorded;
  private final CheckpointHistory history;
  private volatile @Nullable Checkpoint last;
  private long stateSize;
  private long stateNanos = System.nanoTime();
  private final long stateIntervalNanos;

  Integrator(
      LogFolder folder,
      Disk disk,
      NoteSigner signer,
      Clock clock,
      LogOptions options,
      Recovered recovered,
      LeafQueue leaves) {
    this.folder = folder;
    this.disk = disk;
    this.signer = signer;
    this.key = signer.verifierKey();
    this.clock = clock;
    this.tiles = recovered.tiles();
    this.edge = recovered.edge();
    this.leaves = leaves;
    this.recorded = recovered.recorded();
    this.history = recovered.history();
    this.last = recovered.checkpoint().orElse(null);
    this.stateSize = recovered.stateSize();
    this.stateIntervalNanos = options.stateInterval().toNanos();
  }

  Optional<Checkpoint> last() {
    return Optional.ofNullable(last);
  }

  /** Whether a checkpoint would say something new. */
  boolean behind() {
    Checkpoint signed = last;
    return leaves.size() > 0 || signed == null || edge() > signed.size();
  }

  private synchronized long edge() {
    return edge.size();
  }

  /** Integrates everything durable and signs it. */
  synchronized Checkpoint sign() {
    try {
      leaves.drainTo(edge);
      storeTiles();
      Checkpoint checkpoint = signer.checkpoint(edge.size(), edge.root(), clock.instant());
      Checkpoint before = last;
      if (before != null && before.note().equals(checkpoint.note())) {
        return before;
      }
      requireConsistent(checkpoint);
      history.append(checkpoint.note());
      last = checkpoint;
      disk.replace(folder.checkpoint(), checkpoint.note().getBytes(StandardCharsets.UTF_8), false);
      if (edge.size() - stateSize >= STATE_LEAVES
          && System.nanoTime() - stateNanos >= stateIntervalNanos) {
        writeState();
      }
      return checkpoint;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "checkpoint not stored", e);
    }
  }

  private void storeTiles() throws IOException {
    for (Tile tile = edge.filled().peek(); tile != null; tile = edge.filled().peek()) {
      tiles.writeFull(tile);
      edge.filled().remove();
    }
    tiles.writePartials(edge.partials());
  }

  /** What was signed last must be a prefix of what is signed now, by the stored tiles. */
  private void requireConsistent(Checkpoint next) {
    Checkpoint before = last;
    if (before == null || before.size() == 0) {
      return;
    }
    List<Hash> proof = new TiledTree(tiles, next.size()).consistency(before.size());
    if (!Merkle.verifyConsistency(before.size(), next.size(), before.root(), next.root(), proof)) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT,
          "tree of size " + next.size() + " does not continue the checkpoint of " + before.size());
    }
  }

  /** Writes the snapshot of derived state; the tree stands at the last checkpoint. */
  synchronized void writeState() throws IOException {
    disk.replace(folder.state(), StateFile.encode(edge, recorded.encode(), signer), true);
    stateSize = edge.size();
    stateNanos = System.nanoTime();
  }

  VerifierKey key() {
    return key;
  }

  @Override
  public synchronized void close() throws IOException {
    history.close();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Opens the files of a log for writing: records, then the tree over them, then what is recorded.
 * Whatever is derived is rebuilt where it is missing; whatever was signed or acknowledged and does
 * not agree with the records stops it with {@code AUD-0013}.
 */
final class Recovery {

  private static final int BATCH = 4096;

  private final LogFolder folder;
  private final Disk disk;
  private final VerifierKey key;
  private final LogOptions options;

  Recovery(LogFolder folder, Disk disk, VerifierKey key, LogOptions options) {
    this.folder = folder;
    this.disk = disk;
    this.key = key;
    this.options = options;
  }

  Recovered recover() throws IOException {
    CheckpointHistory history = CheckpointHistory.open(folder.history(), disk);
    SegmentRecovery.Found found = null;
    try {
      Optional<Checkpoint> checkpoint = lastCheckpoint(history);
      long signed = checkpoint.map(Checkpoint::size).orElse(0L);
      long acknowledged = Math.max(signed, DurableMark.read(folder.durable()));
      found = new SegmentRecovery(folder, disk).recover(acknowledged);
      return derive(found, history, checkpoint);
    } catch (IOException | RuntimeException e) {
      history.close();
      if (found != null) {
        found.file().close();
      }
      throw e;
    }
  }

  private Optional<Checkpoint> lastCheckpoint(CheckpointHistory history) throws IOException {
    Optional<Checkpoint> last = history.last().map(note -> Checkpoint.verified(note, key));
    if (Files.exists(folder.checkpoint())) {
      Checkpoint published = Checkpoint.verified(Files.readString(folder.checkpoint()), key);
      if (last.isEmpty() || published.size() > last.get().size()) {
        throw new PlatformException(
            AuditErrorCode.LOG_CORRUPT,
            "the published checkpoint of " + published.size() + " is not in the history");
      }
    }
    return last;
  }

  private Recovered derive(
      SegmentRecovery.Found found, CheckpointHistory history, Optional<Checkpoint> checkpoint)
      throws IOException {
    TileFiles tiles = new TileFiles(folder.tiles(), disk);
    Optional<StateFile.State> state =
        tilesAgree(tiles, checkpoint) ? StateFile.read(folder.state(), key) : Optional.empty();
    TreeEdge edge = state.map(StateFile.State::edge).orElseGet(TreeEdge::new);
    Recorded recorded = new Recorded(options.recentIds());
    state.ifPresent(snapshot -> recorded.decode(snapshot.recorded()));
    long stateSize = edge.size();
    long size = found.segments().active().nextLeaf();
    if (stateSize > checkpoint.map(Checkpoint::size).orElse(0L)) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "checkpoints up to size " + stateSize + " are missing");
    }
    checkpoint.ifPresent(signed -> requireRoot(edge, signed));
    while (edge.size() < size) {
      List<StoredRecord> batch = found.segments().read(edge.size(), BATCH, size);
      for (StoredRecord entry : batch) {
        replay(entry, edge, recorded);
        checkpoint.ifPresent(signed -> requireRoot(edge, signed));
      }
      recorded.commit();
      for (Tile tile = edge.filled().poll(); tile != null; tile = edge.filled().poll()) {
        tiles.writeFull(tile);
      }
    }
    return new Recovered(
        found.segments(), found.file(), tiles, edge, recorded, history, checkpoint, stateSize);
  }

  /** A snapshot may stand for the records before it only while the tiles do so as well. */
  private static boolean tilesAgree(TileFiles tiles, Optional<Checkpoint> checkpoint) {
    try {
      return checkpoint.isEmpty()
          || new TiledTree(tiles, checkpoint.get().size()).root().equals(checkpoint.get().root());
    } catch (PlatformException e) {
      return false;
    }
  }

  private static void replay(StoredRecord entry, TreeEdge edge, Recorded recorded) {
    Envelope envelope = Envelope.decode(entry.envelope());
    edge.append(Merkle.leafHash(entry.envelope()).bytes(), 0);
    recorded.stage(Identity.of(envelope.id(), envelope.position()), entry.leaf());
  }

  private static void requireRoot(TreeEdge edge, Checkpoint signed) {
    if (edge.size() == signed.size() && !edge.root().equals(signed.root())) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT,
          "the records do not have the root that was signed at size " + signed.size());
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Opens the files of a log for writing: records, then the trees over them, then what is recorded.
 * Whatever is derived is rebuilt where it is missing; whatever was signed or acknowledged and does
 * not agree with the records stops it with {@code AUD-0013}.
 */
final class Recovery {

  private static final int BATCH = 4096;

  private final LogFolder folder;
  private final Disk disk;
  private final LogKeys keys;
  private final LogOptions options;

  Recovery(LogFolder folder, Disk disk, LogKeys keys, LogOptions options) {
    this.folder = folder;
    this.disk = disk;
    this.keys = keys;
    this.options = options;
  }

  Recovered recover() throws IOException {
    CheckpointHistory history = CheckpointHistory.open(folder.history(), disk);
    SegmentRecovery.Found found = null;
    try {
      Optional<CheckpointPair> checkpoint = lastCheckpoint(history);
      long signed = checkpoint.map(CheckpointPair::size).orElse(0L);
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

  private Optional<CheckpointPair> lastCheckpoint(CheckpointHistory history) throws IOException {
    Optional<CheckpointPair> last = history.last().isEmpty() ? Optional.empty() : last(history);
    for (TreeHash tree : keys.trees()) {
      long signed = last.flatMap(pair -> pair.of(tree)).map(Checkpoint::size).orElse(-1L);
      if (Files.exists(folder.checkpoint(tree))) {
        Checkpoint published = verified(Files.readAllBytes(folder.checkpoint(tree)), tree);
        if (published.size() > signed) {
          throw new PlatformException(
              AuditErrorCode.LOG_CORRUPT,
              "the published checkpoint of " + published.size() + " is not in the history");
        }
      }
    }
    return last;
  }

  private Optional<CheckpointPair> last(CheckpointHistory history) {
    List<String> notes = history.last();
    if (notes.size() > keys.trees().size()) {
      throw new PlatformException(
          AuditErrorCode.NOTE_UNTRUSTED, "the log has a tree for which there is no key");
    }
    Checkpoint sha256 = verified(notes.getFirst(), TreeHash.SHA_256);
    Checkpoint sm3 = notes.size() == 1 ? null : verified(notes.getLast(), TreeHash.SM3);
    if (sm3 != null && sm3.size() != sha256.size()) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "the last checkpoint's notes are of different sizes");
    }
    return Optional.of(new CheckpointPair(sha256, sm3));
  }

  private Checkpoint verified(byte[] note, TreeHash tree) {
    return verified(new String(note, StandardCharsets.UTF_8), tree);
  }

  private Checkpoint verified(String note, TreeHash tree) {
    return Checkpoint.verified(note, keys.of(tree).orElseThrow().verifierKey());
  }

  private Recovered derive(
      SegmentRecovery.Found found, CheckpointHistory history, Optional<CheckpointPair> checkpoint)
      throws IOException {
    List<TileFiles> tiles =
        keys.trees().stream().map(hash -> new TileFiles(folder, hash, disk)).toList();
    Optional<StateFile.State> state =
        tiles.stream().allMatch(tree -> tilesAgree(tree, checkpoint))
            ? StateFile.read(folder.state(), keys.sha256().verifierKey(), keys.trees())
            : Optional.empty();
    List<LogTree> trees = new ArrayList<>();
    for (int i = 0; i < tiles.size(); i++) {
      TileFiles files = tiles.get(i);
      trees.add(
          new LogTree(
              state.isPresent() ? state.get().edges().get(i) : new TreeEdge(files.hash()), files));
    }
    Recorded recorded = new Recorded(options.recentIds());
    state.ifPresent(snapshot -> recorded.decode(snapshot.recorded()));
    long stateSize = trees.getFirst().edge().size();
    if (stateSize > checkpoint.map(CheckpointPair::size).orElse(0L)) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "checkpoints up to size " + stateSize + " are missing");
    }
    replay(found.segments(), trees, recorded, checkpoint);
    return new Recovered(
        found.segments(), found.file(), trees, recorded, history, checkpoint, stateSize);
  }

  /** A snapshot may stand for the records before it only while the tiles do so as well. */
  private static boolean tilesAgree(TileFiles tiles, Optional<CheckpointPair> last) {
    if (last.isEmpty()) {
      return true;
    }
    try {
      Optional<Checkpoint> signed = last.get().of(tiles.hash());
      return signed.isPresent()
          && new TiledTree(tiles, signed.get().size()).root().equals(signed.get().root());
    } catch (PlatformException e) {
      return false;
    }
  }

  private static void replay(
      Segments segments,
      List<LogTree> trees,
      Recorded recorded,
      Optional<CheckpointPair> checkpoint)
      throws IOException {
    List<TreeHasher> hashers = trees.stream().map(tree -> tree.hash().hasher()).toList();
    byte[] hash = new byte[Hash.BYTES];
    long size = segments.active().nextLeaf();
    long next = trees.getFirst().edge().size();
    requireRoots(trees, checkpoint);
    while (next < size) {
      for (StoredRecord entry : segments.read(next, BATCH, size)) {
        Envelope envelope = Envelope.decode(entry.envelope());
        for (int i = 0; i < trees.size(); i++) {
          hashers.get(i).leaf(entry.envelope(), hash, 0);
          trees.get(i).edge().append(hash, 0);
        }
        recorded.stage(Identity.of(envelope.id(), envelope.position()), entry.leaf());
        requireRoots(trees, checkpoint);
        next++;
      }
      recorded.commit();
      for (LogTree tree : trees) {
        tree.storeFilled();
      }
    }
  }

  private static void requireRoots(List<LogTree> trees, Optional<CheckpointPair> signed) {
    signed.ifPresent(
        pair -> trees.forEach(tree -> pair.of(tree.hash()).ifPresent(tree::requireRoot)));
  }
}

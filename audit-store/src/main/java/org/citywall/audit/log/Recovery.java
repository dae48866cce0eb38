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
import org.citywall.audit.event.EntryKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the files of a log for writing: records, then the trees over them, then what is recorded.
 * Whatever is derived is rebuilt where it is missing; whatever was signed or acknowledged and does
 * not agree with the records stops it with {@code AUD-0013}.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int BATCH = 4096;

  private final LogFolder folder;
  private final Disk disk;
  private final LogKeys given;
  private final LogOptions options;
  private LogFormat format;

  /**
   * @param format what the log says of itself; an announced key that it does not name yet is added
   */
  Recovery(LogFolder folder, Disk disk, LogKeys given, LogFormat format, LogOptions options) {
    this.folder = folder;
    this.disk = disk;
    this.given = given;
    this.format = format;
    this.options = options;
  }

  Recovered recover() throws IOException {
    given.arranged(format);
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
    for (TreeHash tree : format.trees()) {
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
    if (notes.size() > format.trees().size()) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "the log has a checkpoint of a tree that it does not state");
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
    long size = Checkpoint.parse(note).size();
    return Checkpoint.verified(note, format.keyAt(tree, size));
  }

  private Recovered derive(
      SegmentRecovery.Found found, CheckpointHistory history, Optional<CheckpointPair> checkpoint)
      throws IOException {
    List<TileFiles> tiles =
        given.trees().stream().map(hash -> new TileFiles(folder, hash, disk)).toList();
    Optional<StateFile.State> state = StateFile.read(folder.state(), format, given.trees());
    if (state.isPresent() && !tilesAgree(tiles, state.get(), checkpoint)) {
      LOG.atWarn().log("tiles are missing or damaged and are made again from the records");
      // It says that tiles are durable which are about to be written again.
      disk.delete(folder.state());
      state = Optional.empty();
    }
    List<LogTree> trees = trees(tiles, state);
    Recorded recorded = new Recorded(options.recentIds());
    state.ifPresent(snapshot -> recorded.decode(snapshot.recorded()));
    long stateSize = trees.getFirst().edge().size();
    if (stateSize > checkpoint.map(CheckpointPair::size).orElse(0L)) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "checkpoints up to size " + stateSize + " are missing");
    }
    requireAnnouncements(found.segments());
    replay(found.segments(), trees, recorded, checkpoint);
    LogKeys keys = given.arranged(format);
    requireBothKeysOfAChange(keys, checkpoint.map(CheckpointPair::size).orElse(0L));
    return new Recovered(
        found.segments(),
        found.file(),
        trees,
        recorded,
        history,
        checkpoint,
        format,
        keys,
        stateSize,
        state.map(StateFile.State::forced).orElse(0L));
  }

  private static List<LogTree> trees(List<TileFiles> tiles, Optional<StateFile.State> state) {
    List<LogTree> trees = new ArrayList<>();
    for (int i = 0; i < tiles.size(); i++) {
      TileFiles files = tiles.get(i);
      trees.add(
          new LogTree(
              state.isPresent() ? state.get().edges().get(i) : new TreeEdge(files.hash()), files));
    }
    return trees;
  }

  /**
   * The first checkpoint that covers the announcement of a key is signed by the one before, too.
   */
  private void requireBothKeysOfAChange(LogKeys keys, long signed) {
    for (TreeHash tree : format.trees()) {
      VerifierKey before = format.keyAt(tree, signed);
      boolean isGiven = keys.retiring().stream().anyMatch(key -> key.verifierKey().equals(before));
      if (!before.equals(format.key(tree)) && !isGiven) {
        throw new PlatformException(
            AuditErrorCode.NOTE_UNTRUSTED, "the change of keys is to be signed by " + before);
      }
    }
  }

  /** A snapshot may stand for the records before it only while the tiles do so as well. */
  private static boolean tilesAgree(
      List<TileFiles> tiles, StateFile.State state, Optional<CheckpointPair> last) {
    return tiles.stream().allMatch(tree -> tilesAgree(tree, last))
        && trees(tiles, Optional.of(state)).stream()
            .allMatch(tree -> tree.hasItsTiles(state.forced()));
  }

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

  private void replay(
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
        if (envelope.kind() == EntryKind.CONTROL && entry.key() == 0) {
          noteChange(entry);
        }
        requireRoots(trees, checkpoint);
        next++;
      }
      recorded.commit();
      for (LogTree tree : trees) {
        tree.storeFilled();
      }
    }
  }

  /** Every key but the first of its tree must stand in the entry that the format names for it. */
  private void requireAnnouncements(Segments segments) {
    long size = segments.active().nextLeaf();
    for (LogFormat.KeyPeriod period : format.periods()) {
      long leaf = period.leaf();
      boolean announced =
          leaf == LogFormat.KeyPeriod.FIRST
              || leaf < size
                  && change(segments.read(leaf, 1, size).getFirst())
                      .filter(change -> change.leaf() == leaf)
                      .filter(change -> change.after().equals(period.key()))
                      .isPresent();
      if (!announced) {
        throw new PlatformException(
            AuditErrorCode.NOTE_UNTRUSTED, "no entry announces the key " + period.key());
      }
    }
  }

  private Optional<KeyChange> change(StoredRecord entry) {
    try {
      LoggedEntry opened = entry.open(new OpenedKeys(folder.keyRing(), null));
      return KeyChange.of(opened.kind(), opened.event());
    } catch (PlatformException e) {
      // Whatever it is, it changes no key.
      return Optional.empty();
    }
  }

  /** A crash may have come between the announcement of a key and the format file. */
  private void noteChange(StoredRecord entry) throws IOException {
    Optional<KeyChange> change = change(entry);
    if (change.isPresent() && format.isAnnouncedBy(change.get(), entry.leaf())) {
      format = format.changed(change.get().after(), entry.leaf());
      FormatFile.write(folder, format, disk);
    }
  }

  private static void requireRoots(List<LogTree> trees, Optional<CheckpointPair> signed) {
    signed.ifPresent(
        pair -> trees.forEach(tree -> pair.of(tree.hash()).ifPresent(tree::requireRoot)));
  }
}

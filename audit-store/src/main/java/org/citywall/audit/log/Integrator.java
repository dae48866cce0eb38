// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grows the trees behind the append, signs checkpoints and publishes both. Safe for use by several
 * threads.
 */
final class Integrator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Integrator.class);
  private static final long STATE_LEAVES = 1 << 20;

  private final LogFolder folder;
  private final Disk disk;
  private final CheckpointSigner signer;
  private final Clock clock;
  private final List<LogTree> trees;
  private final LeafQueue leaves;
  private final Recorded recorded;
  private final CheckpointHistory history;
  private LogFormat format;
  private @Nullable PlatformException broken;
  private volatile @Nullable CheckpointPair last;
  private long stateSize;
  private long forcedSize;
  private long stateNanos = System.nanoTime();
  private final long stateIntervalNanos;

  Integrator(
      LogFolder folder,
      Disk disk,
      CheckpointSigner signer,
      Clock clock,
      LogOptions options,
      Recovered recovered,
      LeafQueue leaves)
      throws IOException {
    this.folder = folder;
    this.disk = disk;
    this.signer = signer;
    this.clock = clock;
    this.trees = recovered.trees();
    this.format = recovered.format();
    this.leaves = leaves;
    this.recorded = recovered.recorded();
    this.history = recovered.history();
    this.last = recovered.checkpoint().orElse(null);
    this.stateSize = recovered.stateSize();
    this.forcedSize = recovered.forcedSize();
    this.stateIntervalNanos = options.stateInterval().toNanos();
    // A crash may have come between storing a pair and publishing it.
    if (last != null) {
      publish(last);
    }
  }

  Optional<CheckpointPair> last() {
    return Optional.ofNullable(last);
  }

  /** Whether a checkpoint would say something new. */
  boolean behind() {
    CheckpointPair signed = last;
    return leaves.size() > 0
        || signed == null
        || size() > signed.size()
        || trees.size() > 1 && signed.sm3() == null;
  }

  private synchronized long size() {
    return trees.getFirst().edge().size();
  }

  /** Appends the entry by which a key takes the place of another, and answers with its leaf. */
  interface Announcement {
    long make(NoteSigner before, long leaf);
  }

  /** Takes another key; nothing may be appended meanwhile but the announcement. */
  synchronized long changeKey(NoteSigner next, Announcement announcement) {
    VerifierKey key = next.verifierKey();
    NoteSigner before =
        signer
            .keys()
            .of(key.treeHash())
            .filter(signs -> signs.name().equals(next.name()))
            .filter(signs -> format.periods().stream().noneMatch(p -> p.key().equals(key)))
            .orElseThrow(() -> new IllegalArgumentException("not a next key of this log: " + key));
    sign();
    long leaf = announcement.make(before, size());
    try {
      LogFormat changed = format.changed(key, leaf);
      FormatFile.write(folder, changed, disk);
      format = changed;
      signer.use(signer.keys().changedTo(next));
      sign();
      writeState();
      return leaf;
    } catch (IOException | RuntimeException e) {
      // The old key must not sign behind the announcement: only opening the log again goes on.
      broken = new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "key half changed", e);
      throw broken;
    }
  }

  /** Whether nothing can be signed until the log is opened again. */
  synchronized boolean isBroken() {
    return broken != null;
  }

  /** Integrates everything durable and signs it. */
  synchronized CheckpointPair sign() {
    if (broken != null) {
      throw broken;
    }
    try {
      leaves.drainTo(trees);
      for (LogTree tree : trees) {
        tree.storeFilled();
        tree.storePartials();
      }
      CheckpointPair pair = signed(clock.instant());
      CheckpointPair before = last;
      if (before != null && isRepetition(pair, before)) {
        return before;
      }
      requireContinuity(before);
      history.append(pair);
      last = pair;
      publish(pair);
      if (size() - stateSize >= STATE_LEAVES
          && System.nanoTime() - stateNanos >= stateIntervalNanos) {
        writeState();
      }
      return pair;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "checkpoint not stored", e);
    }
  }

  private CheckpointPair signed(Instant now) {
    Checkpoint sha256 = signer.sign(trees.getFirst(), now);
    return new CheckpointPair(sha256, trees.size() == 1 ? null : signer.sign(trees.getLast(), now));
  }

  /** Signatures by SM2 differ each time, those by Ed25519 do not: the first note tells. */
  private static boolean isRepetition(CheckpointPair pair, CheckpointPair before) {
    return before.sha256().note().equals(pair.sha256().note())
        && (before.sm3() == null) == (pair.sm3() == null);
  }

  private void requireContinuity(@Nullable CheckpointPair before) {
    if (before != null) {
      for (LogTree tree : trees) {
        before.of(tree.hash()).ifPresent(tree::requireContinues);
      }
    }
  }

  /** The copy for foreign tools last: whoever sees a new one there finds its partner. */
  private void publish(CheckpointPair pair) throws IOException {
    for (TreeHash hash : List.of(TreeHash.SM3, TreeHash.SHA_256)) {
      Optional<Checkpoint> checkpoint = pair.of(hash);
      if (checkpoint.isPresent()) {
        publish(folder.checkpoint(hash), checkpoint.get());
      }
    }
  }

  private void publish(Path file, Checkpoint checkpoint) throws IOException {
    byte[] bytes = checkpoint.note().getBytes(StandardCharsets.UTF_8);
    disk.replace(file, bytes, false);
  }

  /**
   * Writes the snapshot of derived state; the trees stand at the last checkpoint. Tiles are forced
   * one snapshot later: by then the machine has written them by itself, and it costs little.
   */
  synchronized void writeState() throws IOException {
    forceTiles();
    List<TreeEdge> edges = trees.stream().map(LogTree::edge).toList();
    byte[] state = StateFile.encode(edges, forcedSize, recorded.encode(), signer.keys().sha256());
    disk.replace(folder.state(), state, true);
    stateSize = size();
    stateNanos = System.nanoTime();
  }

  private void forceTiles() throws IOException {
    try {
      for (LogTree tree : trees) {
        tree.tiles().force(forcedSize, stateSize);
      }
      forcedSize = stateSize;
    } catch (NoSuchFileException e) {
      // Somebody took a tile away: the next opening compares from the older size and makes it
      // again.
      LOG.atWarn().addKeyValue("file", e.getFile()).log("a tile of the log is gone");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    history.close();
  }
}

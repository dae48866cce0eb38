// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** The evidence log in files, read while another process may be writing it. */
final class ReadOnlyLog implements LogReader {

  private static final long MIN_POLL_MILLIS = 2;
  private static final long MAX_POLL_MILLIS = 50;
  private static final int ATTEMPTS = 100;

  private final LogFolder folder;
  private final Segments segments;
  private final OpenedKeys keys;
  private final Prover prover;
  private LogFormat format;
  private final Map<TreeHash, Checkpoint> seen = new EnumMap<>(TreeHash.class);
  private boolean closed;

  ReadOnlyLog(LogFolder folder, OpenedKeys keys) throws IOException {
    this.folder = folder;
    this.format = FormatFile.read(folder);
    TreeMap<Long, Path> files = Segments.list(folder);
    long durable = DurableMark.read(folder.durable());
    Map.Entry<Long, Path> file = files.floorEntry(Math.max(0, durable - 1));
    if (file == null) {
      throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "no segment holds leaf 0");
    }
    this.segments = new Segments(folder, new ActiveSegment(file.getValue(), file.getKey()));
    this.keys = keys;
    this.prover =
        new Prover(
            segments,
            keys,
            Stream.of(TreeHash.values())
                .map(tree -> new TileFiles(folder, tree, Disk.REAL))
                .toList());
  }

  @Override
  public synchronized long size() {
    try {
      long durable = DurableMark.read(folder.durable());
      // After a power cut the mark may lag behind what was signed.
      long signed = published(TreeHash.SHA_256).map(Checkpoint::size).orElse(0L);
      return catchUp(Math.max(durable, signed));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "size of the log", e);
    }
  }

  private long catchUp(long durable) throws IOException {
    ActiveSegment active = segments.active();
    while (active.nextLeaf() < durable) {
      walk(active, durable);
      if (active.nextLeaf() < durable) {
        Path next = folder.segment(active.nextLeaf());
        if (active.nextLeaf() == active.firstLeaf() || !Files.exists(next)) {
          throw new PlatformException(
              AuditErrorCode.LOG_CORRUPT,
              "the record of leaf " + active.nextLeaf() + " is missing");
        }
        active = new ActiveSegment(next, active.nextLeaf());
        segments.activate(active);
      }
    }
    return active.nextLeaf();
  }

  private static void walk(ActiveSegment active, long durable) throws IOException {
    try (RecordCursor cursor =
        new RecordCursor(
            active.file(), active.end(), active.nextLeaf(), (durable - active.nextLeaf()) << 10)) {
      long before = cursor.position();
      while (cursor.leaf() < durable && cursor.next() != null) {
        active.add((int) (cursor.position() - before));
        before = cursor.position();
      }
    }
  }

  @Override
  public List<LoggedEntry> read(long fromLeaf, int max) {
    return Reading.entries(segments, keys, fromLeaf, max, size());
  }

  @Override
  public LoggedEntry read(long leaf) {
    return Reading.entry(segments, keys, leaf, size());
  }

  @Override
  public boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long pause = MIN_POLL_MILLIS;
    while (size() <= size) {
      long left = deadline - System.nanoTime();
      synchronized (this) {
        if (left <= 0 || closed) {
          return false;
        }
        wait(Math.clamp(left / 1_000_000, 1, pause));
      }
      pause = Math.min(MAX_POLL_MILLIS, pause * 2);
    }
    return true;
  }

  @Override
  public synchronized Optional<Checkpoint> checkpoint() {
    try {
      return published(TreeHash.SHA_256);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoint", e);
    }
  }

  @Override
  public synchronized Optional<CheckpointPair> checkpoints() {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<Checkpoint> sha256 = published(TreeHash.SHA_256);
        Optional<Checkpoint> sm3 = published(TreeHash.SM3);
        if (sha256.isEmpty() && sm3.isEmpty()) {
          return Optional.empty();
        }
        if (sha256.isPresent() && arePair(sha256.get(), sm3)) {
          return Optional.of(new CheckpointPair(sha256.get(), sm3.orElse(null)));
        }
        // A writer replaces one file after the other.
        wait(MIN_POLL_MILLIS);
      }
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoint", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new PlatformException(AuditErrorCode.CHECKPOINT_HALF, "only one note can be seen");
  }

  private boolean arePair(Checkpoint sha256, Optional<Checkpoint> sm3) {
    return sm3.isPresent() ? sm3.get().size() == sha256.size() : format.trees().size() == 1;
  }

  /** The published checkpoint of this tree, checked with the key that the log states for it. */
  private Optional<Checkpoint> published(TreeHash tree) throws IOException {
    String note;
    try {
      note = new String(Files.readAllBytes(folder.checkpoint(tree)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Checkpoint known = seen.get(tree);
    if (known != null && known.note().equals(note)) {
      return Optional.of(known);
    }
    Checkpoint checkpoint = verified(note, tree);
    seen.put(tree, checkpoint);
    return Optional.of(checkpoint);
  }

  private Checkpoint verified(String note, TreeHash tree) throws IOException {
    try {
      return Checkpoint.verified(note, format.key(tree));
    } catch (NoSuchElementException | PlatformException e) {
      // The writer may have changed its keys since the log was opened here.
      format = FormatFile.read(folder);
      return Checkpoint.verified(note, format.key(tree));
    }
  }

  @Override
  public EntryProof prove(long leaf) {
    return prove(leaf, TreeHash.SHA_256);
  }

  @Override
  public EntryProof prove(long leaf, TreeHash tree) {
    Optional<Checkpoint> last =
        tree == TreeHash.SHA_256 ? checkpoint() : checkpoints().flatMap(pair -> pair.of(tree));
    return prover.prove(leaf, size(), tree, last);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}

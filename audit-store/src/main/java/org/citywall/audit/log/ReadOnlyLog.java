// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** The evidence log in files, read while another process may be writing it. */
final class ReadOnlyLog implements LogReader {

  private static final long MIN_POLL_MILLIS = 2;
  private static final long MAX_POLL_MILLIS = 50;

  private final LogFolder folder;
  private final VerifierKey key;
  private final Segments segments;
  private final Prover prover;
  private @Nullable Checkpoint last;
  private boolean closed;

  ReadOnlyLog(LogFolder folder) throws IOException {
    this.folder = folder;
    this.key = FormatFile.read(folder);
    TreeMap<Long, Path> files = Segments.list(folder);
    long durable = DurableMark.read(folder.durable());
    Map.Entry<Long, Path> file = files.floorEntry(Math.max(0, durable - 1));
    if (file == null) {
      throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "no segment holds leaf 0");
    }
    this.segments = new Segments(folder, new ActiveSegment(file.getValue(), file.getKey()));
    this.prover = new Prover(segments, new TileFiles(folder.tiles(), Disk.REAL));
  }

  @Override
  public synchronized long size() {
    try {
      long durable = DurableMark.read(folder.durable());
      // After a power cut the mark may lag behind what was signed.
      long signed = checkpoint().map(Checkpoint::size).orElse(0L);
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
    return Reading.entries(segments, fromLeaf, max, size());
  }

  @Override
  public LoggedEntry read(long leaf) {
    return Reading.entry(segments, leaf, size());
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
      String note = Files.readString(folder.checkpoint());
      if (last == null || !last.note().equals(note)) {
        last = Checkpoint.verified(note, key);
      }
      return Optional.of(last);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "checkpoint", e);
    }
  }

  @Override
  public EntryProof prove(long leaf) {
    return prover.prove(leaf, size(), checkpoint());
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}

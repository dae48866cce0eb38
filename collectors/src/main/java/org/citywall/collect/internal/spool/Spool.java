// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.SpoolStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue on disk, in the format of the package documentation. Many threads append, one
 * thread reads and commits. One writer thread forces whatever has gathered while it forced the
 * batch before (group commit). When the disk refuses, the writer tries again each second and
 * nothing is acknowledged meanwhile.
 */
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final int MAX_PENDING_BYTES = 4 << 20;
  private static final int SEGMENTS = 16;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final SpoolFolder folder;
  private final PositionFile positionFile;
  private final long capacity;
  private final long segmentBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final SpoolReader reader;
  private final Thread writer;

  private PendingRecords pending = new PendingRecords();
  private PendingRecords spare = new PendingRecords();
  private long writingBytes;
  private long nextIndex;
  private long durable;
  private long committed;
  private boolean closing;
  private boolean writerDone;
  private boolean open;
  private @Nullable String failure;

  private Spool(SpoolFolder folder, PositionFile positionFile, long capacity) throws IOException {
    this.folder = folder;
    this.positionFile = positionFile;
    this.capacity = capacity;
    this.segmentBytes = Math.max(4096, capacity / SEGMENTS);
    this.segments.addAll(folder.recover());
    long position = positionFile.read();
    durable = segments.isEmpty() ? position : segments.getLast().endIndex();
    nextIndex = durable;
    committed = segments.isEmpty() ? position : Math.max(position, segments.getFirst().firstIndex);
    if (committed > durable) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "the position lies behind the last record");
    }
    reader = new SpoolReader(committed);
    dropCommitted();
    if (!segments.isEmpty()) {
      reader.seek(segments.getFirst(), committed);
    }
    segments.addLast(Segment.create(folder.path(), nextIndex));
    folder.force();
    open = true;
    writer = Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::writeUntilClosed);
  }

  /**
   * Opens the spool in this folder, made when absent.
   *
   * @param capacityBytes bytes on disk at which it counts as full, at least 64 KiB
   */
  public static Spool open(Path path, long capacityBytes) {
    if (capacityBytes < 1 << 16) {
      throw new PlatformException(
          CollectErrorCode.CONFIG_INVALID, "a spool needs a capacity of 64 KiB or more");
    }
    try {
      SpoolFolder folder = SpoolFolder.lock(path);
      try {
        Spool spool = new Spool(folder, PositionFile.open(path), capacityBytes);
        spool.writer.start();
        return spool;
      } catch (IOException | RuntimeException e) {
        folder.unlock();
        throw e;
      }
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_READ_FAILED, "the spool cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Appends these payloads in order, waiting while the spool is full.
   *
   * @return what {@link #awaitDurable} waits for
   */
  public long append(List<byte[]> payloads) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long size = storedSize(payloads);
      while (!closing && !hasRoom(size)) {
        changed.await();
      }
      return add(payloads);
    } finally {
      lock.unlock();
    }
  }

  /** Appends all of these payloads, or none and answers empty when they do not fit now. */
  public OptionalLong tryAppend(List<byte[]> payloads) {
    lock.lock();
    try {
      return closing || hasRoom(storedSize(payloads))
          ? OptionalLong.of(add(payloads))
          : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when everything before this ticket survives a crash. */
  public void awaitDurable(long ticket) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (durable < ticket) {
        if (writerDone) {
          throw closed();
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next records in order, after waiting for the first one; empty when the time is over. Each
   * call goes on where the last one ended. For one thread.
   */
  public List<Spooled> read(int max, Duration atMost) throws InterruptedException {
    try {
      Segment segment = awaitReadable(atMost);
      return segment == null ? List.of() : reader.read(segment, max);
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_READ_FAILED, "record " + reader.index() + ": " + e, e);
    }
  }

  /** Says that all records before this index are in the log and may be forgotten. */
  public void commit(long index) {
    lock.lock();
    try {
      committed = index;
      positionFile.write(index);
      dropCommitted();
    } catch (IOException e) {
      // Harmless: the records are offered to the log again after a restart.
      LOG.atWarn().setCause(e).log("spool position cannot be written");
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  public SpoolStatus status() {
    lock.lock();
    try {
      return new SpoolStatus(
          nextIndex - committed, bytes(), capacity, Optional.ofNullable(failure));
    } finally {
      lock.unlock();
    }
  }

  /** Refuses more from now on and returns when what was appended is durable, or cannot be. */
  public void drain() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
      while (!writerDone) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what was appended, then refuses more. */
  @Override
  public void close() {
    drain();
    try {
      writer.join();
      for (Segment segment : segments) {
        segment.close();
      }
      positionFile.close();
      folder.unlock();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("spool cannot be closed in order");
    }
  }

  private long add(List<byte[]> payloads) {
    if (closing) {
      throw closed();
    }
    for (byte[] payload : payloads) {
      pending.add(nextIndex++, payload);
    }
    changed.signalAll();
    return nextIndex;
  }

  private boolean hasRoom(long more) {
    boolean buffered = pending.length() < MAX_PENDING_BYTES;
    // A batch beyond the capacity itself could never fit: it may enter an empty spool.
    return buffered && (bytes() + more <= capacity || committed == nextIndex);
  }

  private long bytes() {
    long sum = pending.length() + writingBytes;
    for (Segment segment : segments) {
      sum += segment.endIndex() > committed ? segment.durableBytes() : 0;
    }
    return sum;
  }

  private static long storedSize(List<byte[]> payloads) {
    long size = 0;
    for (byte[] payload : payloads) {
      size += Segment.RECORD_HEADER + payload.length;
    }
    return size;
  }

  private @Nullable Segment awaitReadable(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (reader.index() >= durable) {
        if (nanos <= 0) {
          return null;
        }
        nanos = changed.awaitNanos(nanos);
      }
      for (Segment segment : segments) {
        if (reader.index() < segment.endIndex()) {
          if (reader.index() == segment.firstIndex) {
            reader.nextSegment();
          }
          return segment;
        }
      }
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "record " + reader.index() + " is in no segment");
    } finally {
      lock.unlock();
    }
  }

  private void dropCommitted() throws IOException {
    int keep = open ? 1 : 0;
    while (segments.size() > keep && segments.getFirst().endIndex() <= committed) {
      segments.removeFirst().delete();
    }
  }

  private void writeUntilClosed() {
    try {
      while (writeOnce()) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.lock();
      closing = true;
      writerDone = true;
      changed.signalAll();
      lock.unlock();
    }
  }

  /** Writes one batch; false when the spool is closed and nothing is left. */
  private boolean writeOnce() throws InterruptedException {
    PendingRecords batch;
    lock.lockInterruptibly();
    try {
      while (pending.count() == 0) {
        if (closing) {
          return false;
        }
        changed.await();
      }
      batch = pending;
      pending = spare;
      writingBytes = batch.length();
    } finally {
      lock.unlock();
    }
    if (!write(batch)) {
      return false;
    }
    lock.lock();
    try {
      segments.getLast().appended(batch.length(), batch.count());
      durable += batch.count();
      writingBytes = 0;
      batch.clear();
      spare = batch;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Writes and forces a batch, however often it takes; false when closed meanwhile. */
  private boolean write(PendingRecords batch) throws InterruptedException {
    boolean broken = false;
    while (true) {
      try {
        if (broken) {
          active().restore();
        }
        rollWhenFull();
        active().append(batch.view());
        report(null);
        return true;
      } catch (IOException e) {
        broken = true;
        report(CollectErrorCode.SPOOL_WRITE_FAILED.id() + " " + e.getMessage());
        LOG.atError().setCause(e).log("spool cannot be written, trying again");
      }
      if (waitedOrClosed()) {
        return false;
      }
    }
  }

  private boolean waitedOrClosed() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = RETRY.toNanos();
      while (nanos > 0 && !closing) {
        nanos = changed.awaitNanos(nanos);
      }
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void rollWhenFull() throws IOException {
    Segment full = active();
    if (full.durableBytes() >= segmentBytes) {
      Segment next = Segment.create(folder.path(), full.endIndex());
      folder.force();
      lock.lock();
      try {
        segments.addLast(next);
        dropCommitted();
      } finally {
        lock.unlock();
      }
    }
  }

  private Segment active() {
    lock.lock();
    try {
      return segments.getLast();
    } finally {
      lock.unlock();
    }
  }

  private void report(@Nullable String problem) {
    lock.lock();
    failure = problem;
    lock.unlock();
  }

  private static PlatformException closed() {
    return new PlatformException(CollectErrorCode.COLLECTOR_CLOSED, "the spool is closed");
  }
}

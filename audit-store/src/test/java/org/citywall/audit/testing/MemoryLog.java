// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;

/**
 * An evidence log that lives in memory, for tests of what stands on it. It keeps the log's promises
 * about order, idempotence and waiting, and remembers every id. Safe for use by several threads.
 */
public final class MemoryLog implements EvidenceLog {

  private record Stream(String source, long epoch) {}

  private final List<LoggedEntry> entries = new ArrayList<>();
  private final Map<EventId, Long> leaves = new HashMap<>();
  private final Map<Stream, Long> marks = new HashMap<>();
  private boolean refusing;
  private boolean closed;

  /** Lets every append fail as on a full disk, until it is switched off again. */
  public synchronized void refuseAppends(boolean refuse) {
    refusing = refuse;
  }

  @Override
  public synchronized long[] append(List<Entry> batch) {
    requireOpen();
    if (refusing) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "told to refuse appends");
    }
    long[] answer = new long[batch.size()];
    for (int i = 0; i < answer.length; i++) {
      answer[i] = append(batch.get(i));
    }
    notifyAll();
    return answer;
  }

  private long append(Entry entry) {
    Event event = entry.event();
    Long known = leaves.get(event.id());
    if (known != null) {
      return known;
    }
    SourcePosition position = event.position();
    if (event.id().equals(EventId.of(position))) {
      Stream stream = new Stream(position.source(), position.epoch());
      if (position.sequence() <= marks.getOrDefault(stream, 0L)) {
        return RECORDED_BEFORE;
      }
      marks.put(stream, position.sequence());
    }
    long leaf = entries.size();
    // Decoding what was encoded keeps a test from passing on an event that the file could not hold.
    entries.add(new LoggedEntry(leaf, entry.kind(), Event.decode(event.encode())));
    leaves.put(event.id(), leaf);
    return leaf;
  }

  @Override
  public synchronized long size() {
    return entries.size();
  }

  @Override
  public synchronized List<LoggedEntry> read(long fromLeaf, int max) {
    if (fromLeaf < 0) {
      throw new PlatformException(AuditErrorCode.LEAF_OUT_OF_RANGE, "leaf " + fromLeaf);
    }
    int from = (int) Math.min(fromLeaf, entries.size());
    int to = (int) Math.min((long) from + max, entries.size());
    return List.copyOf(entries.subList(from, to));
  }

  @Override
  public synchronized LoggedEntry read(long leaf) {
    if (leaf < 0 || leaf >= entries.size()) {
      throw new PlatformException(AuditErrorCode.LEAF_OUT_OF_RANGE, "leaf " + leaf);
    }
    return entries.get((int) leaf);
  }

  @Override
  public synchronized boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (entries.size() <= size) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || closed) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return Optional.empty();
  }

  @Override
  public EntryProof prove(long leaf) {
    throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "leaf " + leaf);
  }

  @Override
  public Checkpoint signCheckpoint() {
    throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "no signer");
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void requireOpen() {
    if (closed) {
      throw new PlatformException(AuditErrorCode.LOG_CLOSED, "closed");
    }
  }
}

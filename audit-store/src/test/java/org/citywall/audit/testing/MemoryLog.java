// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.time.Duration;
import java.time.Instant;
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
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * An evidence log that lives in memory, for tests of what stands on it. It keeps the log's promises
 * about order, idempotence and waiting, and remembers every id. Safe for use by several threads.
 */
public final class MemoryLog implements EvidenceLog {

  private static final Instant SIGNED_AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] SALT = new byte[Hash.BYTES];

  private record Stream(String source, long epoch) {}

  private final List<LoggedEntry> entries = new ArrayList<>();
  private final Map<EventId, Long> leaves = new HashMap<>();
  private final Map<Stream, Long> marks = new HashMap<>();
  private final NoteSigner signer = new NoteSigner("memory.example/log", new KeyInMemory());
  private @Nullable Checkpoint checkpoint;
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
  public synchronized Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  @Override
  public synchronized Checkpoint signCheckpoint() {
    checkpoint = signer.checkpoint(entries.size(), root(0, entries.size()), SIGNED_AT);
    return checkpoint;
  }

  @Override
  public synchronized EntryProof prove(long leaf) {
    read(leaf);
    Checkpoint signed = checkpoint;
    if (signed == null || leaf >= signed.size()) {
      throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "leaf " + leaf);
    }
    byte[] payload = payload((int) leaf);
    return new EntryProof(
        leaf, envelope((int) leaf), SALT.clone(), payload, path(leaf, 0, signed.size()), signed);
  }

  /** What checks this log's checkpoints. */
  public VerifierKey verifierKey() {
    return signer.verifierKey();
  }

  private byte[] payload(int leaf) {
    return entries.get(leaf).event().encode();
  }

  private byte[] envelope(int leaf) {
    LoggedEntry entry = entries.get(leaf);
    return Envelope.of(new Entry(entry.kind(), entry.event()), SALT, payload(leaf)).encode();
  }

  private Hash root(long from, long to) {
    if (from == to) {
      return Merkle.EMPTY_ROOT;
    }
    if (to - from == 1) {
      return Merkle.leafHash(envelope((int) from));
    }
    long middle = from + Merkle.split(to - from);
    return Merkle.nodeHash(root(from, middle), root(middle, to));
  }

  private List<Hash> path(long leaf, long from, long to) {
    if (to - from == 1) {
      return new ArrayList<>();
    }
    long middle = from + Merkle.split(to - from);
    List<Hash> path = leaf < middle ? path(leaf, from, middle) : path(leaf, middle, to);
    path.add(leaf < middle ? root(middle, to) : root(from, middle));
    return path;
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

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.MerkleRange;
import org.citywall.audit.log.StoredEntry;

/**
 * An evidence log that another process keeps and serves. It checks what it is given (see the
 * package documentation) and repeats what got no answer. What it may do depends on its certificate:
 * {@code AUD-0102} otherwise. Failures beside those of a log of one's own: {@code AUD-0100} where
 * the store does not answer, {@code AUD-0101} where the certificates do not fit, {@code AUD-0109}
 * where it stays busy, {@code AUD-0110} where a batch is too large for it.
 */
public final class RemoteLog implements EvidenceLog {

  private static final Duration LONGEST_POLL = Duration.ofSeconds(20);
  private static final Duration RETRY = Duration.ofMillis(250);

  private final StoreConnection connection;
  private final TrustedHead head;
  private final StorePages pages;
  private final DestructionClaims claims;

  private RemoteLog(StoreConnection connection, TrustedHead head) {
    this.connection = connection;
    this.head = head;
    this.pages = new StorePages(connection, head);
    this.claims = new DestructionClaims(leaf -> only(leaf, pages.read(requireLeaf(leaf), 1)));
  }

  /**
   * A log that asks the store from now on; connects with the first call. Fails with {@code
   * AUD-0021} where the remembered checkpoint is not one of this log.
   */
  public static RemoteLog open(RemoteLogOptions options) {
    TrustedHead head =
        new TrustedHead(
            options.logKey(),
            new HeadFile(options.memory()),
            options.unsignedTime(),
            System::nanoTime);
    return new RemoteLog(new StoreConnection(options), head);
  }

  @Override
  public long[] append(List<Entry> batch) {
    if (batch.isEmpty()) {
      return new long[0];
    }
    head.known();
    byte[] answer = connection.post("/v1/append", body(batch));
    try {
      long[] leaves = BatchFrame.decodeLeaves(answer, batch.size());
      head.sizeShown(new TrustedHead.Known(0, null), 1 + Arrays.stream(leaves).max().orElse(-1));
      return leaves;
    } catch (MalformedFrame e) {
      throw StorePages.malformed(e);
    }
  }

  private static byte[] body(List<Entry> batch) {
    byte[] body = BatchFrame.encode(batch);
    if (body.length > StoreLimits.DEFAULT.requestBytes()) {
      throw new PlatformException(
          AuditErrorCode.BATCH_TOO_LARGE, body.length + " bytes in " + batch.size() + " entries");
    }
    return body;
  }

  @Override
  public Checkpoint signCheckpoint() {
    return pages
        .sign()
        .orElseThrow(
            () ->
                new PlatformException(
                    AuditErrorCode.STORE_ANSWER_MALFORMED, "no checkpoint after signing"));
  }

  @Override
  public long size() {
    TrustedHead.Known before = head.known();
    return size(before, connection.get("/v1/size"));
  }

  private long size(TrustedHead.Known before, byte[] answer) {
    ByteBuffer in = ByteBuffer.wrap(answer);
    try {
      Frames.requireVersion(in, SizeEndpoint.VERSION);
      long size = Frames.number(in);
      Frames.requireEnd(in);
      head.sizeShown(before, size);
      return size;
    } catch (MalformedFrame e) {
      throw StorePages.malformed(e);
    }
  }

  @Override
  public List<LoggedEntry> read(long fromLeaf, int max) {
    if (max < 0) {
      throw outOfRange(fromLeaf);
    }
    List<LoggedEntry> entries = new ArrayList<>();
    StorePages.Page page;
    do {
      page = pages.read(requireLeaf(fromLeaf + entries.size()), max - entries.size());
      page.entries().forEach(entry -> entries.add(opened(entry)));
    } while (!page.entries().isEmpty()
        && entries.size() < max
        && fromLeaf + entries.size() < page.size());
    return entries;
  }

  @Override
  public LoggedEntry read(long leaf) {
    return opened(only(leaf, pages.read(requireLeaf(leaf), 1)));
  }

  /**
   * Where the store does not answer, the wait goes on until it does or the time is over; the next
   * reading says what is wrong.
   */
  @Override
  public boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    Duration left = atMost;
    do {
      if (isBeyond(size, left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL)) {
        return true;
      }
      left = Duration.ofNanos(deadline - System.nanoTime());
    } while (left.isPositive() && !connection.isClosed());
    return false;
  }

  private boolean isBeyond(long size, Duration wait) throws InterruptedException {
    TrustedHead.Known before = head.known();
    if (before.size() > size) {
      return true;
    }
    try {
      String path = "/v1/size?beyond=" + size + "&wait=" + wait.toMillis();
      boolean beyond = size(before, connection.getOnce(path, wait)) > size;
      pages.settle();
      return beyond;
    } catch (PlatformException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for entries");
      }
      if (!StoreConnection.mayHelpToRepeat(e)) {
        throw e;
      }
      connection.pause(wait.compareTo(RETRY) < 0 ? wait : RETRY);
      return false;
    }
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return pages.refresh();
  }

  @Override
  public EntryProof prove(long leaf) {
    StorePages.Page page = pages.read(requireLeaf(leaf), 1);
    StoredEntry entry = only(leaf, page);
    Checkpoint checkpoint = page.checkpoint();
    if (checkpoint == null || leaf >= checkpoint.size()) {
      throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "leaf " + leaf);
    }
    opened(entry);
    return new EntryProof(
        leaf,
        entry.envelope(),
        entry.salt(),
        entry.payload(),
        MerkleRange.inclusion(leaf, checkpoint.size(), page.path()),
        checkpoint);
  }

  private LoggedEntry opened(StoredEntry entry) {
    if (entry.isShredded()) {
      claims.require(entry);
    }
    return entry.open();
  }

  private static StoredEntry only(long leaf, StorePages.Page page) {
    if (page.entries().isEmpty()) {
      throw outOfRange(leaf);
    }
    return page.entries().getFirst();
  }

  private static long requireLeaf(long leaf) {
    if (leaf < 0) {
      throw outOfRange(leaf);
    }
    return leaf;
  }

  private static PlatformException outOfRange(long leaf) {
    return new PlatformException(AuditErrorCode.LEAF_OUT_OF_RANGE, "leaf " + leaf);
  }

  @Override
  public void close() {
    connection.close();
  }
}

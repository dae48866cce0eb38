// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes: takes what concurrent callers brought, writes it as one group and shares
 * one fsync among them. While the disk works, the next group gathers.
 */
final class GroupCommit implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MAX_WAITING = 1024;
  private static final long GROUP_BYTES = 16 << 20;

  /** One call of append. */
  private record Request(
      List<PreparedEntry> entries, long bytes, CompletableFuture<long[]> answer) {

    /** Append never brings an empty batch. */
    boolean isEnd() {
      return entries.isEmpty();
    }
  }

  private static final Request END =
      new Request(List.of(), 0, CompletableFuture.completedFuture(new long[0]));

  private final SegmentWriter writer;
  private final Recorded recorded;
  private final LeafQueue leaves;
  private final DurableMark mark;
  private final Runnable onDurable;
  // Bounded by the permits: an unbounded queue lets a waiting caller be woken in any order.
  private final Semaphore permits = new Semaphore(MAX_WAITING);
  private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private volatile long size;
  private volatile @Nullable PlatformException refusal;
  private boolean closed;

  GroupCommit(
      SegmentWriter writer,
      Recorded recorded,
      LeafQueue leaves,
      DurableMark mark,
      long size,
      Runnable onDurable) {
    this.writer = writer;
    this.recorded = recorded;
    this.leaves = leaves;
    this.mark = mark;
    this.size = size;
    this.onDurable = onDurable;
  }

  /** Number of durable entries. */
  long size() {
    return size;
  }

  /** Refuses every later append with this failure. */
  void refuse(PlatformException failure) {
    refusal = failure;
  }

  /** Returns when the entries are durable. */
  long[] append(List<PreparedEntry> entries) {
    long bytes = entries.stream().mapToLong(PreparedEntry::length).sum();
    if (bytes > LogLimits.MAX_BATCH) {
      throw new PlatformException(AuditErrorCode.EVENT_TOO_LARGE, "batch of " + bytes + " bytes");
    }
    Request request = new Request(entries, bytes, new CompletableFuture<>());
    permits.acquireUninterruptibly();
    try {
      enqueue(request);
      return request.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PlatformException failure
          ? new PlatformException(failure.code(), "append refused", failure)
          : new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "append failed", e);
    } finally {
      permits.release();
    }
  }

  private synchronized void enqueue(Request request) {
    if (closed) {
      throw new PlatformException(AuditErrorCode.LOG_CLOSED, "the log is closed");
    }
    queue.add(request);
  }

  /** Lets the thread end after what was brought before. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      queue.add(END);
    }
  }

  @Override
  public void run() {
    boolean ended = false;
    List<Request> group = new ArrayList<>();
    while (!ended) {
      try {
        Request request = queue.take();
        long bytes = 0;
        while (request != null && !request.isEnd()) {
          group.add(request);
          bytes += request.bytes();
          request = bytes < GROUP_BYTES ? queue.poll() : null;
        }
        ended = request != null && request.isEnd();
        if (!group.isEmpty()) {
          write(group, bytes);
        }
      } catch (InterruptedException e) {
        // Nobody but close() may end this thread: callers wait for it.
        LOG.atWarn().log("writer thread was interrupted and goes on");
      }
      group.clear();
    }
  }

  private void write(List<Request> group, long bytes) {
    List<long[]> answers = new ArrayList<>(group.size());
    try {
      PlatformException refused = refusal;
      if (refused != null) {
        throw refused;
      }
      leaves.awaitRoom();
      List<PreparedEntry> accepted = stage(group, bytes, answers);
      writer.commit();
      publish(accepted);
    } catch (IOException | RuntimeException | Error e) {
      recorded.rollback();
      PlatformException failure = failure(e);
      LOG.atError().addKeyValue("error.code", failure.code().id()).setCause(e).log("append failed");
      group.forEach(request -> request.answer().completeExceptionally(failure));
      return;
    }
    for (int i = 0; i < answers.size(); i++) {
      group.get(i).answer().complete(answers.get(i));
    }
  }

  private PlatformException failure(Throwable cause) {
    if (cause instanceof PlatformException known) {
      return known;
    }
    PlatformException failure =
        new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "group not written", cause);
    if (!(cause instanceof IOException)) {
      // Nobody knows how far it came: only opening the log again finds out.
      refusal = failure;
    }
    return failure;
  }

  private List<PreparedEntry> stage(List<Request> group, long bytes, List<long[]> answers)
      throws IOException {
    List<PreparedEntry> accepted = new ArrayList<>();
    long commit = size;
    writer.begin(bytes);
    for (Request request : group) {
      long[] answer = new long[request.entries().size()];
      for (int i = 0; i < answer.length; i++) {
        PreparedEntry entry = request.entries().get(i);
        long leaf = recorded.leaf(entry.identity());
        if (leaf == IdWindow.ABSENT) {
          leaf = commit + accepted.size();
          writer.append(leaf, commit, entry);
          recorded.stage(entry.identity(), leaf);
          accepted.add(entry);
        }
        answer[i] = leaf;
      }
      answers.add(answer);
    }
    return accepted;
  }

  private void publish(List<PreparedEntry> accepted) {
    recorded.commit();
    if (accepted.isEmpty()) {
      return;
    }
    for (PreparedEntry entry : accepted) {
      leaves.add(entry.leafHashes());
    }
    size += accepted.size();
    try {
      mark.set(size);
    } catch (IOException e) {
      // The entries are durable; other processes see them a commit later.
      LOG.atWarn().setCause(e).log("durable mark not written");
    }
    onDurable.run();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes appended records durable: it forces whatever has gathered while it forced
 * the batch before (group commit). When the disk refuses, it tries again each second. What is old
 * and in the log does not stay on the disk only because nothing follows it.
 */
final class SpoolWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Backlog backlog;
  private final Segments segments;
  private final DurableIndex durable;
  private final SpoolCursor cursor;
  private final Duration rollAge;
  private final Thread thread;
  private volatile @Nullable String failure;

  /**
   * @param rollAge after so long without a record, old files are looked for
   */
  SpoolWriter(
      Backlog backlog,
      Segments segments,
      DurableIndex durable,
      SpoolCursor cursor,
      Duration rollAge) {
    this.backlog = backlog;
    this.segments = segments;
    this.durable = durable;
    this.cursor = cursor;
    this.rollAge = rollAge;
    this.thread = Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Returns when the thread has ended, which it does once the backlog is closed. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why the disk refuses at the moment. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    try {
      PendingRecords batch = backlog.take(rollAge);
      while (batch != null && (batch.count() == 0 || write(batch))) {
        if (batch.count() == 0) {
          forgetOld();
        }
        durable.rise(batch.count());
        backlog.written(batch);
        batch = backlog.take(rollAge);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      backlog.close();
      durable.end();
    }
  }

  private void forgetOld() {
    try {
      segments.rollOld();
      cursor.dropKept();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("old files of the spool stay; it is tried again");
    }
  }

  /** Writes and forces a batch, however often it takes; false when closed meanwhile. */
  private boolean write(PendingRecords batch) throws InterruptedException {
    boolean broken = false;
    while (true) {
      try {
        if (broken) {
          segments.restore();
        }
        segments.append(batch);
        failure = null;
        return true;
      } catch (IOException e) {
        broken = true;
        failure = CollectErrorCode.SPOOL_WRITE_FAILED.id() + " " + e.getMessage();
        LOG.atError().setCause(e).log("spool cannot be written, trying again");
      }
      if (backlog.awaitClosed(RETRY)) {
        return false;
      }
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.internal.spool.Spool;
import org.citywall.collect.internal.spool.Spooled;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is durable in the spool into the log, in order, and forgets it there. While the log
 * refuses, it tries again; an integrity failure of the spool stops it for good.
 */
public final class Forwarder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final int MAX_BATCH = 1024;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 5_000;

  private final Spool spool;
  private final EvidenceLog log;
  private final SourceKeeper keeper;
  private final long epoch;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable String failure;

  /**
   * @param keeper learns of what an earlier run left in the spool
   * @param epoch epoch of this run
   */
  public Forwarder(Spool spool, EvidenceLog log, SourceKeeper keeper, long epoch) {
    this.spool = spool;
    this.log = log;
    this.keeper = keeper;
    this.epoch = epoch;
    this.thread = Thread.ofPlatform().name("spool-forwarder").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Why nothing moves at the moment, empty when all is well. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Forwards what is durable, but gives up at the first refusal of the log. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (forwardOnce()) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      LOG.atError().setCause(e).log("forwarding has stopped; nothing is lost, the spool fills");
    }
  }

  private boolean forwardOnce() throws InterruptedException {
    boolean last = stopping.getCount() == 0;
    List<Spooled> records = spool.read(MAX_BATCH, last ? Duration.ZERO : POLL);
    if (records.isEmpty()) {
      return !last;
    }
    List<Entry> entries = new ArrayList<>(records.size());
    for (Spooled record : records) {
      Entry entry = Payload.decode(record.payload());
      if (entry.event().position().epoch() < epoch) {
        keeper.recall(entry.event());
      }
      entries.add(entry);
    }
    if (!appendUntilTaken(entries)) {
      return false;
    }
    spool.commit(records.getLast().index() + 1);
    return true;
  }

  private boolean appendUntilTaken(List<Entry> entries) throws InterruptedException {
    long pause = FIRST_RETRY_MILLIS;
    while (true) {
      try {
        append(entries);
        failure = null;
        return true;
      } catch (RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(failure)) {
          LOG.atWarn().setCause(e).log("the log refuses a batch, trying again");
        }
        failure = problem;
      }
      if (stopping.await(pause, TimeUnit.MILLISECONDS)) {
        return false;
      }
      pause = Math.min(pause * 2, LAST_RETRY_MILLIS);
    }
  }

  private void append(List<Entry> entries) {
    try {
      log.append(entries);
    } catch (PlatformException e) {
      if (e.code().category() != ErrorCategory.CALLER) {
        throw e;
      }
      // One event offends; the others must not wait behind it.
      for (Entry entry : entries) {
        appendOne(entry);
      }
    }
  }

  private void appendOne(Entry entry) {
    try {
      log.append(List.of(entry));
    } catch (PlatformException e) {
      if (e.code().category() != ErrorCategory.CALLER) {
        throw e;
      }
      LOG.atError().setCause(e).log("the log refuses an event; its hash is recorded instead");
      log.append(List.of(new Entry(entry.kind(), refused(entry.event(), e))));
    }
  }

  private static Event refused(Event event, PlatformException cause) {
    return Event.builder(event.position(), event.timestamp(), event.received())
        .id(event.id())
        .put(Field.EVENT_KIND, "pipeline_error")
        .put(Field.GOV_RAW_HASH, event.text(Field.GOV_RAW_HASH))
        .put(Field.ERROR_CODE, CollectErrorCode.EVENT_REFUSED.id())
        .put(Field.ERROR_MESSAGE, cause.code().id() + ": " + cause.code().meaning())
        .build();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.ledger.ExposureFiles;
import org.citywall.correlation.ledger.ExposureLedger;
import org.citywall.correlation.ledger.ExposureQuestion;
import org.citywall.correlation.ledger.ExposureReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log on a thread of its own and keeps the exposure ledger. What was counted is saved
 * every minute and at the end; after a crash the rest is counted again. After a destruction
 * everything is erased first and counted from the beginning of the log.
 */
public final class ExposureFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExposureFollower.class);
  private static final int PAGE = 1000;
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final long SAVE_EVERY = Duration.ofMinutes(1).toNanos();
  private static final long PAUSE_MILLIS = 5_000;

  /** Part of the heap that the ledger may take, and what a day and place takes of it. */
  private static final int PART_OF_HEAP = 4;

  private static final int PLACE_BYTES = 1024;
  private static final int LEAST_PLACES = 50_000;

  private final LogReader log;
  private final ExposureFiles files;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile ExposureLedger ledger;
  private long saved;
  private long savedAt = System.nanoTime();

  private ExposureFollower(LogReader log, Path folder) {
    this.log = log;
    this.files = new ExposureFiles(folder);
    this.ledger = readOrBegin();
    this.saved = ledger.next();
    this.thread = Thread.ofPlatform().name("exposure-ledger").unstarted(this::run);
  }

  /**
   * Begins where it was saved last.
   *
   * @param folder where it is saved
   */
  public static ExposureFollower start(LogReader log, Path folder) {
    ExposureFollower follower = new ExposureFollower(log, folder);
    follower.thread.start();
    return follower;
  }

  private ExposureLedger readOrBegin() {
    try {
      ExposureLedger read = files.read(room());
      if (read.next() <= log.size()) {
        return read;
      }
      // Of another log, or of one that was put back to an earlier state.
      LOG.atWarn().addKeyValue("next", read.next()).log("the exposure ledger is ahead of the log");
    } catch (PlatformException e) {
      LOG.atWarn().addKeyValue("error.code", e.code().id()).setCause(e).log("counted again");
    }
    files.clear();
    return new ExposureLedger(room());
  }

  /** Days and places that this machine has room for. */
  private static int room() {
    long fitting = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / PLACE_BYTES;
    return (int) Math.clamp(fitting, LEAST_PLACES, (long) ExposureLedger.MOST_CELLS);
  }

  /** What was counted so far. */
  public ExposureReport report(ExposureQuestion question) {
    return ledger.report(question);
  }

  /** Entries that are not counted yet. */
  public long lag() {
    return Math.max(0, log.size() - ledger.next());
  }

  private void run() {
    try {
      while (stop.getCount() > 0) {
        try {
          follow();
        } catch (RuntimeException e) {
          @Nullable String code = e instanceof PlatformException known ? known.code().id() : null;
          LOG.atError().addKeyValue("error.code", code).setCause(e).log("the ledger waits");
          stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
      save();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PlatformException e) {
      LOG.atError().addKeyValue("error.code", e.code().id()).setCause(e).log("not saved");
    }
  }

  private void follow() throws InterruptedException {
    List<LoggedEntry> entries = log.read(ledger.next(), PAGE);
    boolean again = false;
    for (LoggedEntry entry : entries) {
      again |= ledger.accept(entry);
    }
    if (again) {
      files.clear();
      ledger = ledger.again();
      saved = 0;
    }
    if (System.nanoTime() - savedAt > SAVE_EVERY) {
      save();
    }
    if (entries.isEmpty()) {
      log.awaitBeyond(ledger.next(), WAIT);
    }
  }

  private void save() {
    if (ledger.next() > saved) {
      files.save(ledger);
      saved = ledger.next();
    }
    savedAt = System.nanoTime();
  }

  /** Saves what was counted and ends. */
  @Override
  public void close() {
    stop.countDown();
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

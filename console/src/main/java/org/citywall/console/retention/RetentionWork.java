// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server owes the log that it keeps, done beside its other work by one thread: the policy of
 * its configuration becomes the one in force, destructions that a crash interrupted are finished,
 * and copies of what they destroyed are erased. The first reading of a long log takes its time, so
 * nobody waits for it. Safe for use by several threads.
 */
public final class RetentionWork implements AutoCloseable {

  /** Who sets a policy that stands in the configuration. */
  public static final String CONFIGURATION = "citywall.yaml";

  private static final Logger LOG = LoggerFactory.getLogger(RetentionWork.class);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final KeptLog log;
  private final RetentionPolicy policy;
  private final Duration again;
  private final ScheduledThreadPoolExecutor thread;
  private volatile RetentionHealth health = RetentionHealth.STARTING;
  private volatile Runnable copies = () -> {};
  private volatile boolean counted;
  private boolean counting;
  private int finished;

  private RetentionWork(KeptLog log, RetentionPolicy policy, Duration again) {
    this.log = log;
    this.policy = policy;
    this.again = again;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("retention").daemon().unstarted(task));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins; answers before the log was read. */
  public static RetentionWork start(KeptLog log, RetentionPolicy policy) {
    return start(log, policy, AGAIN);
  }

  static RetentionWork start(KeptLog log, RetentionPolicy policy, Duration again) {
    RetentionWork work = new RetentionWork(log, policy, again);
    work.thread.execute(work::settle);
    return work;
  }

  private void settle() {
    try {
      if (!policy.equals(log.retention().policy())) {
        log.record(new PolicySet(policy, CONFIGURATION));
      }
      int now = log.finishDestructions();
      finished += now;
      if (now > 0) {
        LOG.atWarn()
            .addKeyValue("retention.finished", now)
            .log("destructions that were interrupted are finished");
      }
      copies.run();
      health = new RetentionHealth(RetentionHealth.State.SETTLED, finished, null);
    } catch (PlatformException e) {
      failed(e, e.code());
    } catch (RuntimeException e) {
      failed(e, null);
    }
  }

  private void failed(RuntimeException failure, @Nullable ErrorCode code) {
    if (thread.isShutdown()) {
      return;
    }
    LOG.atError().setCause(failure).log("retention is not settled; it is tried again");
    health = new RetentionHealth(RetentionHealth.State.FAILING, 0, code);
    try {
      thread.schedule(this::settle, again.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().setCause(e).log("closed meanwhile");
    }
  }

  public RetentionHealth health() {
    return health;
  }

  /** Whether statements can be made and read without waiting for a whole log to be read. */
  boolean isSettled() {
    return health.state() == RetentionHealth.State.SETTLED;
  }

  /**
   * Has copies of destroyed payloads erased that are no business of the log, now and after each
   * destruction; what fails is tried again.
   *
   * @param erasing gets the leaf of the newest destruction that is complete
   */
  public void erasing(LongConsumer erasing) {
    copies = () -> newestDestruction().ifPresent(erasing);
    eraseCopies();
  }

  /** Begins to erase copies of what was destroyed. */
  void eraseCopies() {
    if (!thread.isShutdown()) {
      thread.execute(this::settle);
    }
  }

  private OptionalLong newestDestruction() {
    return log.retention().destructions().stream()
        .filter(RetentionLedger.Destruction::completed)
        .mapToLong(RetentionLedger.Destruction::leaf)
        .max();
  }

  KeptLog log() {
    return log;
  }

  /**
   * How many payloads there are of each group and month; empty while they are being counted, which
   * the first call begins.
   */
  Optional<Map<Payloads, Long>> counts() {
    if (counted) {
      return Optional.of(log.countPayloads());
    }
    beginCount();
    return Optional.empty();
  }

  private synchronized void beginCount() {
    if (!counting && !thread.isShutdown()) {
      counting = true;
      thread.execute(this::count);
    }
  }

  private void count() {
    try {
      log.countPayloads();
      counted = true;
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("payloads could not be counted");
      synchronized (this) {
        counting = false;
      }
    }
  }

  /** Begins nothing more; what reads the log ends when the log is closed. */
  @Override
  public void close() {
    thread.shutdown();
  }
}

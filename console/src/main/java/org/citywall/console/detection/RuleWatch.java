// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.SigmaSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the Sigma rules of the site on a thread of its own, and again when a file changed. What
 * cannot be taken is named; what was in force stays in force where nothing at all can be taken.
 */
public final class RuleWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final RuleFolders folders;
  private final Duration every;
  private final CompletableFuture<SigmaSet> first = new CompletableFuture<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile Consumer<SigmaSet> user = set -> {};
  private volatile RuleHealth health = RuleHealth.STARTING;

  private RuleWatch(RuleFolders folders, Duration every) {
    this.folders = folders;
    this.every = every;
    this.thread = Thread.ofPlatform().name("sigma-rules").daemon().unstarted(this::run);
  }

  /** Begins to load. */
  public static RuleWatch start(RuleFolders folders) {
    return start(folders, EVERY);
  }

  static RuleWatch start(RuleFolders folders, Duration every) {
    RuleWatch watch = new RuleWatch(folders, every);
    watch.thread.start();
    return watch;
  }

  /** The rules as they were found first; none where they could not be read. */
  public CompletableFuture<SigmaSet> first() {
    return first;
  }

  /** Tells of every later change; called on the thread that loads. */
  public void tell(Consumer<SigmaSet> changes) {
    user = changes;
  }

  public RuleHealth health() {
    return health;
  }

  private void run() {
    SigmaSet inForce = SigmaSet.NONE;
    String loaded = "";
    try {
      do {
        String state = folders.state();
        if (!first.isDone() || !state.equals(loaded)) {
          loaded = state;
          inForce = load(inForce);
        }
      } while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SigmaSet load(SigmaSet before) {
    SigmaSet set = before;
    PlatformException failure = null;
    try {
      SigmaSet found = folders.load();
      if (found.isEmpty() && !found.rules().rejections().isEmpty() && !before.isEmpty()) {
        failure =
            new PlatformException(
                CorrelationErrorCode.SIGMA_FILE_UNREADABLE,
                found.rules().rejections().getFirst().reason());
        health = RuleHealth.of(before, found.rules().rejections(), failure.code());
      } else {
        set = found;
        health = RuleHealth.of(found, found.rules().rejections(), null);
      }
    } catch (PlatformException e) {
      failure = e;
      health = RuleHealth.of(before, before.rules().rejections(), e.code());
    } catch (RuntimeException e) {
      failure = new PlatformException(ConsoleErrorCode.DETECTION_FAILED, "loading rules", e);
      health = RuleHealth.of(before, before.rules().rejections(), failure.code());
    }
    report(set, failure);
    if (!first.complete(set) && !set.digest().equals(before.digest())) {
      user.accept(set);
    }
    return set;
  }

  private static void report(SigmaSet set, @Nullable PlatformException failure) {
    if (failure != null) {
      LOG.atError()
          .addKeyValue("error.code", failure.code().id())
          .setCause(failure)
          .log("rules could not be loaded; those in force stay in force");
    } else if (!set.rules().rejections().isEmpty()) {
      LOG.atWarn()
          .addKeyValue("gov.note", String.valueOf(set.rules().rejections().getFirst().place()))
          .log("some rules were not taken; the health page names them");
    }
  }

  @Override
  public void close() {
    stop.countDown();
    boolean interrupted = false;
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.IndexHealth.State;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.RetentionStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index behind a log, on a thread of its own, and searches it. Opens the index itself and
 * opens it again after a failure. Nothing is refreshed while nobody searches: a search first makes
 * visible what was indexed, at most once per {@link FollowerSettings#refreshEvery()}; {@link
 * #ensureVisible} does so at once. Safe for use by several threads.
 *
 * <p>While the index cannot be opened, searches fail with {@code AUD-0031}.
 */
public final class IndexFollower implements EventSearch, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);

  /** Longest wait for new entries: bounds how late a commit by time and a close can be. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final int MAX_DOUBLINGS = 5;

  private final LogReader log;
  private final Function<LogReader, EventIndex> opener;
  private final Clock clock;
  private final FollowerSettings settings;
  private final FollowerProgress progress = new FollowerProgress();
  private final Thread thread;
  private long committedLeaf;
  private long lastCommit;

  /** The opener is called on the follower's thread; the caller keeps the log and closes it last. */
  public IndexFollower(
      LogReader log,
      Function<LogReader, EventIndex> opener,
      Clock clock,
      FollowerSettings settings) {
    this.log = log;
    this.opener = opener;
    this.clock = clock;
    this.settings = settings;
    this.thread = Thread.ofPlatform().name("index-follower").daemon().unstarted(this::run);
  }

  /** Starts following; once. */
  public void start() {
    thread.start();
  }

  public IndexHealth health() {
    return progress.health(log.size());
  }

  /**
   * Waits until searches see this leaf and makes it visible; false when the time is over before it
   * is indexed.
   */
  public boolean ensureVisible(long leaf, Duration atMost) throws InterruptedException {
    if (progress.visible() > leaf) {
      return true;
    }
    EventIndex index = progress.awaitIndexed(leaf, atMost);
    if (index == null) {
      return false;
    }
    refresh(index);
    return true;
  }

  @Override
  public SearchPage search(SearchRequest request) {
    return fresh().search(request);
  }

  @Override
  public Histogram histogram(HistogramRequest request) {
    return fresh().histogram(request);
  }

  @Override
  public List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    return fresh().terms(query, range, field, limit);
  }

  /** Stops following, commits and closes the index. */
  @Override
  public void close() {
    progress.stop();
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
    progress.enter(State.CLOSED);
  }

  /** The index, with what was indexed made visible unless that was done a moment ago. */
  private EventIndex fresh() {
    EventIndex index = progress.index();
    if (index == null) {
      throw new PlatformException(AuditErrorCode.INDEX_FAILED, "the index is not open");
    }
    if (progress.mayRefresh(clock.millis(), settings.refreshEvery().toMillis())) {
      refresh(index);
    }
    return index;
  }

  private void refresh(EventIndex index) {
    long indexed = progress.indexed();
    index.refresh();
    progress.refreshed(index, indexed);
  }

  private void run() {
    int failuresInARow = 0;
    while (!progress.stopping()) {
      try (EventIndex index = opener.apply(log)) {
        committedLeaf = index.nextLeaf();
        lastCommit = clock.millis();
        progress.opened(index, index.rebuilds());
        refresh(index);
        follow(index);
        failuresInARow = 0;
      } catch (PlatformException e) {
        // An index that moved on before it failed gets the short pause again.
        failuresInARow = progress.failed(e.code().id()) ? 1 : failuresInARow + 1;
        report(e);
        progress.pause(pause(failuresInARow));
      } catch (InterruptedException e) {
        progress.stop();
      } finally {
        progress.withdraw();
      }
    }
  }

  private void follow(EventIndex index) throws InterruptedException {
    while (!progress.stopping()) {
      List<LoggedEntry> batch = log.read(index.nextLeaf(), settings.batch());
      if (!batch.isEmpty()) {
        add(index, batch);
        progress.indexed(index.nextLeaf());
      }
      commitWhereDue(index);
      if (batch.size() < settings.batch()) {
        progress.enter(State.LIVE);
        if (log.awaitBeyond(index.nextLeaf(), IDLE)) {
          progress.enter(State.CATCHING_UP);
        }
      }
    }
  }

  /** Indexes entries; where one says that payloads are gone, they are erased here before it. */
  private void add(EventIndex index, List<LoggedEntry> batch) {
    int done = 0;
    for (int i = 0; i < batch.size(); i++) {
      Optional<YearMonth> month = destroyedMonth(batch.get(i));
      if (month.isPresent()) {
        if (i > done) {
          index.index(batch.subList(done, i));
          done = i;
        }
        index.redact(month.get(), log);
      }
    }
    index.index(batch.subList(done, batch.size()));
  }

  private Optional<YearMonth> destroyedMonth(LoggedEntry entry) {
    if (RetentionStatement.of(entry.kind(), entry.event()).orElse(null)
            instanceof RetentionStatement.Completed completed
        && completed.destruction() >= 0
        && completed.destruction() < entry.leaf()) {
      LoggedEntry ordered = log.read(completed.destruction());
      return RetentionStatement.of(ordered.kind(), ordered.event())
          .filter(RetentionStatement.Destroyed.class::isInstance)
          .map(made -> ((RetentionStatement.Destroyed) made).payloads().month());
    }
    return Optional.empty();
  }

  private void commitWhereDue(EventIndex index) {
    long waiting = index.nextLeaf() - committedLeaf;
    long now = clock.millis();
    boolean due =
        waiting >= settings.commitEntries()
            || now - lastCommit >= settings.commitEvery().toMillis();
    if (waiting > 0 && due) {
      index.commit();
      committedLeaf = index.nextLeaf();
    }
    if (due) {
      lastCommit = now;
    }
  }

  private Duration pause(int failuresInARow) {
    return settings.retryAfter().multipliedBy(1L << Math.min(MAX_DOUBLINGS, failuresInARow - 1));
  }

  private static void report(PlatformException failure) {
    LOG.atWarn()
        .addKeyValue("error.code", failure.code().id())
        .setCause(failure)
        .log("the search index failed and will be opened again");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.ConsoleErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes state so that state and log agree. A change is one transaction with its entries in the
 * outbox; then the entries are appended; then the call returns.
 *
 * <p>Before a change begins, the outbox must be empty or become so: while the log takes nothing,
 * nothing is changed ({@code CON-0002}). Only changes that were committed in the instant the log
 * failed wait; their callers get {@code CON-0003}, and the entries follow once a second tried, with
 * the next change, or at the next start. Changes are made one after the other, in the order of
 * their entries. Each start begins a new epoch, so that a database put back from a backup cannot
 * reuse positions the log has seen.
 */
public final class StateChanges implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StateChanges.class);

  private final StateStore store;
  private final EvidenceLog log;
  private final Clock clock;
  private final OutboxDrain outbox;
  private final OutboxRetry retry;

  private StateChanges(StateStore store, EvidenceLog log, Clock clock) {
    this.store = store;
    this.log = log;
    this.clock = clock;
    this.outbox = new OutboxDrain(store, log);
    this.retry = new OutboxRetry(outbox, Duration.ofSeconds(1));
  }

  /**
   * Makes changes possible: checks that database and log belong together ({@code CON-0004}). Add
   * listeners, then {@link #start}.
   */
  public static StateChanges open(StateStore store, EvidenceLog log, Clock clock) {
    requireSameLog(store, log.size());
    return new StateChanges(store, log, clock);
  }

  /** Fails with {@code CON-0004} where the state knows of entries that a log of this size lacks. */
  public static void requireSameLog(StateStore store, long size) {
    for (Mark mark : Mark.values()) {
      long leaf = store.read(mark::read).orElse(-1);
      long beyond = mark == Mark.DETECTION_REPLAY_FROM ? size : size - 1;
      if (leaf > beyond) {
        throw new PlatformException(
            ConsoleErrorCode.STATE_FOREIGN,
            "state knows leaf " + leaf + " but the log has " + size + " entries");
      }
    }
  }

  public void addListener(LeafListener listener) {
    outbox.addListener(listener);
  }

  /** Appends what a crash left waiting and begins a new epoch. */
  public void start() {
    drainOr(ConsoleErrorCode.LOG_REFUSED);
    store.inTransaction(
        jdbc -> {
          long last = Outbox.lock(jdbc).epoch();
          long epoch = Math.max(last + 1, Micros.of(clock.instant()));
          Outbox.store(jdbc, new Outbox.Head(epoch, 1));
          return epoch;
        });
  }

  /** Makes one change; whatever {@code work} throws undoes it. */
  public <T> T change(Function<Journal, T> work) {
    if (waiting() > 0) {
      drainOr(ConsoleErrorCode.LOG_REFUSED);
    }
    T result =
        store.inTransaction(
            jdbc -> {
              Change change = new Change(jdbc, Outbox.lock(jdbc));
              T answer = work.apply(change);
              Outbox.store(jdbc, change.head);
              return answer;
            });
    try {
      drainOr(ConsoleErrorCode.LOG_PENDING);
    } catch (PlatformException e) {
      retry.begin();
      throw e;
    }
    return result;
  }

  /** Does this while no change can be made; changes wait meanwhile, and fail if it takes long. */
  public <T> T whileQuiet(Supplier<T> work) {
    return store.inTransaction(
        jdbc -> {
          Outbox.lock(jdbc);
          return work.get();
        });
  }

  /** The database, for reading. */
  public StateStore store() {
    return store;
  }

  /** Entries of committed changes that the log has not taken yet; 0 but for an outage. */
  public long waiting() {
    return store.read(Outbox::count);
  }

  /** Stops trying; what waits is appended at the next start. */
  @Override
  public void close() {
    retry.close();
  }

  private void drainOr(ConsoleErrorCode code) {
    try {
      outbox.drain();
    } catch (PlatformException e) {
      if (e.code() == ConsoleErrorCode.STATE_FOREIGN) {
        throw e;
      }
      LOG.atError()
          .addKeyValue("error.code", code.id())
          .addKeyValue("error.cause", e.code().id())
          .log("entries of console changes wait for the evidence log");
      throw new PlatformException(code, "cause " + e.code().id(), e);
    }
  }

  private final class Change implements Journal {

    private final JdbcClient jdbc;
    private final Instant now = clock.instant();
    private Outbox.Head head;

    Change(JdbcClient jdbc, Outbox.Head head) {
      this.jdbc = jdbc;
      this.head = head;
    }

    @Override
    public JdbcClient jdbc() {
      return jdbc;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public EventId record(Consumer<Event.Builder> content) {
      Event.Builder builder =
          Event.builder(head.position(), now, now)
              .put(Field.EVENT_KIND, "event")
              .put(Field.EVENT_PROVIDER, "citywall")
              .put(Field.EVENT_DATASET, "citywall.console");
      content.accept(builder);
      Event event = builder.build();
      Outbox.add(jdbc, new Outbox.Waiting(log.size(), event));
      head = head.next();
      return event.id();
    }
  }
}

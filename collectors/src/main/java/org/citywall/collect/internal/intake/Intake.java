// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.collect.Parser;
import org.citywall.collect.SilencePolicy;
import org.citywall.collect.internal.spool.Spool;

/**
 * The way of records into the spool: numbers them per source, parses them, notes what they tell
 * about their source. Safe for use by several threads.
 */
public final class Intake {

  /** Source of what the collector itself reports. */
  public static final String OWN_SOURCE = "citywall/collector";

  /** Source of ticks. */
  public static final String TICK_SOURCE = "citywall/tick";

  private final Spool spool;
  private final SourceRegistry sources;
  private final ClientIds clientIds;
  private final Clock clock;
  private final long epoch;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param epoch incarnation of every source until the next start, higher than any before
   */
  public Intake(Spool spool, SourceRegistry sources, ClientIds clientIds, Clock clock, long epoch) {
    this.spool = spool;
    this.sources = sources;
    this.clientIds = clientIds;
    this.clock = clock;
    this.epoch = epoch;
  }

  /** Takes these records, waiting while the spool is full. They are not durable yet. */
  public Receipt accept(String source, Parser parser, List<Frame> frames)
      throws InterruptedException {
    SourceState state = sources.obtain(source);
    Receipt receipt;
    List<SelfReport> reports;
    state.lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Batch batch = batch(state, parser, frames, now);
      receipt = new Receipt(spool.append(batch.payloads()), batch.outcomes());
      reports = taken(state, batch, now);
    } finally {
      state.lock.unlock();
    }
    for (SelfReport report : reports) {
      report(report);
    }
    return receipt;
  }

  /** Takes all of these records or none, and answers empty when the spool has no room for them. */
  public Optional<Receipt> offer(String source, Parser parser, List<Frame> frames)
      throws InterruptedException {
    SourceState state = sources.obtain(source);
    Receipt receipt;
    List<SelfReport> reports;
    state.lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Batch batch = batch(state, parser, frames, now);
      OptionalLong ticket = spool.tryAppend(batch.payloads());
      if (ticket.isEmpty()) {
        return Optional.empty();
      }
      receipt = new Receipt(ticket.getAsLong(), batch.outcomes());
      reports = taken(state, batch, now);
    } finally {
      state.lock.unlock();
    }
    for (SelfReport report : reports) {
      report(report);
    }
    return Optional.of(receipt);
  }

  /** Returns when the records of this receipt survive a crash. */
  public void awaitDurable(Receipt receipt) throws InterruptedException {
    spool.awaitDurable(receipt.ticket());
  }

  /** Records taken from sources since the start; ticks and own reports do not count. */
  public long taken() {
    return taken.get();
  }

  /** Writes a tick unless the spool is full. */
  boolean tick(Instant now) {
    SourceState state = sources.obtain(TICK_SOURCE);
    state.lock.lock();
    try {
      Batch batch = new Batch(state, epoch, now, clientIds);
      batch.add(
          EntryKind.TICK,
          Event.builder(batch.position(), now, now)
              .put(Field.EVENT_KIND, "state")
              .put(Field.EVENT_ACTION, "tick")
              .build());
      return takenOwn(state, batch, now, spool.tryAppend(batch.payloads()).isPresent());
    } finally {
      state.lock.unlock();
    }
  }

  /** Reports sources that have fallen silent; what does not fit now is reported later. */
  void reportSilences(Instant now, SilencePolicy policy) {
    for (String expected : policy.expected().keySet()) {
      if (expected.indexOf('#') < 0) {
        expect(expected, now);
      }
    }
    for (SourceState state : sources.all()) {
      if (state.name.equals(OWN_SOURCE) || state.name.equals(TICK_SOURCE)) {
        continue;
      }
      state.lock.lock();
      try {
        state.reportSilences(now, policy, report -> tryReport(report, now));
      } finally {
        state.lock.unlock();
      }
    }
  }

  private void expect(String source, Instant now) {
    SourceState state = sources.obtain(source);
    state.lock.lock();
    try {
      state.expectFrom(now);
    } finally {
      state.lock.unlock();
    }
  }

  private Batch batch(SourceState state, Parser parser, List<Frame> frames, Instant now) {
    Batch batch = new Batch(state, epoch, now, clientIds);
    for (Frame frame : frames) {
      batch.add(frame, parser);
    }
    return batch;
  }

  private List<SelfReport> taken(SourceState state, Batch batch, Instant now) {
    state.nextSequence = batch.nextSequence();
    batch.events().forEach(clientIds::add);
    taken.addAndGet(batch.outcomes().size());
    return state.observe(batch, now);
  }

  private void report(SelfReport report) throws InterruptedException {
    SourceState state = sources.obtain(OWN_SOURCE);
    state.lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Batch batch = new Batch(state, epoch, now, clientIds);
      batch.add(EntryKind.EVENT, report.toEvent(batch.position(), now));
      spool.append(batch.payloads());
      takenOwn(state, batch, now, true);
    } finally {
      state.lock.unlock();
    }
  }

  private boolean tryReport(SelfReport report, Instant now) {
    SourceState state = sources.obtain(OWN_SOURCE);
    state.lock.lock();
    try {
      Batch batch = new Batch(state, epoch, now, clientIds);
      batch.add(EntryKind.EVENT, report.toEvent(batch.position(), now));
      return takenOwn(state, batch, now, spool.tryAppend(batch.payloads()).isPresent());
    } finally {
      state.lock.unlock();
    }
  }

  private static boolean takenOwn(SourceState state, Batch batch, Instant now, boolean appended) {
    if (appended) {
      state.nextSequence = batch.nextSequence();
      state.observe(batch, now);
    }
    return appended;
  }
}

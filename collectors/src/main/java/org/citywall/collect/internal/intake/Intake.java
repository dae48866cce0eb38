// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Refusals refusals = new Refusals();
  private final SelfReporter reporter;

  /**
   * @param epoch incarnation of every source until the next start, higher than any before
   */
  public Intake(Spool spool, SourceRegistry sources, ClientIds clientIds, Clock clock, long epoch) {
    this.spool = spool;
    this.sources = sources;
    this.clientIds = clientIds;
    this.clock = clock;
    this.epoch = epoch;
    this.reporter = new SelfReporter(spool, sources, clientIds, clock, epoch);
  }

  /** Where listeners note whom they refuse. */
  public Refusals refusals() {
    return refusals;
  }

  /** Begins a connection of this source; {@code COL-0031} where there are too many sources. */
  public Channel open(String source) {
    return new Channel(sources.obtain(source));
  }

  /**
   * The connection has ended.
   *
   * @param inOrder whether the peer said so, rather than broke off
   */
  public void ended(Channel channel, boolean inOrder) {
    channel.state().ended(channel, inOrder);
  }

  /** Takes these records, waiting while the spool is full. They are not durable yet. */
  public Receipt accept(Channel channel, Parser parser, List<Frame> frames)
      throws InterruptedException {
    SourceState state = channel.state();
    Receipt receipt;
    List<SelfReport> reports;
    state.lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Batch batch = batch(state, parser, frames, now);
      receipt = new Receipt(spool.append(batch.payloads()), batch.outcomes());
      reports = taken(channel, batch, now);
    } finally {
      state.lock.unlock();
    }
    for (SelfReport report : reports) {
      reporter.report(report);
    }
    return receipt;
  }

  /** Takes all of these records or none, and answers empty when the spool has no room for them. */
  public Optional<Receipt> offer(Channel channel, Parser parser, List<Frame> frames)
      throws InterruptedException {
    SourceState state = channel.state();
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
      reports = taken(channel, batch, now);
    } finally {
      state.lock.unlock();
    }
    for (SelfReport report : reports) {
      reporter.report(report);
    }
    return Optional.of(receipt);
  }

  /** Returns when the records of this receipt survive a crash. */
  public void awaitDurable(Receipt receipt) throws InterruptedException {
    spool.awaitDurable(receipt.ticket());
  }

  /** Whether the records of this receipt survive a crash, after waiting for it so long. */
  public boolean awaitDurable(Receipt receipt, Duration atMost) throws InterruptedException {
    return spool.awaitDurable(receipt.ticket(), atMost);
  }

  /** Records taken from sources since the start; ticks and own reports do not count. */
  public long taken() {
    return taken.get();
  }

  /** Writes a tick unless the spool is full. */
  boolean tick(Instant now) {
    return reporter.tick(now);
  }

  /** Reports what time has shown about sources; what does not fit now is reported later. */
  void report(Instant now, SilencePolicy policy) {
    for (String expected : policy.expected().keySet()) {
      if (expected.indexOf('#') < 0) {
        sources.obtain(expected).expectFrom(now);
      }
    }
    for (SourceState state : sources.all()) {
      if (!reporter.isOwn(state)) {
        state.report(now, policy, report -> reporter.tryReport(report, now));
      }
    }
    refusals.report(now, report -> reporter.tryReport(report, now));
  }

  private Batch batch(SourceState state, Parser parser, List<Frame> frames, Instant now) {
    Batch batch = new Batch(state, epoch, now, clientIds);
    for (Frame frame : frames) {
      batch.add(frame, parser);
    }
    return batch;
  }

  private List<SelfReport> taken(Channel channel, Batch batch, Instant now) {
    batch.events().forEach(clientIds::add);
    taken.addAndGet(batch.outcomes().size());
    return channel.state().taken(channel, batch, now);
  }
}

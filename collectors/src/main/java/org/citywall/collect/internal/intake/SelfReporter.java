// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.collect.internal.spool.Spool;

/** The collector as a source of its own: ticks and reports. Safe for use by several threads. */
final class SelfReporter {

  private final Spool spool;
  private final ClientIds clientIds;
  private final Clock clock;
  private final long epoch;
  private final SourceState own;
  private final SourceState ticks;

  SelfReporter(Spool spool, SourceRegistry sources, ClientIds clientIds, Clock clock, long epoch) {
    this.spool = spool;
    this.clientIds = clientIds;
    this.clock = clock;
    this.epoch = epoch;
    this.own = sources.obtain(Intake.OWN_SOURCE);
    this.ticks = sources.obtain(Intake.TICK_SOURCE);
  }

  boolean isOwn(SourceState state) {
    return state == own || state == ticks;
  }

  /** Writes a tick unless the spool is full. */
  boolean tick(Instant now) {
    return tryAppend(
        ticks,
        EntryKind.TICK,
        position ->
            Event.builder(position, now, now)
                .put(Field.EVENT_KIND, "state")
                .put(Field.EVENT_ACTION, "tick")
                .build(),
        now);
  }

  /** Writes a report unless the spool is full. */
  boolean tryReport(SelfReport report, Instant now) {
    return tryAppend(own, EntryKind.EVENT, position -> report.toEvent(position, now), now);
  }

  /** Writes a report, waiting while the spool is full. */
  void report(SelfReport report) throws InterruptedException {
    own.lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Batch batch = new Batch(own, epoch, now, clientIds);
      batch.add(EntryKind.EVENT, report.toEvent(batch.position(), now));
      spool.append(batch.payloads());
      own.taken(batch, now);
    } finally {
      own.lock.unlock();
    }
  }

  private boolean tryAppend(
      SourceState state, EntryKind kind, Function<SourcePosition, Event> event, Instant now) {
    // Who holds it longer than that waits for the spool, which is full.
    if (!state.lock.tryLock()) {
      return false;
    }
    try {
      Batch batch = new Batch(state, epoch, now, clientIds);
      batch.add(kind, event.apply(batch.position()));
      boolean appended = spool.tryAppend(batch.payloads()).isPresent();
      if (appended) {
        state.taken(batch, now);
      }
      return appended;
    } finally {
      state.lock.unlock();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.Refusal;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionLedger.Destruction;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.retention.RetentionStatement.Completed;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.jspecify.annotations.Nullable;

/**
 * Makes statements about retention and carries destructions out. Whoever calls anything but {@link
 * #ledger} sees to it that nothing else is appended meanwhile.
 */
final class RetentionDesk {

  /** What becomes of each kind of copy, as the entry about a completed destruction lists it. */
  static final List<String> COPIES =
      List.of(
          "key ring: the data keys are destroyed",
          "index: every node erases the documents when it reads this entry",
          "spool and rejects: nothing that is in the log for a day is kept in them",
          "exports: none are kept by the platform",
          "state database: an entry tells when what alerts quote is erased",
          "backups: not in reach, to be destroyed by who keeps them");

  private final String origin;
  private final Clock clock;
  private final @Nullable SealingKeys sealing;
  private final RetentionBook book;
  private final LongSupplier size;
  private final ToLongFunction<Entry> append;

  /**
   * @param append appends an entry in the open and answers with its leaf
   */
  RetentionDesk(
      String origin,
      Clock clock,
      @Nullable SealingKeys sealing,
      RetentionBook book,
      LongSupplier size,
      ToLongFunction<Entry> append) {
    this.origin = origin;
    this.clock = clock;
    this.sealing = sealing;
    this.book = book;
    this.size = size;
    this.append = append;
  }

  RetentionLedger ledger() {
    return book.upTo(size.getAsLong());
  }

  long record(RetentionStatement statement) {
    if (statement instanceof Destroyed || statement instanceof Completed) {
      throw new IllegalArgumentException(statement.act());
    }
    return make(statement);
  }

  private long make(RetentionStatement statement) {
    Instant now = clock.instant();
    ledger()
        .refusal(statement, now)
        .ifPresent(
            refusal -> {
              throw refusal.asException();
            });
    long leaf = append.applyAsLong(entry(statement, origin, now, size.getAsLong()));
    ledger();
    store();
    return leaf;
  }

  /** The entry that makes a statement. */
  static Entry entry(RetentionStatement statement, String origin, Instant now, long sequence) {
    Event event =
        LogEvents.builder(origin, now, sequence)
            .put(Field.EVENT_ACTION, statement.act())
            .put(Field.USER_NAME, statement.person())
            .put(Field.EVENT_REASON, statement.reason())
            .put(Field.EVENT_ORIGINAL, statement.text())
            .build();
    return new Entry(EntryKind.RETENTION, event);
  }

  long destroy(long approval) {
    finish();
    Payloads payloads =
        ledger()
            .approved(approval)
            .orElseThrow(
                () ->
                    new Refusal(
                            AuditErrorCode.APPROVAL_MISSING,
                            "leaf " + approval + " approves no destruction")
                        .asException());
    Set<Integer> doomed = sealing == null ? Set.of() : sealing.keysOf(payloads);
    if (doomed.isEmpty()) {
      throw new PlatformException(AuditErrorCode.DESTRUCTION_REFUSED, payloads.toString());
    }
    make(new Destroyed(payloads, List.copyOf(new TreeSet<>(doomed)), approval));
    finish();
    return size.getAsLong() - 1;
  }

  /** Destroys what lawful entries say is destroyed, and says when that is done. */
  int finish() {
    int finished = 0;
    for (Destruction destruction : ledger().destructions()) {
      // Who forges the time of an entry does not move this machine's clock.
      boolean due =
          !clock.instant().isBefore(ledger().policy().earliest(destruction.made().payloads()));
      if (!destruction.completed() && due && sealing != null) {
        Set<Integer> doomed = new TreeSet<>(sealing.keysOf(destruction.made().payloads()));
        doomed.retainAll(destruction.made().keys());
        sealing.destroy(doomed, destruction.leaf());
        make(new Completed(destruction.leaf(), COPIES));
        finished++;
      }
    }
    return finished;
  }

  /** Names the leaves of the segments whose data keys this destruction destroyed. */
  void destroyedBy(long leaf, Segments segments, LongConsumer leaves) {
    Destruction destruction =
        ledger()
            .destruction(leaf)
            .orElseThrow(
                () ->
                    new PlatformException(
                        AuditErrorCode.RETENTION_UNKNOWN, "no destruction at leaf " + leaf));
    long end = size.getAsLong();
    for (long from = 0; from < end; ) {
      for (StoredRecord record : segments.read(from, 1024, end)) {
        if (destruction.made().keys().contains(record.key())) {
          leaves.accept(record.leaf());
        }
        from = record.leaf() + 1;
      }
    }
  }

  /** Ends a first reading of the log that is going on. */
  void stop() {
    book.stop();
  }

  void store() {
    try {
      book.store();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "statements of retention", e);
    }
  }
}

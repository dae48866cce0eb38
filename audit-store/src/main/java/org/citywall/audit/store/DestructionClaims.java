// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.retention.Refusal;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;

/**
 * Believes a store that a payload was destroyed only where the log says so: an entry about the
 * destruction of payloads of that month, which two persons approved and the law allowed by then.
 * What it cannot see: to which subject group the payload belonged, longer times of a policy, and
 * holds; a verifier of the store's folder sees these. Safe for use by several threads.
 */
final class DestructionClaims {

  private final LongFunction<StoredEntry> log;
  private final Map<Long, YearMonth> lawful = new ConcurrentHashMap<>();

  /**
   * @param log gives the entry of a leaf, proved to be in the log
   */
  DestructionClaims(LongFunction<StoredEntry> log) {
    this.log = log;
  }

  /** {@code AUD-0125} where nothing in the log allows what the store says of this entry. */
  void require(StoredEntry shredded) {
    long destruction = shredded.destroyedBy();
    Instant received = Micros.toInstant(Envelope.decode(shredded.envelope()).receivedMicros());
    YearMonth month = lawful.get(destruction);
    if (month == null && destruction > shredded.leaf()) {
      month = monthOf(destruction);
      lawful.put(destruction, month);
    }
    if (!YearMonth.from(received.atOffset(ZoneOffset.UTC)).equals(month)) {
      throw withheld(shredded.leaf() + " is not covered by the entry that is named");
    }
  }

  private YearMonth monthOf(long destruction) {
    RetentionLedger ledger = new RetentionLedger();
    RetentionPolicy least =
        new RetentionPolicy(
            RetentionPolicy.FLOOR_DAYS, Map.of(), RetentionPolicy.MAX_APPROVAL_DAYS);
    ledger.accept(0, Instant.EPOCH, new PolicySet(least, "law"));
    if (statement(destruction) instanceof Destroyed destroyed
        && destroyed.approval() < destruction
        && statement(destroyed.approval()) instanceof Approved approved
        && approved.proposal() < destroyed.approval()) {
      accept(ledger, approved.proposal());
      accept(ledger, destroyed.approval());
      accept(ledger, destruction);
      return destroyed.payloads().month();
    }
    throw withheld(destruction + " is no entry about a destruction that was approved");
  }

  private void accept(RetentionLedger ledger, long leaf) {
    LoggedEntry entry = entry(leaf);
    Optional<Refusal> refusal =
        ledger.accept(
            leaf, Micros.toInstant(entry.event().receivedMicros()), statement(entry, leaf));
    if (refusal.isPresent()) {
      throw withheld(leaf + ": " + refusal.get().why());
    }
  }

  private RetentionStatement statement(long leaf) {
    return statement(entry(leaf), leaf);
  }

  private static RetentionStatement statement(LoggedEntry entry, long leaf) {
    return RetentionStatement.of(entry.kind(), entry.event())
        .orElseThrow(() -> withheld(leaf + " makes no statement about retention"));
  }

  private LoggedEntry entry(long leaf) {
    return log.apply(leaf).open();
  }

  private static PlatformException withheld(String detail) {
    return new PlatformException(AuditErrorCode.PAYLOAD_WITHHELD, "leaf " + detail);
  }
}

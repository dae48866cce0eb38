// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.jspecify.annotations.Nullable;

/**
 * Whether the entries of a bundle show that a payload was destroyed as the rules allow, as far as
 * they reach: holds and the policy in force are known to the whole log alone.
 */
final class Lawfulness {

  private final Map<Long, LoggedEntry> opened;

  /**
   * @param opened disclosed entries by leaf, each checked against the tree
   */
  Lawfulness(Map<Long, LoggedEntry> opened) {
    this.opened = opened;
  }

  /** The leaf that a statement about destruction refers to; -1 for none. */
  static long restsOn(Optional<RetentionStatement> statement) {
    return switch (statement.orElse(null)) {
      case Destroyed destroyed -> destroyed.approval();
      case Approved approved -> approved.proposal();
      case null, default -> -1;
    };
  }

  /** Who destroyed the payload of this envelope, in words; empty where it was not lawful. */
  Optional<String> explain(Envelope envelope, long destroyedBy) {
    LoggedEntry entry = opened.get(destroyedBy);
    if (entry == null
        || !(statement(destroyedBy) instanceof Destroyed destroyed)
        || !(statement(destroyed.approval()) instanceof Approved approved)
        || !(statement(approved.proposal()) instanceof DestructionProposed proposed)) {
      return Optional.empty();
    }
    Payloads payloads = destroyed.payloads();
    Instant received = Micros.toInstant(envelope.receivedMicros());
    boolean lawful =
        proposed.payloads().equals(payloads)
            && !Objects.equals(proposed.person(), approved.person())
            && YearMonth.from(received.atOffset(ZoneOffset.UTC)).equals(payloads.month())
            && !entry.event().received().isBefore(payloads.floor());
    return lawful
        ? Optional.of(
            "destroyed by entry "
                + destroyedBy
                + ": "
                + payloads
                + ", proposed by "
                + proposed.person()
                + ", approved by "
                + approved.person())
        : Optional.empty();
  }

  private @Nullable RetentionStatement statement(long leaf) {
    LoggedEntry entry = opened.get(leaf);
    return entry == null ? null : RetentionStatement.of(entry.kind(), entry.event()).orElse(null);
  }
}

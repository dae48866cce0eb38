// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.citywall.audit.retention.Refusal;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionLedger.Destruction;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Completed;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.HoldPlaced;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.retention.RetentionStatement.Withdrawn;
import org.jspecify.annotations.Nullable;

/**
 * Says of every statement about retention whether it was lawful, and of every data key that is gone
 * whether a lawful one took it. Used by one thread.
 */
final class RetentionCheck {

  private static final String LOG = "segment";

  /**
   * A statement and what the rules say of it.
   *
   * @param earliest when the policy in force allowed the destruction that it is about; else null
   */
  private record Made(
      RetentionStatement statement, @Nullable Refusal refusal, @Nullable Instant earliest) {}

  private final Findings findings;
  private final long from;
  private final RetentionLedger ledger = new RetentionLedger();
  private final Map<Long, Made> statements = new TreeMap<>();

  /**
   * @param from statements before this leaf were reported by an earlier verification
   */
  RetentionCheck(Findings findings, long from) {
    this.findings = findings;
    this.from = from;
  }

  void accept(long leaf, Instant at, RetentionStatement statement) {
    Instant earliest =
        statement instanceof Destroyed destroyed
            ? ledger.policy().earliest(destroyed.payloads())
            : null;
    Refusal refusal = ledger.accept(leaf, at, statement).orElse(null);
    statements.put(leaf, new Made(statement, refusal, earliest));
  }

  /**
   * Call it when every record was accepted.
   *
   * @param shredded payloads by number of their data key, as far as it is gone
   * @param signed tells when the log first signed for the entry of a leaf, as far as it did
   */
  void conclude(
      StoredKeys keys, Map<Integer, Long> shredded, Function<Long, Optional<Instant>> signed) {
    statements.forEach(
        (leaf, made) -> {
          if (leaf >= from) {
            report(leaf, made);
          }
        });
    for (StoredKey key : keys.all()) {
      if (key.wrapped() == null) {
        destroyed(key, shredded.getOrDefault(key.number(), 0L), signed);
      }
    }
    for (Destruction destruction : ledger.destructions()) {
      requireDestroyed(destruction, keys);
    }
  }

  private void report(long leaf, Made made) {
    Refusal refusal = made.refusal();
    if (refusal == null) {
      String what = said(made.statement());
      if (!what.isEmpty()) {
        findings.allowed(LOG, leaf, what);
      }
    } else if (made.statement() instanceof Destroyed) {
      findings.altered(LOG, leaf, -1, "payloads were destroyed unlawfully: " + refusal.why());
    } else {
      findings.remark(
          LOG,
          leaf,
          -1,
          "this " + made.statement().act() + " entry has no effect: " + refusal.why());
    }
  }

  private static String said(RetentionStatement statement) {
    return switch (statement) {
      case HoldPlaced placed ->
          "a legal hold was placed by " + placed.person() + ": " + placed.reason();
      case LiftProposed lift ->
          lift.person()
              + " proposed to lift the hold of leaf "
              + lift.hold()
              + ": "
              + lift.reason();
      case DestructionProposed proposed ->
          proposed.person()
              + " proposed to destroy "
              + proposed.payloads()
              + ": "
              + proposed.reason();
      case Approved approved ->
          approved.person() + " approved the proposal of leaf " + approved.proposal();
      case Withdrawn withdrawn ->
          withdrawn.person() + " withdrew the proposal of leaf " + withdrawn.proposal();
      // Every log has a policy; what is destroyed is told with the keys that are gone.
      case PolicySet set -> "";
      case Destroyed destroyed -> "";
      case Completed completed -> "";
    };
  }

  private void destroyed(StoredKey key, long payloads, Function<Long, Optional<Instant>> signed) {
    String what = payloads + " payloads of group " + key.group() + " of " + key.month();
    String fault = fault(key, signed);
    if (fault != null) {
      findings.altered(
          StoredKeys.FILE,
          key.destroyedBy(),
          -1,
          "data key " + key.number() + " of " + what + " was destroyed unlawfully: " + fault);
      return;
    }
    Destruction destruction = ledger.destruction(key.destroyedBy()).orElseThrow();
    findings.lawful(
        StoredKeys.FILE,
        key.destroyedBy(),
        what
            + " were destroyed with data key "
            + key.number()
            + ", approved by "
            + String.join(" and ", destruction.persons())
            + ": "
            + destruction.proposal().made().reason());
  }

  private @Nullable String fault(StoredKey key, Function<Long, Optional<Instant>> signed) {
    Made made = statements.get(key.destroyedBy());
    if (made == null || !(made.statement() instanceof Destroyed destroyed)) {
      return "no entry says so";
    }
    if (!destroyed.keys().contains(key.number())
        || !destroyed.payloads().group().equals(key.group())
        || !destroyed.payloads().month().equals(key.month())) {
      return "the entry is about other payloads";
    }
    if (made.refusal() != null) {
      return made.refusal().why();
    }
    // The entry's own time is a claim; what the log signed first with it in is one less easily
    // made.
    boolean early =
        signed.apply(key.destroyedBy()).stream().anyMatch(at -> at.isBefore(made.earliest()));
    return early ? "too early, by the time that the log signed" : null;
  }

  /** Who restores an older key ring brings keys back. */
  private void requireDestroyed(Destruction destruction, StoredKeys keys) {
    if (!destruction.completed()) {
      findings.remark(
          LOG, destruction.leaf(), -1, "a destruction that is not completed; a writer goes on");
      return;
    }
    for (int number : destruction.made().keys()) {
      StoredKey key = keys.key(number);
      if (key != null && key.wrapped() != null) {
        findings.altered(
            StoredKeys.FILE,
            destruction.leaf(),
            -1,
            "data key " + number + " is said to be destroyed and is there");
      }
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.DestructionStatement;
import org.citywall.audit.log.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Counts how far payloads could be checked, and says at the end what was destroyed lawfully. Used
 * by one thread.
 */
final class PayloadTally {

  /** What an entry ordered to be destroyed, and when it was received. */
  private record Ordered(DestructionStatement statement, Instant at) {}

  private final Findings findings;
  private final Map<Integer, Long> shredded = new TreeMap<>();
  private final Map<Integer, Long> keyless = new TreeMap<>();
  private final Map<Long, Ordered> orders = new HashMap<>();
  private long checked;
  private long closed;

  PayloadTally(Findings findings) {
    this.findings = findings;
  }

  void accept(RecordJudge.Judged judged) {
    int key = judged.stored().key();
    switch (judged.payload()) {
      case CHECKED -> checked++;
      case CLOSED -> closed++;
      case SHREDDED -> shredded.merge(key, 1L, Long::sum);
      case KEYLESS -> keyless.merge(key, 1L, Long::sum);
    }
    DestructionStatement statement = judged.destruction();
    Envelope envelope = judged.envelope();
    if (statement != null && envelope != null) {
      Instant at = Micros.toInstant(envelope.receivedMicros());
      orders.put(judged.stored().leaf(), new Ordered(statement, at));
    }
  }

  /** Payloads that were compared with what their leaf commits to. */
  long checked() {
    return checked;
  }

  /** Payloads that nobody could open for want of keys. */
  long closed() {
    return closed;
  }

  /** Payloads whose key was destroyed. */
  long shredded() {
    return shredded.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Says what the counts mean; call it when every record was accepted.
   *
   * @param signed tells when the log first signed for the entry of a leaf, as far as it did
   */
  void conclude(StoredKeys keys, Function<Long, Optional<Instant>> signed) {
    keyless.forEach(
        (key, count) ->
            findings.missing(
                StoredKeys.FILE, -1, -1, "data key " + key + " of " + count + " payloads"));
    if (closed > 0) {
      findings.remark(
          "segment",
          -1,
          -1,
          closed
              + " payloads are sealed and were not opened: all but their content is proved; give"
              + " the key that wraps data keys to compare it with what was committed to");
    }
    for (StoredKey key : keys.all()) {
      if (key.wrapped() == null) {
        destroyed(key, shredded.getOrDefault(key.number(), 0L), signed);
      }
    }
  }

  private void destroyed(StoredKey key, long payloads, Function<Long, Optional<Instant>> signed) {
    Ordered order = orders.get(key.destroyedBy());
    String fault = fault(key, order, signed);
    String what = payloads + " payloads of group " + key.group() + " of " + key.month();
    if (order == null || fault != null) {
      findings.altered(
          StoredKeys.FILE,
          key.destroyedBy(),
          -1,
          "data key " + key.number() + " of " + what + " was destroyed unlawfully: " + fault);
    } else {
      findings.lawful(
          StoredKeys.FILE,
          key.destroyedBy(),
          what
              + " were destroyed with data key "
              + key.number()
              + ", approved by "
              + String.join(" and ", order.statement().order().approvers())
              + ": "
              + order.statement().order().basis());
    }
  }

  private static @Nullable String fault(
      StoredKey key, @Nullable Ordered order, Function<Long, Optional<Instant>> signed) {
    if (order == null) {
      return "no entry says so";
    }
    if (!order.statement().keys().contains(key.number())
        || !order.statement().order().group().equals(key.group())
        || !order.statement().order().month().equals(key.month())) {
      return "the entry is about other payloads";
    }
    // The entry's own time is a claim; what the log signed first with it in is one less easily
    // made.
    boolean early =
        signed.apply(key.destroyedBy()).stream()
            .anyMatch(at -> at.isBefore(order.statement().order().earliest()));
    return !early && order.statement().order().isLawful(order.at())
        ? null
        : "too early, or not approved by two persons";
  }
}

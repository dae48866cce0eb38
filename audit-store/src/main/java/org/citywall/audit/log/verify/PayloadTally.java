// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Envelope;

/** Counts how far payloads could be checked. Used by one thread. */
final class PayloadTally {

  private final Findings findings;
  private final Map<Integer, Long> shredded = new TreeMap<>();
  private final Map<Integer, Long> keyless = new TreeMap<>();
  private final RetentionCheck retention;
  private long checked;
  private long closed;

  PayloadTally(Findings findings) {
    this.findings = findings;
    this.retention = new RetentionCheck(findings);
  }

  void accept(RecordJudge.Judged judged) {
    int key = judged.stored().key();
    switch (judged.payload()) {
      case CHECKED -> checked++;
      case CLOSED -> closed++;
      case SHREDDED -> shredded.merge(key, 1L, Long::sum);
      case KEYLESS -> keyless.merge(key, 1L, Long::sum);
    }
    Envelope envelope = judged.envelope();
    if (judged.statement() != null && envelope != null) {
      Instant at = Micros.toInstant(envelope.receivedMicros());
      retention.accept(judged.stored().leaf(), at, judged.statement());
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
    retention.conclude(keys, shredded, signed);
  }
}

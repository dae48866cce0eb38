// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.retention.RetentionStatement;

/** Counts how far payloads could be checked. Used by one thread. */
final class PayloadTally {

  /**
   * A statement about retention.
   *
   * @param receivedMicros when the log received it, microseconds since 1970
   * @param text as {@link RetentionStatement#text} writes it
   */
  record Stated(long leaf, long receivedMicros, byte[] text) {}

  /**
   * What was counted so far. Maps go by the number of the data key.
   *
   * @param sealed payloads whose key was there
   * @param before payloads of a verification that was concluded, whose keys may have gone since
   */
  record Counted(
      long checked,
      long closed,
      Map<Integer, Long> sealed,
      Map<Integer, Long> shredded,
      Map<Integer, Long> keyless,
      Map<Integer, Long> before,
      List<Stated> statements) {

    static final Counted NOTHING =
        new Counted(0, 0, Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    Counted {
      sealed = Map.copyOf(sealed);
      shredded = Map.copyOf(shredded);
      keyless = Map.copyOf(keyless);
      before = Map.copyOf(before);
      statements = List.copyOf(statements);
    }

    /** The same for a verification that begins where this one ended. */
    Counted concluded() {
      Map<Integer, Long> all = new TreeMap<>(before);
      for (Map<Integer, Long> part : List.of(sealed, shredded, keyless)) {
        part.forEach((key, count) -> all.merge(key, count, Long::sum));
      }
      return new Counted(0, 0, Map.of(), Map.of(), Map.of(), all, statements);
    }
  }

  private final Findings findings;
  private final Map<Integer, Long> sealed = new TreeMap<>();
  private final Map<Integer, Long> before = new TreeMap<>();
  private final List<Stated> statements = new ArrayList<>();
  private final Map<Integer, Long> shredded = new TreeMap<>();
  private final Map<Integer, Long> keyless = new TreeMap<>();
  private final RetentionCheck retention;
  private long checked;
  private long closed;

  PayloadTally(Findings findings) {
    this(findings, Counted.NOTHING, 0);
  }

  /**
   * @param from leaf before which an earlier verification reported everything
   */
  PayloadTally(Findings findings, Counted counted, long from) {
    this.findings = findings;
    this.retention = new RetentionCheck(findings, from);
    this.checked = counted.checked();
    this.closed = counted.closed();
    sealed.putAll(counted.sealed());
    shredded.putAll(counted.shredded());
    keyless.putAll(counted.keyless());
    before.putAll(counted.before());
    counted.statements().forEach(this::accept);
  }

  Counted counted() {
    return new Counted(checked, closed, sealed, shredded, keyless, before, statements);
  }

  private void accept(Stated stated) {
    statements.add(stated);
    RetentionStatement statement = RetentionStatement.parse(stated.text()).orElseThrow();
    retention.accept(stated.leaf(), Micros.toInstant(stated.receivedMicros()), statement);
  }

  void accept(RecordJudge.Judged judged) {
    int key = judged.stored().key();
    switch (judged.payload()) {
      case CHECKED -> checked++;
      case CLOSED -> closed++;
      case SHREDDED -> shredded.merge(key, 1L, Long::sum);
      case KEYLESS -> keyless.merge(key, 1L, Long::sum);
    }
    boolean gone = judged.payload() == RecordJudge.Payload.SHREDDED;
    if (key != 0 && !gone && judged.payload() != RecordJudge.Payload.KEYLESS) {
      sealed.merge(key, 1L, Long::sum);
    }
    Envelope envelope = judged.envelope();
    RetentionStatement statement = judged.statement();
    if (statement != null && envelope != null) {
      accept(new Stated(judged.stored().leaf(), envelope.receivedMicros(), statement.text()));
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
    before.forEach(
        (number, count) -> {
          StoredKey key = keys.key(number);
          if (key == null) {
            keyless.merge(number, count, Long::sum);
          } else if (key.wrapped() == null) {
            shredded.merge(number, count, Long::sum);
          }
        });
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

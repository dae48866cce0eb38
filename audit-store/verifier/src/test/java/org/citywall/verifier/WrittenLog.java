// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** A log of two trees with sealed payloads, and what may become of it. */
final class WrittenLog {

  private static final Instant MARCH = Instant.parse("2026-03-15T08:00:00Z");
  private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");

  private final Path data;
  private final LogKeys keys =
      LogKeys.of(new NoteSigner("city.example/log", new KeyInMemory()))
          .withSm3(new Sm2KeyInMemory())
          .withSealing(new WrapperInMemory());

  WrittenLog(Path data) {
    this.data = data;
    append(1, 300);
  }

  String key() {
    return keys.sha256().verifierKey().toString();
  }

  private KeptLog open() {
    return EvidenceLogs.open(
        data,
        LogOptions.defaults(),
        keys,
        Clock.fixed(OCTOBER, ZoneOffset.UTC),
        new SecureRandom());
  }

  void append(long from, long to) {
    try (KeptLog log = open()) {
      for (long sequence = from; sequence <= to; sequence++) {
        Event event =
            Event.builder(new SourcePosition("s", 1, sequence), MARCH, MARCH)
                .put(Field.GOV_DEPARTMENT_CODE, "a")
                .put(Field.GOV_NOTE, "note " + sequence)
                .build();
        log.append(List.of(new Entry(EntryKind.EVENT, event)));
      }
    }
  }

  /** Destroys every payload as two persons approve. */
  void destroy() {
    try (KeptLog log = open()) {
      log.record(new PolicySet(new RetentionPolicy(180, Map.of(), 7), "citywall.yaml"));
      Payloads payloads = new Payloads("a", YearMonth.of(2026, 3));
      long proposal = log.record(new DestructionProposed(payloads, "li", "rule 7"));
      log.destroy(log.record(new Approved(proposal, "wang")));
    }
  }

  private Path segment() {
    return data.resolve("log/segment/00000000000000000000.seg");
  }

  /** Changes one byte in the middle of the records. */
  void tamper() throws Exception {
    byte[] bytes = Files.readAllBytes(segment());
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment(), bytes);
  }

  /** Cuts the last record short. */
  void truncate() throws Exception {
    try (FileChannel channel = FileChannel.open(segment(), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
  }
}

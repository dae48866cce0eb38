// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** A log of two trees whose events are about persons, and a desk that makes bundles of it. */
final class EvidenceRig implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-15T08:00:00Z");
  static final NoteSigner SIGNER = new NoteSigner("court.example/log", KeyInMemory.numbered(11));
  static final LogKeys KEYS =
      LogKeys.of(SIGNER)
          .withSm3(Sm2KeyInMemory.numbered(12))
          .withSealing(WrapperInMemory.numbered(13));

  private final Path dataDir;
  private final KeptLog log;
  private final EvidenceDesk desk;
  private long sequence;

  EvidenceRig(Path dataDir) {
    this(dataDir, KEYS, NOW);
  }

  EvidenceRig(Path dataDir, LogKeys keys, Instant now) {
    this.dataDir = dataDir;
    LogOptions options =
        LogOptions.defaults()
            .withIntervals(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    this.log = EvidenceLogs.open(dataDir, options, keys, clock, new SecureRandom());
    this.sequence = log.size();
    this.desk = new EvidenceDesk(log, dataDir, clock);
  }

  KeptLog log() {
    return log;
  }

  EvidenceDesk desk() {
    return desk;
  }

  VerifierKey key() {
    return EvidenceLogs.statedKey(dataDir);
  }

  /** Appends an event about each of these persons. */
  void append(String... persons) {
    List<Entry> entries = new ArrayList<>();
    for (String person : persons) {
      sequence++;
      entries.add(
          new Entry(
              EntryKind.EVENT,
              Event.builder(new SourcePosition("gate", 1, sequence), NOW, NOW)
                  .put(Field.USER_NAME, person)
                  .put(Field.GOV_DEPARTMENT_CODE, "a")
                  .put(Field.GOV_NOTE, "seen by camera " + sequence)
                  .build()));
    }
    log.append(entries);
  }

  static EvidenceRequest request(String leaves) {
    return new EvidenceRequest(
        LeafRanges.parse(leaves), "entries", List.of(), List.of(), "li", "case 12");
  }

  static EvidenceRequest about(String person, List<Long> leaves) {
    return new EvidenceRequest(
        new TreeSet<>(leaves),
        "entries",
        List.of(new FieldValue("user.name", person)),
        List.of(),
        "li",
        "case 12");
  }

  @Override
  public void close() {
    log.close();
  }
}

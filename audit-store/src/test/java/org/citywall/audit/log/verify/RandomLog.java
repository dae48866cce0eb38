// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;

/** A log that grows at random: batches, checkpoints, sessions of writers, destructions. */
final class RandomLog {

  private static final Instant MARCH = Instant.parse("2026-03-15T08:00:00Z");
  private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");

  private final Path dataDir;
  private final RandomGenerator random;
  private long sequence;
  private boolean hasPolicy;

  RandomLog(Path dataDir, RandomGenerator random) {
    this.dataDir = dataDir;
    this.random = random;
  }

  /** Writes for some sessions; what the last one signed covers everything. */
  void grow(int sessions) {
    for (int session = 0; session < sessions; session++) {
      try (KeptLog log = TestLogs.openAt(dataDir, OCTOBER)) {
        for (int batches = 1 + random.nextInt(4); batches > 0; batches--) {
          append(log);
        }
        if (random.nextInt(3) == 0) {
          destroy(log);
        }
      }
    }
  }

  private void append(KeptLog log) {
    List<Entry> batch = new ArrayList<>();
    for (int left = 1 + random.nextInt(60); left > 0; left--) {
      batch.add(TestLogs.entry(++sequence, MARCH, random.nextBoolean() ? "a" : "b"));
    }
    log.append(batch);
    if (random.nextBoolean()) {
      log.signCheckpoint();
    }
  }

  private void destroy(KeptLog log) {
    if (!hasPolicy) {
      log.record(new PolicySet(new RetentionPolicy(180, Map.of(), 7), "citywall.yaml"));
      hasPolicy = true;
    }
    log.append(List.of(TestLogs.entry(++sequence, MARCH, "a")));
    Payloads payloads = new Payloads("a", YearMonth.of(2026, 3));
    long proposal = log.record(new DestructionProposed(payloads, "li", "rule 7"));
    log.destroy(log.record(new Approved(proposal, "wang")));
  }
}

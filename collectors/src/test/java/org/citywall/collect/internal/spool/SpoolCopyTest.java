// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.citywall.audit.backup.BackupMember;
import org.citywall.collect.SpoolSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCopyTest {

  private static final long CAPACITY = 1 << 17;

  @TempDir private Path folder;

  @Test
  void holdsWhatWasDurableAndNotYetInTheLogWhileTheSpoolIsUsed() throws Exception {
    Path used = folder.resolve("spool");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong durable = new AtomicLong();
    AtomicLong committed = new AtomicLong();
    try (Spool spool = Spool.open(used, CAPACITY)) {
      Thread senders = Thread.ofPlatform().start(() -> append(spool, durable, stop));
      Thread forwarder = Thread.ofPlatform().start(() -> forward(spool, committed, stop));
      try {
        for (int i = 0; i < 40; i++) {
          long acknowledged = durable.get();
          Path copy = folder.resolve("copy" + i);
          try (SpoolSnapshot snapshot = SpoolSnapshot.of(used, "")) {
            long inTheLog = committed.get();
            write(snapshot, copy);
            assertHolds(copy, inTheLog, acknowledged);
          }
        }
      } finally {
        stop.set(true);
        senders.join();
        forwarder.join();
      }
      assertThat(durable.get()).isPositive();
    }
  }

  @Test
  void isEmptyWhereThereIsNoSpool() {
    try (SpoolSnapshot snapshot = SpoolSnapshot.of(folder.resolve("none"), "spool/")) {
      assertThat(snapshot.members()).isEmpty();
    }
  }

  private static void append(Spool spool, AtomicLong durable, AtomicBoolean stop) {
    try {
      for (long n = 0; !stop.get(); n += 5) {
        List<byte[]> batch = new ArrayList<>();
        for (long i = n; i < n + 5; i++) {
          batch.add((i + " ".repeat(300)).getBytes(UTF_8));
        }
        spool.awaitDurable(spool.append(batch));
        durable.set(n + 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forward(Spool spool, AtomicLong committed, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        List<Spooled> records = spool.read(50, Duration.ofMillis(20));
        if (!records.isEmpty()) {
          long next = records.getLast().index() + 1;
          // What is committed is in the log before.
          committed.set(next);
          spool.commit(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(SpoolSnapshot snapshot, Path copy) throws IOException {
    Files.createDirectories(copy);
    for (BackupMember member : snapshot.members()) {
      try (InputStream in = member.content().open()) {
        Files.write(copy.resolve(member.name()), in.readNBytes((int) member.length()));
      }
    }
  }

  private static void assertHolds(Path copy, long inTheLog, long acknowledged) throws Exception {
    try (Spool spool = Spool.open(copy, CAPACITY)) {
      long next = -1;
      for (List<Spooled> records = spool.read(500, Duration.ZERO);
          !records.isEmpty();
          records = spool.read(500, Duration.ZERO)) {
        next = next < 0 ? records.getFirst().index() : next;
        for (Spooled record : records) {
          assertThat(record.index()).isEqualTo(next++);
          assertThat(new String(record.payload(), UTF_8).strip())
              .isEqualTo(Long.toString(record.index()));
        }
        assertThat(records.getFirst().index()).isLessThanOrEqualTo(Math.max(inTheLog, next));
      }
      assertThat(Math.max(next, inTheLog)).isGreaterThanOrEqualTo(acknowledged);
    }
  }
}

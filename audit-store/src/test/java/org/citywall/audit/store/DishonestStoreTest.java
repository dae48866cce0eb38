// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.store.StoreAccessTest.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.TestEvents;
import org.citywall.audit.log.TestKeys;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that holds the log's key and lies: what the client notices, and that it stops. */
class DishonestStoreTest {

  @TempDir private Path folder;

  private TestStore store;
  private RemoteLog log;
  private final List<StoredLog> others = new ArrayList<>();

  @BeforeEach
  void start() {
    store = TestStore.startQuiet(folder.resolve("store"));
    log = store.client();
  }

  @AfterEach
  void stop() {
    log.close();
    store.close();
    others.forEach(StoredLog::close);
  }

  /** The log as it is now, in another folder, as a backup or a snapshot would keep it. */
  private Path snapshot(String name) {
    Path copy = folder.resolve(name);
    TestLogs.copy(folder.resolve("store"), copy);
    return copy;
  }

  private StoredLog opened(Path copy) {
    StoredLog other = TestStore.openQuietLog(copy);
    others.add(other);
    return other;
  }

  private void replaceBy(StoredLog other) {
    others.add(store.become(other));
  }

  @Test
  void refusesAStoreThatWasRolledBack() {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    Path yesterday = snapshot("yesterday");
    log.append(TestEvents.range("a", 6, 10));
    log.signCheckpoint();

    replaceBy(opened(yesterday));

    assertRefused(AuditErrorCode.STORE_ROLLED_BACK, () -> log.read(0, 10));
    assertRefused(AuditErrorCode.STORE_ROLLED_BACK, log::size);
    assertRefused(
        AuditErrorCode.STORE_ROLLED_BACK, () -> log.append(TestEvents.range("a", 11, 11)));
  }

  @Test
  void refusesAStoreThatLostWhatItAcknowledged() {
    log.append(TestEvents.range("a", 1, 5));
    Path before = snapshot("before");
    log.append(TestEvents.range("a", 6, 6));

    replaceBy(opened(before));

    assertRefused(AuditErrorCode.STORE_ROLLED_BACK, log::size);
  }

  @Test
  void noticesARollbackThatTookPlaceWhileItWasDown() {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    Path yesterday = snapshot("yesterday");
    log.append(TestEvents.range("a", 6, 10));
    log.signCheckpoint();
    log.close();
    StoredLog old = opened(yesterday);
    old.append(TestEvents.range("b", 1, 20));
    replaceBy(old);

    log = store.client();

    assertRefused(AuditErrorCode.STORE_ROLLED_BACK, () -> log.read(0, 10));
  }

  @Test
  void refusesAForkAndKeepsBothCheckpoints() throws Exception {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    Path branch = snapshot("branch");
    log.append(TestEvents.range("a", 6, 10));
    Checkpoint ours = log.signCheckpoint();
    StoredLog fork = opened(branch);
    fork.append(TestEvents.range("b", 1, 20));
    Checkpoint theirs = fork.signCheckpoint();

    replaceBy(fork);

    assertRefused(AuditErrorCode.STORE_FORKED, () -> log.read(0, 10));
    Path remembered = folder.resolve("store/remembered-console");
    assertThat(Files.readString(remembered)).isEqualTo(ours.note());
    assertThat(Files.readString(remembered.resolveSibling("remembered-console.conflict")))
        .isEqualTo(theirs.note());
  }

  @Test
  void refusesAForkOfTheSameSize() {
    log.append(TestEvents.range("a", 1, 5));
    Path branch = snapshot("branch");
    log.append(TestEvents.range("a", 6, 10));
    log.signCheckpoint();
    StoredLog fork = opened(branch);
    fork.append(TestEvents.range("b", 1, 5));
    fork.signCheckpoint();

    replaceBy(fork);

    assertRefused(AuditErrorCode.STORE_FORKED, log::checkpoint);
  }

  @Test
  void believesNothingMoreAfterAContradiction() {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    StoredLog honest = store.current();
    Path branch = snapshot("branch");
    log.append(TestEvents.range("a", 6, 6));
    log.signCheckpoint();
    StoredLog fork = opened(branch);
    fork.append(TestEvents.range("b", 1, 5));
    fork.signCheckpoint();
    store.become(fork);
    assertRefused(AuditErrorCode.STORE_FORKED, () -> log.read(0));

    store.become(honest);

    assertRefused(AuditErrorCode.STORE_FORKED, () -> log.read(0));
    try (RemoteLog restarted = store.client()) {
      assertThat(restarted.read(0, 10)).hasSize(6);
    }
  }

  @Test
  void noticesThatAnUnsignedEntryBecameAnotherOne() {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    Path branch = snapshot("branch");
    log.append(TestEvents.range("a", 6, 6));
    assertThat(log.read(5).event().position().source()).isEqualTo("a");
    StoredLog fork = opened(branch);
    fork.append(TestEvents.range("b", 1, 9));
    fork.signCheckpoint();

    replaceBy(fork);

    assertRefused(AuditErrorCode.STORE_FORKED, () -> log.read(0, 1));
  }

  @Test
  void noticesThatAnUnsignedEntryIsShownAsAnotherOne() {
    log.append(TestEvents.range("a", 1, 5));
    Path branch = snapshot("branch");
    log.append(TestEvents.range("a", 6, 6));
    log.read(5);
    StoredLog fork = opened(branch);
    fork.append(TestEvents.range("b", 1, 9));

    replaceBy(fork);

    assertRefused(AuditErrorCode.STORE_FORKED, () -> log.read(5));
  }

  @Test
  void refusesAnotherLogUnderTheSameName() {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    Checkpoint forged =
        TestKeys.signer("test.example/log")
            .checkpoint(9, Hash.sha256(new byte[0]), TestEvents.TIME);

    replaceBy(
        new SwitchedLog(store.current()) {
          @Override
          public Optional<Checkpoint> checkpoint() {
            return Optional.of(forged);
          }

          @Override
          public long size() {
            return 9;
          }

          @Override
          public List<Hash> consistency(long smaller, long larger) {
            return List.of();
          }
        });

    assertRefused(AuditErrorCode.NOTE_UNTRUSTED, log::checkpoint);
  }

  @Test
  void refusesARememberedCheckpointThatWasTamperedWith() throws Exception {
    log.append(TestEvents.range("a", 1, 5));
    log.signCheckpoint();
    log.close();
    Path remembered = folder.resolve("store/remembered-console");
    Files.writeString(remembered, Files.readString(remembered).replaceFirst("\n5\n", "\n4\n"));

    assertRefused(AuditErrorCode.NOTE_UNTRUSTED, store::client);
  }

  @RandomizedTest(iterations = 20)
  void refusesEntriesOfWhichAnyByteWasChanged(RandomGenerator random) {
    log.append(TestEvents.range("a", 1, 20));
    if (random.nextBoolean()) {
      log.signCheckpoint();
    }
    int victim = random.nextInt(20);
    int place = random.nextInt(10_000);
    StoredLog honest = store.current();
    store.become(
        new SwitchedLog(honest) {
          @Override
          public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
            return super.stored(fromLeaf, max, maxBytes).stream()
                .map(entry -> entry.leaf() == victim ? changed(entry, place) : entry)
                .toList();
          }
        });

    assertRefused(AuditErrorCode.LOG_CORRUPT, () -> log.read(0, 20));
    store.become(honest);
  }

  /** The entry with one byte changed, of the envelope, the salt or the payload. */
  private static StoredEntry changed(StoredEntry entry, int place) {
    byte[] envelope = entry.envelope().clone();
    byte[] salt = entry.salt().clone();
    byte[] payload = entry.payload().clone();
    byte[] target = List.of(envelope, salt, payload).get(place % 3);
    int at = place / 3 % target.length;
    // The version's byte would be another failure.
    at = place % 3 == 0 && at == 0 ? 1 : at;
    target[at] = (byte) (target[at] ^ 0x10);
    return new StoredEntry(entry.leaf(), envelope, salt, payload);
  }

  @Test
  void refusesEntriesThatAreShownInAnotherOrder() {
    log.append(TestEvents.range("a", 1, 20));
    log.signCheckpoint();
    StoredLog honest = store.current();
    store.become(
        new SwitchedLog(honest) {
          @Override
          public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
            return super.stored(fromLeaf, max, maxBytes).reversed();
          }
        });

    assertRefused(AuditErrorCode.LOG_CORRUPT, () -> log.read(0, 20));
    store.become(honest);
  }

  @Test
  void stopsReadingWhatTheStoreDoesNotSign() {
    RemoteLogOptions options =
        store
            .options("reader")
            .withTimes(TestStore.PATIENCE, Duration.ofSeconds(10), Duration.ofNanos(1));
    try (RemoteLog reader = RemoteLog.open(options)) {
      log.append(TestEvents.range("a", 1, 2));
      assertThat(reader.read(0, 1)).hasSize(1);

      assertRefused(AuditErrorCode.STORE_UNSIGNED, () -> reader.read(1, 1));
      assertRefused(
          AuditErrorCode.STORE_UNSIGNED, () -> reader.awaitBeyond(7, Duration.ofMillis(10)));

      store.log().signCheckpoint();
      assertThat(reader.read(1, 1)).hasSize(1);
    }
  }

  @Test
  void confirmsWhatItHandedOutOnceItIsSigned() throws Exception {
    for (int i = 0; i < 5; i++) {
      log.append(TestEvents.range("a", 1 + 10 * i, 10 + 10 * i));
      assertThat(log.read(10 * i, 7)).hasSize(7);
      assertThat(log.read(10 * i + 9).leaf()).isEqualTo(10 * i + 9);
      if (i % 2 == 1) {
        store.log().signCheckpoint();
        assertThat(log.awaitBeyond(1_000, Duration.ofMillis(1))).isFalse();
        assertThat(log.checkpoint().map(Checkpoint::size)).contains(10L * i + 10);
      }
    }
    assertThat(log.read(0, 100)).hasSize(50);
  }

  @Test
  void refusesToBelieveThatAPayloadWasDestroyedWhereNoEntryCoversIt() throws Exception {
    Instant march = Instant.parse("2026-03-15T08:00:00Z");
    Instant april = Instant.parse("2026-04-15T08:00:00Z");
    KeptLog kept = TestLogs.openAt(folder.resolve("sealed"), Instant.parse("2030-01-01T00:00:00Z"));
    try (TestStore sealed = TestStore.serving(folder.resolve("kept"), kept);
        RemoteLog client = sealed.client(EvidenceLogs.statedKey(folder.resolve("sealed")))) {
      kept.append(List.of(TestLogs.entry(1, march, "a"), TestLogs.entry(2, april, "a")));
      Payloads payloads = new Payloads("a", YearMonth.of(2026, 3));
      long proposal = kept.record(new DestructionProposed(payloads, "li", "rule 7"));
      long destruction = kept.destroy(kept.record(new Approved(proposal, "wang"))) - 1;
      kept.signCheckpoint();
      assertThat(client.read(0).shredded()).isTrue();

      for (long claimed : List.of(destruction, proposal, 0L, 1L, destruction + 1)) {
        StoredLog honest =
            sealed.become(
                new SwitchedLog(kept) {
                  @Override
                  public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
                    return super.stored(fromLeaf, max, maxBytes).stream()
                        .map(
                            entry ->
                                entry.leaf() == 1
                                    ? StoredEntry.shredded(1, entry.envelope(), claimed)
                                    : entry)
                        .toList();
                  }
                });
        assertRefused(AuditErrorCode.PAYLOAD_WITHHELD, () -> client.read(0, 10));
        assertRefused(AuditErrorCode.PAYLOAD_WITHHELD, () -> client.prove(1));
        sealed.become(honest);
      }
      assertThat(client.read(0, 10)).hasSize(6);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LogShippingTest {

  private static final Duration SOON = Duration.ofMillis(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private final GrowingLog log = new GrowingLog();
  private final List<Long> arrived = new CopyOnWriteArrayList<>();

  private LogShipping ship(LogShipping.Delivery delivery) {
    return new LogShipping(log, folder.resolve("shipped"), delivery, SOON, SOON);
  }

  private void arrive(byte[] lines) {
    new String(lines, StandardCharsets.UTF_8)
        .lines()
        .map(JSON::readTree)
        .forEach(line -> arrived.add(line.get("labels.proxy_leaf").asLong()));
  }

  private static List<Long> upTo(long size) {
    return LongStream.range(0, size).boxed().toList();
  }

  @Test
  void everyEntryArrivesInOrderAndNewOnesFollow() {
    log.grow(1_234);
    try (LogShipping shipping = ship(this::arrive)) {
      Awaitility.await().until(() -> arrived.size() == 1_234);
      log.grow(6);
      Awaitility.await().until(() -> shipping.lag() == 0);
    }
    assertThat(arrived).isEqualTo(upTo(1_240));
  }

  @Test
  void whatIsRefusedIsSentAgainUntilItIsTaken() {
    AtomicInteger tries = new AtomicInteger();
    log.grow(700);
    try (LogShipping shipping =
        ship(
            lines -> {
              if (tries.incrementAndGet() % 3 != 0) {
                throw new IOException("full");
              }
              arrive(lines);
            })) {
      Awaitility.await().until(() -> shipping.lag() == 0);
      assertThat(shipping.failures()).isEqualTo(4);
    }
    assertThat(arrived).isEqualTo(upTo(700));
  }

  @Test
  void aProcessThatEndsBeforeItNotedWhatWasTakenSendsItAgainAndSkipsNothing() throws Exception {
    log.grow(900);
    CountDownLatch taken = new CountDownLatch(1);
    LogShipping first =
        ship(
            lines -> {
              arrive(lines);
              taken.countDown();
              throw new IOException("the answer is lost");
            });
    assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    first.close();

    arrived.clear();
    try (LogShipping second = ship(this::arrive)) {
      Awaitility.await().until(() -> second.lag() == 0);
    }
    assertThat(arrived).isEqualTo(upTo(900));
  }

  @Test
  void aNewProcessGoesOnBehindWhatWasTaken() {
    log.grow(510);
    try (LogShipping first = ship(this::arrive)) {
      Awaitility.await().until(() -> first.lag() == 0);
    }
    arrived.clear();
    log.grow(5);
    try (LogShipping second = ship(this::arrive)) {
      Awaitility.await().until(() -> second.lag() == 0);
    }
    assertThat(arrived).containsExactly(510L, 511L, 512L, 513L, 514L);
  }

  @Test
  void aLogThatWasRestoredAndIsShorterIsSentAgainAsAWhole() throws Exception {
    Files.writeString(folder.resolve("shipped"), "5000");
    log.grow(20);
    try (LogShipping shipping = ship(this::arrive)) {
      Awaitility.await().until(() -> shipping.lag() == 0);
    }
    assertThat(arrived).isEqualTo(upTo(20));
  }

  /** A log in memory. */
  private static final class GrowingLog implements LogReader {

    private final List<LoggedEntry> entries = new CopyOnWriteArrayList<>();

    void grow(int count) {
      Instant now = Clock.systemUTC().instant();
      for (int i = 0; i < count; i++) {
        long leaf = entries.size();
        Event event =
            Event.builder(new SourcePosition("masking-proxy/test", 1, leaf + 1), now, now)
                .put(Field.USER_NAME, "ana")
                .build();
        entries.add(new LoggedEntry(leaf, EntryKind.DECISION, event));
      }
    }

    @Override
    public long size() {
      return entries.size();
    }

    @Override
    public List<LoggedEntry> read(long fromLeaf, int max) {
      int from = (int) Math.min(fromLeaf, entries.size());
      return List.copyOf(entries.subList(from, Math.min(from + max, entries.size())));
    }

    @Override
    public LoggedEntry read(long leaf) {
      return entries.get((int) leaf);
    }

    @Override
    public boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(5);
      return entries.size() > size;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
      return Optional.empty();
    }

    @Override
    public EntryProof prove(long leaf) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.collect.CollectErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final long CAPACITY = 1 << 16;
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void givesBackWhatWasAppendedInOrder() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      long ticket = spool.append(List.of(bytes("a"), bytes("b")));
      spool.awaitDurable(ticket);

      List<Spooled> records = spool.read(10, SOON);

      assertThat(records).extracting(Spooled::index).containsExactly(0L, 1L);
      assertThat(records).extracting(r -> new String(r.payload(), UTF_8)).containsExactly("a", "b");
    }
  }

  @Test
  void offersAgainAfterARestartOnlyWhatWasNotCommitted() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      spool.append(List.of(bytes("a"), bytes("b"), bytes("c")));
      spool.read(1, SOON);
      spool.commit(1);
    }

    try (Spool spool = Spool.open(folder, CAPACITY)) {
      assertThat(texts(spool)).containsExactly("b", "c");
      assertThat(spool.status().depth()).isEqualTo(2);
    }
  }

  @Test
  void cutsOffATornTailAndGoesOn() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      spool.append(List.of(bytes("a")));
    }
    Path segment = segments().getLast();
    Files.write(segment, new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);

    try (Spool spool = Spool.open(folder, CAPACITY)) {
      spool.append(List.of(bytes("b")));

      assertThat(texts(spool)).containsExactly("a", "b");
    }
  }

  @Test
  void refusesASegmentThatWasAlteredBeforeTheLastOne() throws Exception {
    fillSeveralSegments();
    Path first = segments().getFirst();
    byte[] content = Files.readAllBytes(first);
    content[content.length / 2] ^= 1;
    Files.write(first, content);

    assertThatThrownBy(() -> Spool.open(folder, CAPACITY))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(CollectErrorCode.SPOOL_CORRUPT.id());
  }

  @Test // #2
  void refusesARecordWhoseLengthWasAlteredWhileItIsOpen() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      spool.awaitDurable(spool.append(List.of(bytes("a"))));
      try (FileChannel segment = FileChannel.open(segments().getLast(), StandardOpenOption.WRITE)) {
        segment.write(ByteBuffer.wrap(new byte[] {0, 0, 1, 1}), Segment.HEADER);
      }

      assertThatThrownBy(() -> spool.read(10, SOON))
          .hasMessageContaining(CollectErrorCode.SPOOL_CORRUPT.id());
    }
  }

  @RandomizedTest
  void givesBackRecordsOfAllLengthsInBatchesOfAllSizes(RandomGenerator random) throws Exception {
    List<String> expected = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    try (Spool spool = Spool.open(folder, 1 << 24)) {
      for (int i = 0; i < 60; i++) {
        String text = i + "x".repeat(random.nextInt(4) == 0 ? random.nextInt(300_000) : 20);
        spool.append(List.of(bytes(text)));
        expected.add(text);
      }
      spool.awaitDurable(60);
      while (seen.size() < expected.size()) {
        for (Spooled record : spool.read(1 + random.nextInt(20), SOON)) {
          seen.add(new String(record.payload(), UTF_8));
        }
      }
    }

    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void refusesAFolderInWhichASegmentIsMissing() throws Exception {
    fillSeveralSegments();
    Files.delete(segments().get(1));

    assertThatThrownBy(() -> Spool.open(folder, CAPACITY))
        .hasMessageContaining(CollectErrorCode.SPOOL_CORRUPT.id());
  }

  @Test
  void refusesAFolderThatIsInUse() {
    try (Spool first = Spool.open(folder, CAPACITY)) {
      assertThatThrownBy(() -> Spool.open(folder, CAPACITY))
          .hasMessageContaining(CollectErrorCode.SPOOL_LOCKED.id());
      assertThat(first.status().depth()).isZero();
    }
  }

  @Test
  void letsAppendWaitWhileItIsFull() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      byte[] big = new byte[8 * 1024];
      int taken = 0;
      while (spool.tryAppend(List.of(big)).isPresent()) {
        taken++;
      }
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> append(spool, big));

      assertThat(taken).isBetween(5, 8);
      assertThat(waiting).isNotDone();
      for (int read = 0; read < taken; ) {
        List<Spooled> records = spool.read(1, SOON);
        read += records.size();
        spool.commit(records.getLast().index() + 1);
      }
      waiting.get(5, TimeUnit.SECONDS);
      assertThat(spool.status().bytes()).isLessThanOrEqualTo(CAPACITY);
    }
  }

  @Test
  void deletesSegmentsThatAreInTheLog() throws Exception {
    fillSeveralSegments();
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      List<Spooled> all = readAll(spool);
      spool.commit(all.getLast().index() + 1);

      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void keepsNothingOldThatIsInTheLogThoughNothingFollows() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY, Duration.ofMillis(1))) {
      spool.awaitDurable(spool.append(List.of(bytes("a citizen's name"))));
      spool.commit(spool.read(10, SOON).getLast().index() + 1);

      Awaitility.await()
          .untilAsserted(() -> assertThat(segments()).extracting(SpoolTest::size).containsOnly(8L));

      spool.append(List.of(bytes("the next")));
      assertThat(texts(spool)).containsExactly("the next");
    }
  }

  @Test
  void keepsWhatIsOldAndNotInTheLog() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY, Duration.ofMillis(1))) {
      spool.awaitDurable(spool.append(List.of(bytes("a"))));
      Awaitility.await().until(() -> segments().size() > 1);
      spool.append(List.of(bytes("b")));

      assertThat(texts(spool)).containsExactly("a", "b");
    }

    try (Spool spool = Spool.open(folder, CAPACITY)) {
      assertThat(texts(spool)).containsExactly("a", "b");
    }
  }

  @Test
  void refusesToAppendAfterItsEnd() {
    Spool spool = Spool.open(folder, CAPACITY);
    spool.close();

    assertThatThrownBy(() -> spool.append(List.of(bytes("late"))))
        .hasMessageContaining(CollectErrorCode.COLLECTOR_CLOSED.id());
  }

  @RandomizedTest
  void keepsEveryRecordOverRandomRestarts(RandomGenerator random) throws Exception {
    List<String> expected = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    long next = 0;
    for (int round = 0; round < 5; round++) {
      try (Spool spool = Spool.open(folder, CAPACITY)) {
        for (int i = random.nextInt(40); i > 0; i--) {
          String text = next++ + "x".repeat(random.nextInt(300));
          spool.append(List.of(bytes(text)));
          expected.add(text);
        }
        spool.awaitDurable(next);
        if (random.nextBoolean()) {
          List<Spooled> some = spool.read(1 + random.nextInt(30), Duration.ZERO);
          for (Spooled record : some) {
            seen.add(new String(record.payload(), UTF_8));
            spool.commit(record.index() + 1);
          }
        }
      }
    }
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      seen.addAll(texts(spool));
    }

    assertThat(seen).isEqualTo(expected);
  }

  private void fillSeveralSegments() throws Exception {
    try (Spool spool = Spool.open(folder, CAPACITY)) {
      for (int i = 0; i < 20; i++) {
        spool.awaitDurable(spool.append(List.of(new byte[2000])));
      }
    }
    assertThat(segments()).hasSizeGreaterThan(3);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static List<Spooled> readAll(Spool spool) throws InterruptedException {
    List<Spooled> all = new ArrayList<>();
    while (all.size() < spool.status().depth()) {
      all.addAll(spool.read(7, SOON));
    }
    return all;
  }

  private static List<String> texts(Spool spool) throws InterruptedException {
    return readAll(spool).stream().map(r -> new String(r.payload(), UTF_8)).toList();
  }

  private static void append(Spool spool, byte[] payload) {
    try {
      spool.append(List.of(payload));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

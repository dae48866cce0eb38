// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.IndexHealth.State;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.Entry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFollowerTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final FollowerSettings SETTINGS =
      new FollowerSettings(
          10, Duration.ofSeconds(5), 100, Duration.ofSeconds(1), Duration.ofMillis(5));

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at(NOON);
  private final FakeIndex.Disk disk = new FakeIndex.Disk();
  private final IndexFollower follower =
      new IndexFollower(log, reader -> disk.open(), clock, SETTINGS);

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void makesALeafVisibleToThoseWhoWaitForIt() throws InterruptedException {
    follower.start();
    append(25);

    assertThat(follower.ensureVisible(24, LONG)).isTrue();

    assertThat(search().asOfLeaf()).isEqualTo(25);
    await().untilAsserted(() -> assertThat(follower.health().state()).isEqualTo(State.LIVE));
    assertThat(follower.health()).isEqualTo(new IndexHealth(State.LIVE, 25, 25, 25, 0, 0, null));
    assertThat(follower.health().lag()).isZero();
  }

  @Test
  void saysWhenALeafDoesNotComeInTime() throws InterruptedException {
    follower.start();

    assertThat(follower.ensureVisible(0, Duration.ofMillis(20))).isFalse();
  }

  @Test
  void refreshesForSearchesOnlyAndNotMoreOftenThanAllowed() {
    follower.start();
    append(5);
    awaitIndexed(5);
    int atRest = disk.refreshes.get();
    assertThat(atRest).isLessThanOrEqualTo(1);

    assertThat(search().asOfLeaf()).isEqualTo(5);
    append(5);
    awaitIndexed(10);
    assertThat(search().asOfLeaf()).isEqualTo(5);
    clock.advance(Duration.ofSeconds(1));

    assertThat(search().asOfLeaf()).isEqualTo(10);
    assertThat(search().asOfLeaf()).isEqualTo(10);
    assertThat(disk.refreshes.get()).isEqualTo(atRest + 2);
  }

  @Test
  void opensTheIndexAgainAfterAFailureAndMissesNothing() throws InterruptedException {
    disk.failNext(3);
    follower.start();
    append(30);

    assertThat(follower.ensureVisible(29, LONG)).isTrue();

    assertThat(leaves())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 30).boxed().toList());
    assertThat(follower.health().failures()).isEqualTo(3);
    assertThat(follower.health().lastError()).isEqualTo("AUD-0031");
  }

  @Test
  void refusesSearchesWhileTheIndexCannotBeOpened() throws InterruptedException {
    disk.refuseOpening(true);
    follower.start();
    append(1);

    await().until(() -> follower.health().failures() > 1);
    assertThatThrownBy(this::search)
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.INDEX_FAILED));
    assertThat(follower.health().state()).isEqualTo(State.FAILED);
    disk.refuseOpening(false);

    assertThat(follower.ensureVisible(0, LONG)).isTrue();
  }

  @Test
  void commitsByNumberByTimeAndWhenClosed() {
    follower.start();
    append(120);
    awaitIndexed(120);
    await().until(() -> disk.committed() >= 100);
    assertThat(disk.committed()).isLessThanOrEqualTo(120);
    append(5);
    awaitIndexed(125);

    clock.advance(Duration.ofSeconds(5));
    await().until(() -> disk.committed() == 125);
    append(3);
    awaitIndexed(128);
    follower.close();

    assertThat(disk.committed()).isEqualTo(128);
    assertThat(follower.health().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void continuesInTheSameFolderAfterARestart(@TempDir Path folder) throws InterruptedException {
    append(40);
    for (int run = 0; run < 2; run++) {
      try (IndexFollower real =
          new IndexFollower(
              log, reader -> LuceneIndex.open(folder.resolve("index"), reader), clock, SETTINGS)) {
        real.start();
        append(10);
        assertThat(real.ensureVisible(log.size() - 1, LONG)).isTrue();
        assertThat(real.search(everything()).total()).isEqualTo(log.size());
        assertThat(real.health().rebuilds()).isZero();
      }
    }
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      SourcePosition position = new SourcePosition("s", 0, log.size() + 1);
      Event event = Event.builder(position, NOON.plusSeconds(log.size()), NOON).build();
      log.append(List.of(new Entry(EntryKind.EVENT, event)));
    }
  }

  private void awaitIndexed(long leaf) {
    await().until(() -> follower.health().nextLeaf() >= leaf);
  }

  private SearchPage search() {
    return follower.search(everything());
  }

  private List<Long> leaves() {
    return search().hits().stream().map(SearchHit::leaf).toList();
  }

  private static SearchRequest everything() {
    return new SearchRequest(new Query.All(), TimeRange.ALL, 1000, null);
  }
}

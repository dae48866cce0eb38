// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.FollowerSettings;
import org.citywall.audit.index.IndexFollower;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {

  private static final Instant MARCH = Instant.parse("2026-03-15T08:00:00Z");
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String DOOMED = "zqdoomedzq";
  private static final String STAYS = "zqstayszq";

  @TempDir private Path folder;

  private static Entry entry(long sequence, String department, String note) {
    Instant received = MARCH.plusSeconds(sequence);
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("s", 1, sequence), received, received)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.GOV_NOTE, note)
            .put(Field.USER_NAME, note)
            .build());
  }

  private static void destroy(KeptLog log) {
    Payloads payloads = new Payloads("a", YearMonth.of(2026, 3));
    long proposal = log.record(new DestructionProposed(payloads, "li", "rule 7"));
    log.destroy(log.record(new Approved(proposal, "wang")));
  }

  private IndexFollower follow(KeptLog log) {
    IndexFollower follower =
        new IndexFollower(
            log,
            reader -> LuceneIndex.open(folder.resolve("index"), reader),
            Clock.systemUTC(),
            FollowerSettings.DEFAULT);
    follower.start();
    return follower;
  }

  private static List<Long> leaves(IndexFollower index, String query) {
    SearchRequest request =
        new SearchRequest(
            new QueryParser(Clock.systemUTC()).parse(query), TimeRange.ALL, 100, null);
    return index.search(request).hits().stream().map(SearchHit::leaf).toList();
  }

  /** Whether any file of the index, moved aside or not, has this word in plain bytes. */
  private boolean isOnDisk(String word) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (file.toString().contains("/index")
            && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void erasesDestroyedPayloadsFromTheRunningIndexAndItsFiles() throws Exception {
    Files.createDirectories(folder.resolve("index.broken"));
    Files.writeString(folder.resolve("index.broken/old"), DOOMED);
    try (KeptLog log = TestLogs.openAt(folder, NOW)) {
      try (IndexFollower index = follow(log)) {
        for (int i = 0; i < 50; i++) {
          boolean doomed = i % 2 == 0;
          log.append(List.of(entry(i + 1, doomed ? "a" : "b", doomed ? DOOMED : STAYS)));
        }
        assertThat(index.ensureVisible(49, Duration.ofSeconds(20))).isTrue();
        assertThat(leaves(index, DOOMED)).hasSize(25);

        destroy(log);

        assertThat(index.ensureVisible(log.size() - 1, Duration.ofSeconds(20))).isTrue();
        assertThat(leaves(index, DOOMED)).isEmpty();
        assertThat(leaves(index, STAYS)).hasSize(25);
        assertThat(leaves(index, "gov.source.id:s")).hasSize(50).contains(0L, 48L);
      }
      assertThat(isOnDisk(STAYS)).isTrue();
      assertThat(isOnDisk(DOOMED)).isFalse();
      IndexComparison.Result result =
          IndexComparison.compare(
              folder.resolve("index"), log, new SplittableRandom(7), (done, total) -> {});
      assertThat(result.differences()).isEmpty();
    }
  }

  @Test
  void erasesThemWhereTheIndexWasBehindWhenTheyWereDestroyed() throws Exception {
    try (KeptLog log = TestLogs.openAt(folder, NOW)) {
      log.append(List.of(entry(1, "a", DOOMED), entry(2, "b", STAYS)));
      try (LuceneIndex index = LuceneIndex.open(folder.resolve("index"), log)) {
        index.index(log.read(0, 1));
      }
      destroy(log);
      assertThat(isOnDisk(DOOMED)).isTrue();

      try (IndexFollower index = follow(log)) {
        assertThat(index.ensureVisible(log.size() - 1, Duration.ofSeconds(20))).isTrue();
        assertThat(leaves(index, DOOMED)).isEmpty();
      }

      assertThat(isOnDisk(DOOMED)).isFalse();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.correlation.ledger.Dimension;
import org.citywall.correlation.ledger.ExposureQuestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExposureFollowerTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final ExposureQuestion DAY =
      ExposureQuestion.of(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 2), Dimension.OPERATOR);

  @TempDir private Path folder;

  private final MemoryLog log = new MemoryLog();

  @Test
  void countsWhatIsAppended() {
    append(3);
    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      append(4);

      awaitRows(follower, 7);
      assertThat(follower.lag()).isZero();
    }
  }

  @Test
  void goesOnWhereItEnded() throws IOException {
    append(3);
    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      awaitRows(follower, 3);
    }
    String head = Files.readString(folder.resolve("head"));
    append(5);

    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      awaitRows(follower, 8);
    }
    assertThat(head).contains("next 1\n");
  }

  @Test
  void countsAgainWhatWasAlteredOnTheDisk() throws IOException {
    append(3);
    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      awaitRows(follower, 3);
    }
    Files.writeString(folder.resolve("head"), "citywall-exposure/1\nnext 1\n");

    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      awaitRows(follower, 3);
    }
  }

  @Test
  void countsAgainWhereTheLogIsAnEarlierOne() {
    append(3);
    append(3);
    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      awaitRows(follower, 6);
    }
    MemoryLog earlier = new MemoryLog();
    earlier.append(List.of(new Entry(EntryKind.EVENT, log.read(0).event())));

    try (ExposureFollower follower = ExposureFollower.start(earlier, folder)) {
      awaitRows(follower, 3);
    }
  }

  @Test
  void erasesWhatItSavedWhenPayloadsAreDestroyed() {
    append(3);
    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      awaitRows(follower, 3);
    }
    assertThat(folder.resolve("head")).exists();
    RetentionStatement done = new RetentionStatement.Completed(0, List.of("index: erased"));
    log.append(
        List.of(
            new Entry(
                EntryKind.RETENTION,
                Event.builder(new SourcePosition("retention", 1, 1), NOON, NOON)
                    .put(Field.EVENT_ACTION, done.act())
                    .put(Field.EVENT_ORIGINAL, done.text())
                    .build())));

    try (ExposureFollower follower = ExposureFollower.start(log, folder)) {
      Awaitility.await().until(() -> !Files.exists(folder.resolve("head")));
      awaitRows(follower, 3);
      Awaitility.await().until(() -> follower.lag() == 0);
    }
  }

  private void append(long rows) {
    long number = log.size() + 1;
    log.append(
        List.of(
            new Entry(
                EntryKind.EVENT,
                Event.builder(new SourcePosition("db", 1, number), NOON, NOON)
                    .put(Field.USER_NAME, "li")
                    .put(Field.DB_ROWS_RETURNED, rows)
                    .build())));
  }

  private static void awaitRows(ExposureFollower follower, long rows) {
    Awaitility.await().until(() -> follower.report(DAY).total().rows() == rows);
  }
}

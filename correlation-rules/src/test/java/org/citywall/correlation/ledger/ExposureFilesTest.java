// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.correlation.CorrelationErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExposureFilesTest {

  private static final int ROOM = 100_000;

  @TempDir private Path folder;

  @RandomizedTest(iterations = 3)
  void goesOnAfterAnyNumberOfStopsAsIfThereHadBeenNone(RandomGenerator random) throws IOException {
    Path own = Files.createTempDirectory(folder, "ledger");
    List<LoggedEntry> entries = History.random(random, 400).entries();
    ExposureLedger undisturbed = ExposureLedgerTest.ledger(entries);
    ExposureFiles files = new ExposureFiles(own);
    ExposureLedger ledger = files.read(ROOM);

    while (ledger.next() < entries.size()) {
      int stop = (int) Math.min(entries.size(), ledger.next() + random.nextInt(1, 200));
      entries.subList((int) ledger.next(), stop).forEach(ledger::accept);
      if (random.nextInt(3) == 0) {
        files.save(ledger);
      }
      if (random.nextInt(3) == 0) {
        // Killed: what was not saved is counted again.
        files = new ExposureFiles(own);
        ledger = files.read(ROOM);
      }
    }

    assertThat(all(ledger)).isEqualTo(all(undisturbed));
    files.save(ledger);
    assertThat(all(new ExposureFiles(own).read(ROOM))).isEqualTo(all(undisturbed));
  }

  @Test
  void writesOnlyDaysThatChanged() throws IOException {
    History history = new History();
    history.completion(History.START, "a", "s.person", 3, 2, null);
    history.completion(History.START.plusSeconds(86_400), "a", "s.person", 3, 2, null);
    ExposureLedger ledger = ExposureLedgerTest.ledger(history.entries());
    ExposureFiles files = new ExposureFiles(folder);
    files.save(ledger);
    history.completion(History.START.plusSeconds(90_000), "b", "s.person", 3, 2, null);
    ledger.accept(history.entries().getLast());

    files.save(ledger);

    assertThat(names()).containsExactly("2026-03-02-2.day", "2026-03-03-3.day", "head");
  }

  @RandomizedTest(iterations = 6)
  void refusesWhatWasAltered(RandomGenerator random) throws IOException {
    Path own = Files.createTempDirectory(folder, "ledger");
    ExposureFiles files = new ExposureFiles(own);
    files.save(ExposureLedgerTest.ledger(History.random(random, 12).entries()));
    List<Path> written;
    try (Stream<Path> list = Files.list(own)) {
      written = list.sorted().toList();
    }
    Path file = written.get(random.nextInt(written.size()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);

    assertThatThrownBy(() -> new ExposureFiles(own).read(ROOM))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(CorrelationErrorCode.EXPOSURE_SNAPSHOT_INVALID));
    files.clear();
    assertThat(new ExposureFiles(own).read(ROOM).next()).isZero();
  }

  @Test
  void leavesNothingWhereItIsErased() throws IOException {
    ExposureFiles files = new ExposureFiles(folder);
    files.save(
        ExposureLedgerTest.ledger(
            History.random(RandomGenerator.of("L64X128MixRandom"), 50).entries()));

    files.clear();

    assertThat(names()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<ExposureReport> all(ExposureLedger ledger) {
    LocalDate newest = ledger.newest().orElseThrow();
    return Stream.of(Dimension.values())
        .map(by -> ledger.report(ExposureQuestion.of(newest.minusDays(89), newest, by)))
        .toList();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUsageTest extends UsageContract {

  @TempDir Path folder;
  private Path file;
  private Usage usage;

  @BeforeEach
  void open() {
    file = folder.resolve("usage");
    usage = FileUsage.open(file, CLOCK);
  }

  @AfterEach
  void close() {
    usage.close();
  }

  @Override
  List<Usage> proxies() {
    return List.of(usage);
  }

  @Override
  Usage restarted() {
    usage.close();
    open();
    return usage;
  }

  /** A power cut may leave any beginning of the file that is longer than what was forced. */
  @RandomizedTest(iterations = 5)
  void neverGivesOutAgainWhatWasAcknowledged(RandomGenerator random) throws IOException {
    UsageKey key = key();
    TreeMap<Long, Long> acknowledged = new TreeMap<>();
    acknowledged.put(Files.size(file), 0L);
    long used = 0;
    for (int i = 0; i < 30; i++) {
      used += taken(usage.take(key, 1000, 1, random.nextInt(1, 30))).count();
      acknowledged.put(Files.size(file), used);
    }
    byte[] whole = Files.readAllBytes(file);

    for (int i = 0; i < 20; i++) {
      int length = random.nextInt(acknowledged.firstKey().intValue(), whole.length + 1);
      byte[] torn = Arrays.copyOf(whole, length);
      Path copy = Files.write(folder.resolve("torn" + i), torn);
      try (Usage after = FileUsage.open(copy, CLOCK)) {
        long left = after.left(key, 1000).join();

        assertThat(1000 - left).isEqualTo(acknowledged.floorEntry((long) length).getValue());
      }
      Files.delete(copy);
    }
  }

  @Test
  void cutsOffALastLineThatWasNotWrittenWhole() throws IOException {
    UsageKey key = key();
    taken(usage.take(key, 9, 4));
    taken(usage.take(key, 9, 2));
    usage.close();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);

    open();

    assertThat(usage.left(key, 9).join()).isEqualTo(5);
    assertThat(taken(usage.take(key, 9, 5))).isEqualTo(new Usage.Taken(5, 0));
    assertThat(restarted().left(key, 9).join()).isZero();
  }

  @Test
  void refusesAFileThatIsDamagedBeforeItsEnd() throws IOException {
    UsageKey key = key();
    taken(usage.take(key, 9, 4));
    long first = Files.size(file);
    taken(usage.take(key, 9, 2));
    usage.close();
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) first - 3] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> FileUsage.open(file, CLOCK))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("MSK-0035")
        .hasMessageContaining("usage:2");
  }

  @Test
  void letsOneCountInAFile() {
    assertThatThrownBy(() -> FileUsage.open(file, CLOCK))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("MSK-0034");
  }

  @Test
  void forgetsADayAfterAKeyHasExpired() throws IOException {
    UsageKey key = key();
    taken(usage.take(key, 9, 4));
    usage.close();

    FileUsage.open(file, at(Duration.ofHours(24))).close();
    assertThat(Files.readString(file)).contains(key.name());
    FileUsage.open(file, at(Duration.ofHours(26))).close();
    assertThat(Files.readString(file)).isEqualTo("citywall-usage 1\n");
    open();
  }

  private static Clock at(Duration later) {
    return Clock.fixed(NOW.plus(later), ZoneOffset.UTC);
  }

  @Test
  void takesNothingAfterItWasClosed() {
    usage.close();

    assertThatThrownBy(() -> taken(usage.take(key(), 9, 1))).hasMessageContaining("MSK-0034");
  }
}

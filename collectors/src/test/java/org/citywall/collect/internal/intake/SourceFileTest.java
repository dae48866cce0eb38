// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {

  private static final SourceFile.Content CONTENT =
      new SourceFile.Content(
          4711,
          List.of(
              new SourceMemory(
                  "relp-tls/CN=杭州-01",
                  new Rhythm.Memory(7, Instant.parse("2026-03-04T08:00:00.123456Z"), 1500.5, true),
                  Map.of(
                      "gw-01",
                      new SourceMemory.Host(
                          new Rhythm.Memory(0, null, 0, false), List.of(7L, 2_147_483_647L)))),
              new SourceMemory(
                  "http/gateway", new Rhythm.Memory(1, Instant.EPOCH, 0, false), Map.of())));

  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    SourceFile.write(file(), CONTENT);

    assertThat(SourceFile.read(file())).isEqualTo(CONTENT);
  }

  @RandomizedTest(iterations = 100)
  void refusesAFileOfWhichAnyByteIsAlteredOrCutOff(RandomGenerator random) throws IOException {
    SourceFile.write(file(), CONTENT);
    byte[] bytes = Files.readAllBytes(file());
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    } else {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    Files.write(file(), bytes);

    assertThatThrownBy(() -> SourceFile.read(file())).isInstanceOf(IOException.class);
  }

  private Path file() {
    return folder.resolve(SourceFile.NAME);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointHistoryTest {

  @TempDir private Path folder;
  private Path file;
  private byte[] whole;
  private int secondEnd;

  /** Three pairs of sizes 1 to 3. */
  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("00000000.notes");
    for (int size = 1; size <= 3; size++) {
      try (CheckpointHistory history = CheckpointHistory.open(folder, Disk.REAL)) {
        history.append(pair(size));
      }
      secondEnd = size == 2 ? (int) Files.size(file) : secondEnd;
    }
    whole = Files.readAllBytes(file);
  }

  private static CheckpointPair pair(long size) {
    Hash root = Hash.sha256(new byte[] {(byte) size});
    return new CheckpointPair(
        TestKeys.ALL.sha256().checkpoint(size, root, Instant.EPOCH),
        TestKeys.ALL.of(TreeHash.SM3).orElseThrow().checkpoint(size, root, Instant.EPOCH));
  }

  @Test
  void keepsBothNotesOrNoneWhereverTheLastFrameIsCut() throws IOException {
    for (int cut = secondEnd; cut < whole.length; cut++) {
      Files.write(file, Arrays.copyOf(whole, cut));

      assertThat(lastSizes()).as("cut at %d", cut).containsExactly(2L, 2L);
      assertThat(Files.size(file)).isEqualTo(secondEnd);
    }
    Files.write(file, whole);
    assertThat(lastSizes()).containsExactly(3L, 3L);
  }

  @Test
  void keepsNeitherNoteOfAFrameWhoseMiddleWasNeverWritten() throws IOException {
    for (int from = secondEnd; from < whole.length; from += 31) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, from, Math.min(from + 40, torn.length), (byte) 0);
      Files.write(file, torn);

      assertThat(lastSizes()).as("zeros from %d", from).containsExactly(2L, 2L);
    }
  }

  @Test
  void refusesToCutDamageThatALaterFrameFollows() throws IOException {
    for (int at = 0; at < secondEnd; at += 17) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);

      EvidenceLogContract.assertRefused(AuditErrorCode.LOG_CORRUPT, this::lastSizes);
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  private List<Long> lastSizes() throws IOException {
    try (CheckpointHistory history = CheckpointHistory.open(folder, Disk.REAL)) {
      return history.last().stream().map(note -> Checkpoint.parse(note).size()).toList();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.io.TempDir;

class OffsetCheckTest {

  private static final int RECORD = 100;

  @TempDir private Path root;

  private Path segment() {
    return root.resolve("segment/00000000000000000000.seg");
  }

  private Findings compared(OffsetCheck offsets) throws Exception {
    Findings findings = new Findings();
    offsets.compare(findings);
    return findings;
  }

  @RandomizedTest(iterations = 20)
  void comparesOffsetsOverAnyNumberOfInterruptions(RandomGenerator random) throws Exception {
    int count = random.nextInt(6000);
    byte[] index = index(count);
    Path file = root.resolve("segment/00000000000000000000.idx");
    Files.createDirectories(file.getParent());
    Files.write(file, index);
    OffsetCheck offsets = new OffsetCheck(root, segment(), OffsetCheck.Known.NONE);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(500) == 0) {
        OffsetCheck.Known known = offsets.before(32 + (long) RECORD * i);
        assertThat(known.rest()).hasSizeLessThan(1024);
        offsets = new OffsetCheck(root, segment(), known);
      }
      offsets.add(32 + (long) RECORD * i);
    }

    assertThat(compared(offsets).kept()).isEmpty();
    index[random.nextInt(index.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, index);
    assertThat(compared(offsets).verdict()).isEqualTo(Verdict.TAMPERED);
  }

  private static byte[] index(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + 4 * count);
    bytes.putLong(0x4357494458000001L).putInt(count).putInt(0);
    for (int i = 0; i < count; i++) {
      bytes.putInt(32 + RECORD * i);
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 16, 4 * count);
    return bytes.putInt(12, (int) crc.getValue()).array();
  }
}

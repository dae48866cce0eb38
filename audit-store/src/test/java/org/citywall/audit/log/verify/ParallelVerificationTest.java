// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.io.TempDir;

class ParallelVerificationTest {

  private static final int DAMAGES = 50;

  @TempDir private Path dataDir;

  private VerificationReport verify(int threads) {
    return TestLogs.verifier(dataDir).withThreads(threads).full(Progress.SILENT);
  }

  private void assertSameWithEveryNumberOfThreads(String what) {
    VerificationReport report = verify(1);

    assertThat(verify(2)).as(what).isEqualTo(report);
    assertThat(verify(7)).as(what).isEqualTo(report);
  }

  @RandomizedTest(iterations = 2)
  void reportsTheSameWhateverTheNumberOfThreads(RandomGenerator random) throws Exception {
    new RandomLog(dataDir, random).grow(1 + random.nextInt(2));
    assertSameWithEveryNumberOfThreads("untouched");

    Damage damage = Damage.anywhere(dataDir.resolve("log"));
    for (int i = 0; i < DAMAGES; i++) {
      assertSameWithEveryNumberOfThreads(damage.strike(random));
      damage.mend();
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.collect.CollectErrorCode;
import org.junit.jupiter.api.Test;

class FrameBufferTest {

  private static final int ALL = 64 * 1024;

  private final BufferBudget budget = new BufferBudget(ALL);

  @RandomizedTest(iterations = 50)
  void givesBackTheBytesOfTheStreamInOrder(RandomGenerator random) throws Exception {
    byte[] sent = new byte[random.nextInt(200_000)];
    random.nextBytes(sent);
    InputStream in = new ByteArrayInputStream(sent);
    FrameBuffer buffer = new FrameBuffer(budget, Duration.ZERO);
    byte[] received = new byte[sent.length];
    int count = 0;
    while (buffer.fill(in)) {
      int used = buffer.size() > 20_000 ? buffer.size() : random.nextInt(buffer.size() + 1);
      count += buffer.moveTo(received, count, used);
    }
    buffer.moveTo(received, count, buffer.size());
    buffer.close();

    assertThat(received).isEqualTo(sent);
    assertThat(budget.tryTake(ALL)).isTrue();
  }

  @Test
  void growsNoFurtherThanTheBudgetAllows() throws Exception {
    try (FrameBuffer first = new FrameBuffer(budget, Duration.ZERO);
        FrameBuffer second = new FrameBuffer(budget, Duration.ZERO)) {
      InputStream endless = InputStream.nullInputStream();
      assertThat(first.fill(endless)).isFalse();
      InputStream zeroes = new ByteArrayInputStream(new byte[10 * ALL]);
      for (int i = 0; i < 4; i++) {
        first.fill(zeroes);
      }

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  second.fill(zeroes);
                }
              })
          .hasMessageContaining(CollectErrorCode.BUFFERS_EXHAUSTED.id());
      assertThat(first.size() + second.size()).isLessThanOrEqualTo(ALL + 2 * 4096);
    }

    assertThat(budget.tryTake(ALL)).isTrue();
  }
}

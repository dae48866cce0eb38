// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * Keeps what Netty reports of buffers that nobody released. Netty makes it where the system
 * property {@code io.netty.customResourceLeakDetector} names it, as the module's pom does.
 */
public final class ByteBufLeaks<T> extends ResourceLeakDetector<T> {

  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
  private static final AtomicLong NUMBER = new AtomicLong();

  /** Netty's: by type, and one of how many buffers is watched. */
  public ByteBufLeaks(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /** The same as Netty once called it; it complains where this is missing. */
  public ByteBufLeaks(Class<?> resourceType, int samplingInterval, long maxActive) {
    this(resourceType, samplingInterval);
  }

  /** Makes no report the same as another one, because Netty gives each only once. */
  @Override
  protected Object getInitialHint(String resourceType) {
    return NUMBER.incrementAndGet();
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    REPORTS.add(records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    REPORTS.add(resourceType);
  }

  /**
   * Fails where a buffer was lost since the last time. A buffer that is lost on purpose shows that
   * those lost before it have been looked for: twice, because one collection finds them in any
   * order.
   */
  static synchronized void assertNone() {
    for (int i = 0; i < 2; i++) {
      loseOne();
      Awaitility.await().atMost(RawClient.PATIENCE).until(ByteBufLeaks::foundTheLostOne);
    }
    List<String> found = new ArrayList<>(REPORTS);
    REPORTS.removeAll(found);
    assertThat(found).isEmpty();
  }

  private static void loseOne() {
    UnpooledByteBufAllocator.DEFAULT.directBuffer(1).writeByte(1);
  }

  private static boolean foundTheLostOne() {
    System.gc();
    UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
    return REPORTS.removeIf(report -> report.contains("ByteBufLeaks.loseOne"));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLog;

/** Tells how many entries are durable, and lets clients wait for more. */
final class SizeEndpoint implements AutoCloseable {

  static final byte VERSION = 1;

  private static final Set<String> PARAMETERS = Set.of("beyond", "wait");

  /** How soon a closing server is noticed by who waits. */
  private static final Duration STEP = Duration.ofMillis(500);

  private final EvidenceLog log;
  private final Duration longest;
  private final Semaphore waiters;
  private volatile boolean closing;

  SizeEndpoint(EvidenceLog log, StoreLimits limits) {
    this.log = log;
    this.longest = limits.longestWait();
    this.waiters = new Semaphore(limits.waiting());
  }

  void answer(Exchange exchange) throws IOException {
    Parameters parameters = exchange.parameters(PARAMETERS);
    long beyond = parameters.optional("beyond", 0);
    long wait = Math.min(parameters.optional("wait", 0), longest.toMillis());
    if (wait > 0 && log.size() <= beyond) {
      if (!waiters.tryAcquire()) {
        throw new PlatformException(AuditErrorCode.STORE_BUSY, "too many clients wait");
      }
      try {
        await(beyond, Duration.ofMillis(wait));
      } finally {
        waiters.release();
      }
    }
    exchange.answer(
        Exchange.BYTES,
        Exchange.NOT_KEPT,
        ByteBuffer.allocate(1 + Long.BYTES).put(VERSION).putLong(log.size()).array());
  }

  private void await(long beyond, Duration wait) throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    try {
      long left = wait.toNanos();
      while (left > 0
          && !closing
          && !log.awaitBeyond(beyond, Duration.ofNanos(Math.min(left, STEP.toNanos())))) {
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the time of the exchange is over", e);
    }
  }

  @Override
  public void close() {
    closing = true;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the sockets of peers that take too long. A read time-out of the socket would begin anew
 * with each byte that trickles in, and a write has none. Safe for use by several threads.
 */
final class Deadlines implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
  private static final long SWEEP_MILLIS = 50;

  private final Set<Deadline> watched = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  Deadlines() {
    Thread.ofPlatform().name("collector-deadlines").daemon().start(this::sweepUntilClosed);
  }

  /** A deadline for this socket, which is switched off at first. */
  Deadline watch(Socket socket) {
    Deadline deadline = new Deadline(socket);
    watched.add(deadline);
    return deadline;
  }

  /** When a peer must be done with what it does. Used by the connection's own thread. */
  final class Deadline implements AutoCloseable {

    private final Socket socket;
    private volatile long dueNanos;
    private volatile boolean armed;
    private volatile boolean expired;

    private Deadline(Socket socket) {
      this.socket = socket;
    }

    /** Lets the socket be closed when this much time has passed. */
    void within(Duration time) {
      dueNanos = System.nanoTime() + time.toNanos();
      armed = true;
    }

    void off() {
      armed = false;
    }

    /** Whether the socket was closed because the time was over. */
    boolean expired() {
      return expired;
    }

    private void check(long now) {
      if (armed && now - dueNanos >= 0) {
        expired = true;
        armed = false;
        try {
          socket.close();
        } catch (IOException e) {
          LOG.atDebug().setCause(e).log("socket cannot be closed");
        }
      }
    }

    @Override
    public void close() {
      watched.remove(this);
    }
  }

  private void sweepUntilClosed() {
    try {
      while (!closed.await(SWEEP_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        watched.forEach(deadline -> deadline.check(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.citywall.collect.internal.listen.Deadlines.Deadline;

/** A connection to a peer, after the TLS handshake where there is one. For one thread. */
final class Connection implements AutoCloseable {

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Socket socket;
  private final Peer peer;
  private final Patience patience;
  private final Deadline deadline;
  private final FrameBuffer buffer;
  private final InputStream in;
  private final OutputStream out;
  private boolean greeted;
  private boolean idle;
  private boolean insideRecord;
  private long recordBegan;
  private boolean endedInOrder;

  Connection(Socket socket, Peer peer, Patience patience, Deadline deadline, BufferBudget budget)
      throws IOException {
    this.socket = socket;
    this.peer = peer;
    this.patience = patience;
    this.deadline = deadline;
    this.buffer = new FrameBuffer(budget, patience.record());
    this.in = socket.getInputStream();
    this.out = new TimedOutput(socket.getOutputStream(), deadline, patience.record());
  }

  Peer peer() {
    return peer;
  }

  /** What was read and not yet used. */
  FrameBuffer buffer() {
    return buffer;
  }

  /** Writes to the peer; each write must end within the time that a record may take. */
  OutputStream out() {
    return out;
  }

  /**
   * Reads more into the buffer; false at the end of the stream. A record must end within its own
   * time however slowly its bytes come; when time is over, the connection is closed.
   *
   * @param inside whether a record has begun and not ended
   */
  boolean read(boolean inside) throws IOException, InterruptedException {
    deadline.within(allowed(inside));
    idle = greeted && !inside;
    try {
      boolean more = buffer.fill(in);
      greeted = true;
      idle = false;
      endedInOrder = !more;
      return more;
    } finally {
      deadline.off();
    }
  }

  private Duration allowed(boolean inside) {
    if (inside && !insideRecord) {
      recordBegan = System.nanoTime();
    }
    insideRecord = inside;
    if (!inside) {
      return greeted ? patience.idle() : patience.greeting();
    }
    Duration left = patience.record().minusNanos(System.nanoTime() - recordBegan);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A record has ended: the next one has its own time. */
  void recordEnded() {
    insideRecord = false;
  }

  /** Whether the peer took longer than it may over a greeting, a record, or reading an answer. */
  boolean stalled() {
    return deadline.expired() && !idle;
  }

  /** The peer has said that it is done. */
  void endsInOrder() {
    endedInOrder = true;
  }

  /** Whether the peer ended it, or said nothing for too long, rather than broke off. */
  boolean endedInOrder() {
    return endedInOrder || deadline.expired() && idle;
  }

  /** Says that nothing more will be written, and reads no more than for a moment. */
  void sayGoodbye() throws IOException, InterruptedException {
    idle = true;
    deadline.within(FAREWELL);
    socket.shutdownOutput();
    byte[] rest = new byte[8 * 1024];
    // Closed with unread bytes, the peer would be reset before it has read the last answer.
    while (in.read(rest) >= 0) {
      continue;
    }
  }

  @Override
  public void close() throws IOException {
    // The farewell of TLS must not wait for a peer that reads nothing.
    deadline.within(FAREWELL);
    try {
      socket.close();
    } finally {
      buffer.close();
      deadline.off();
    }
  }
}

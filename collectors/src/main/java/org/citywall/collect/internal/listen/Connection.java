// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** An accepted connection, after the TLS handshake where there is one. */
final class Connection {

  private final Socket socket;
  private final String source;
  private final ConnectionLimits limits;
  private final InputStream in;
  private final OutputStream out;
  private long recordBegan;
  private boolean insideRecord;

  Connection(Socket socket, String source, ConnectionLimits limits) throws IOException {
    this.socket = socket;
    this.source = source;
    this.limits = limits;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Name of the source, for positions of its events. */
  String source() {
    return source;
  }

  /**
   * The stream to read from next, with the time that may pass set on it: a record must end within
   * its own limit however slowly its bytes come.
   */
  InputStream await(boolean inside) throws IOException {
    if (inside && !insideRecord) {
      recordBegan = System.nanoTime();
    }
    insideRecord = inside;
    long millis = limits.idle().toMillis();
    if (inside) {
      long spent = (System.nanoTime() - recordBegan) / 1_000_000;
      millis = limits.record().toMillis() - spent;
      if (millis <= 0) {
        throw new SocketTimeoutException("record takes too long");
      }
    }
    socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    return in;
  }

  /** A record has ended: the next one has its own time. */
  void recordEnded() {
    insideRecord = false;
  }

  OutputStream out() {
    return out;
  }
}

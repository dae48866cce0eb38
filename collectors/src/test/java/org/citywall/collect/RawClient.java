// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A peer that sends whatever bytes a test wants. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  static RawClient connect(InetSocketAddress address) throws IOException {
    return new RawClient(new Socket(address.getAddress(), address.getPort()));
  }

  static RawClient over(Socket socket) {
    return new RawClient(socket);
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends no more, but still reads. */
  RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Sends byte by byte with pauses until the peer closes; whether it did in time. */
  boolean tricklesUntilClosed(String text, Duration pause, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    byte[] bytes = text.getBytes(ISO_8859_1);
    for (int i = 0; System.nanoTime() < end; i++) {
      try {
        socket.getOutputStream().write(bytes[i % bytes.length]);
      } catch (IOException e) {
        return true;
      }
      if (isClosedWithin(pause)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the peer ends the connection in this time; what it sends meanwhile is dropped. */
  boolean isClosedWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      while (socket.getInputStream().read() >= 0) {
        continue;
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** Everything up to and with this text. */
  String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int c = socket.getInputStream().read();
      if (c < 0) {
        throw new IOException("the connection ended behind: " + text);
      }
      text.append((char) c);
    }
    return text.toString();
  }

  /** Everything up to the end of the stream. */
  String readAll() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(bytes);
    return bytes.toString(UTF_8);
  }

  /** Breaks the connection off, as a peer does that crashes. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

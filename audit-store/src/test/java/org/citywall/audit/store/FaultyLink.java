// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between client and store that can be broken in several ways. */
final class FaultyLink implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private long answerBytes = Long.MAX_VALUE;

  FaultyLink(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing gets through, and nobody is told: connections stay open. */
  void fallSilent() {
    silent = true;
  }

  /** Lets this many bytes of answers through, then cuts the connection; later ones are whole. */
  synchronized void cutAnswersAfter(long bytes) {
    answerBytes = bytes;
  }

  /** All is well for connections made from now on; those from before are cut. */
  synchronized void repair() {
    silent = false;
    answerBytes = Long.MAX_VALUE;
    sockets.forEach(FaultyLink::cut);
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException e) {
      sockets.forEach(FaultyLink::cut);
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(server);
      Thread.ofVirtual().start(() -> carry(client, server, false));
      Thread.ofVirtual().start(() -> carry(server, client, true));
    } catch (IOException e) {
      cut(client);
    }
  }

  private void carry(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (silent) {
          continue;
        }
        int let = answers ? letThrough(n) : n;
        out.write(buffer, 0, let);
        if (let < n) {
          return;
        }
      }
    } catch (IOException e) {
      // The other direction has ended: so does this one.
      cut(from);
    }
  }

  /** How many of these bytes of answers get through; the one cut is for one connection. */
  private synchronized int letThrough(int bytes) {
    int let = (int) Math.min(bytes, answerBytes);
    answerBytes = let < bytes ? Long.MAX_VALUE : answerBytes - let;
    return let;
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(FaultyLink::cut);
  }
}

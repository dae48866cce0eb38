// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.internal.intake.Refusals;
import org.citywall.collect.internal.intake.SourceKind;
import org.citywall.collect.internal.listen.Deadlines.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one port and serves each on a virtual thread, within limits. */
public final class TcpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
  private static final int BACKLOG = 128;
  private static final long PAUSE_MILLIS = 100;
  private static final long CLOSE_MILLIS = 2_000;

  /** A peer that is gone without a word is noticed after about two minutes. */
  private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 60,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 15,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 4);

  private final SourceKind kind;
  private final ServerSocket server;
  private final @Nullable ServerTls tls;
  private final Patience patience;
  private final Gate gate;
  private final Session session;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What the listeners of one collector share. */
  record Gate(Admission admission, Deadlines deadlines, BufferBudget budget, Refusals refusals) {}

  private TcpListener(
      SourceKind kind,
      ServerSocket server,
      @Nullable ServerTls tls,
      Patience patience,
      Gate gate,
      Session session) {
    this.kind = kind;
    this.server = server;
    this.tls = tls;
    this.patience = patience;
    this.gate = gate;
    this.session = session;
  }

  /**
   * Opens the port and serves it.
   *
   * @param tls null for plain TCP
   */
  static TcpListener start(
      SourceKind kind,
      InetSocketAddress address,
      @Nullable ServerTls tls,
      Patience patience,
      Gate gate,
      Session session) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
      TcpListener listener = new TcpListener(kind, server, tls, patience, gate, session);
      Thread.ofVirtual().name(kind.label() + "-accept").start(listener::acceptUntilClosed);
      return listener;
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.LISTEN_FAILED,
          kind.label() + " at " + address + ": " + e.getMessage(),
          e);
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void acceptUntilClosed() {
    try {
      while (!server.isClosed()) {
        acceptOne();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptOne() throws InterruptedException {
    try {
      Socket socket = server.accept();
      if (gate.admission().admit(socket.getInetAddress())) {
        open.add(socket);
        Thread thread = Thread.ofVirtual().name(kind.label()).unstarted(() -> serve(socket));
        threads.add(thread);
        thread.start();
      } else {
        refused(Peer.plain(socket.getInetAddress()), CollectErrorCode.CONNECTIONS_EXHAUSTED);
        socket.close();
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        LOG.atWarn().setCause(e).addKeyValue("listener", kind.label()).log("cannot accept");
        // Out of file descriptors, most likely: trying again at once would only burn time.
        closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        Deadline deadline = gate.deadlines().watch(socket)) {
      socket.setKeepAlive(true);
      KEEP_ALIVE.forEach((option, value) -> set(socket, option, value));
      socket.setTcpNoDelay(true);
      if (tls == null) {
        converse(socket, Peer.plain(socket.getInetAddress()), deadline);
      } else {
        SSLSocket secured = handshake(socket, tls, deadline);
        converse(secured, ServerTls.peer(secured), deadline);
      }
    } catch (IOException | PlatformException e) {
      LOG.atDebug().setCause(e).addKeyValue("listener", kind.label()).log("connection ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gate.admission().release(socket.getInetAddress());
      open.remove(socket);
      threads.remove(Thread.currentThread());
    }
  }

  private static void set(Socket socket, SocketOption<Integer> option, int value) {
    try {
      if (socket.supportedOptions().contains(option)) {
        socket.setOption(option, value);
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the socket keeps the system's keep-alive");
    }
  }

  private SSLSocket handshake(Socket socket, ServerTls server, Deadline deadline)
      throws IOException {
    deadline.within(patience.record());
    try {
      return server.handshake(socket);
    } catch (IOException e) {
      if (deadline.expired()) {
        refused(Peer.plain(socket.getInetAddress()), CollectErrorCode.PEER_STALLED);
      } else if (!(e.getCause() instanceof EOFException)) {
        refused(Peer.plain(socket.getInetAddress()), CollectErrorCode.HANDSHAKE_FAILED);
      }
      throw e;
    } finally {
      deadline.off();
    }
  }

  private void converse(Socket socket, Peer peer, Deadline deadline)
      throws IOException, InterruptedException {
    try (Connection connection = new Connection(socket, peer, patience, deadline, gate.budget())) {
      try {
        session.serve(connection);
      } finally {
        if (connection.stalled()) {
          refused(peer, CollectErrorCode.PEER_STALLED);
        }
      }
    } catch (PlatformException e) {
      if (e.code() instanceof CollectErrorCode code) {
        refused(peer, code);
      }
      throw e;
    }
  }

  private void refused(Peer peer, CollectErrorCode code) {
    gate.refusals().note(kind, peer.name(), code);
  }

  /** Stops accepting, closes every connection and waits until what they had read is handed on. */
  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left > 0) {
          thread.join(left);
        }
        thread.interrupt();
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("listener cannot be closed in order");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

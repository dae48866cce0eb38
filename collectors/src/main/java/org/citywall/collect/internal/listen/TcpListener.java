// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one port and serves each on a virtual thread, within limits. */
public final class TcpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
  private static final int BACKLOG = 128;
  private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** Whether a TLS peer has to show a certificate that the trust managers accept. */
  public enum ClientCertificate {
    WANTED,
    REQUIRED
  }

  private final String name;
  private final ServerSocket server;
  private final @Nullable SSLContext tls;
  private final ClientCertificate clientCertificate;
  private final ConnectionLimits limits;
  private final Session session;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<InetAddress, Integer> perPeer = new HashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicLong refused = new AtomicLong();

  private TcpListener(
      String name,
      ServerSocket server,
      @Nullable SSLContext tls,
      ClientCertificate clientCertificate,
      ConnectionLimits limits,
      Session session) {
    this.name = name;
    this.server = server;
    this.tls = tls;
    this.clientCertificate = clientCertificate;
    this.limits = limits;
    this.session = session;
  }

  /**
   * Opens the port and serves it.
   *
   * @param name first part of source names: {@code syslog-tls} makes {@code syslog-tls/10.0.0.7}
   * @param tls null for plain TCP
   */
  static TcpListener start(
      String name,
      InetSocketAddress address,
      @Nullable SSLContext tls,
      ClientCertificate clientCertificate,
      ConnectionLimits limits,
      Session session) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
      TcpListener listener = new TcpListener(name, server, tls, clientCertificate, limits, session);
      Thread.ofVirtual().name(name + "-accept").start(listener::acceptUntilClosed);
      return listener;
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.LISTEN_FAILED, name + " at " + address + ": " + e.getMessage(), e);
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Connections that were refused because of a limit or failed in the handshake. */
  public long refused() {
    return refused.get();
  }

  private void acceptUntilClosed() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (admit(socket)) {
          Thread thread = Thread.ofVirtual().name(name).unstarted(() -> serve(socket));
          threads.add(thread);
          thread.start();
        } else {
          refused.incrementAndGet();
          socket.close();
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.atWarn().setCause(e).addKeyValue("listener", name).log("cannot accept");
        }
      }
    }
  }

  private boolean admit(Socket socket) {
    synchronized (perPeer) {
      int ofPeer = perPeer.getOrDefault(socket.getInetAddress(), 0);
      if (open.size() >= limits.connections() || ofPeer >= limits.connectionsPerPeer()) {
        return false;
      }
      perPeer.put(socket.getInetAddress(), ofPeer + 1);
      return open.add(socket);
    }
  }

  private void release(Socket socket) {
    synchronized (perPeer) {
      open.remove(socket);
      perPeer.computeIfPresent(
          socket.getInetAddress(), (peer, count) -> count == 1 ? null : count - 1);
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      accepted.setSoTimeout((int) limits.record().toMillis());
      accepted.setKeepAlive(true);
      accepted.setTcpNoDelay(true);
      if (tls == null) {
        String source = name + "/" + PeerName.of(accepted.getInetAddress());
        session.serve(new Connection(accepted, source, limits));
      } else {
        try (SSLSocket secured = handshake(accepted, tls)) {
          String source = name + "/" + PeerName.of(secured);
          session.serve(new Connection(secured, source, limits));
        }
      }
    } catch (IOException | PlatformException e) {
      LOG.atDebug().setCause(e).addKeyValue("listener", name).log("connection ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      release(accepted);
      threads.remove(Thread.currentThread());
    }
  }

  private SSLSocket handshake(Socket accepted, SSLContext context) throws IOException {
    SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
    try {
      secured.setUseClientMode(false);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setProtocols(TLS_VERSIONS);
      if (clientCertificate == ClientCertificate.REQUIRED) {
        parameters.setNeedClientAuth(true);
      } else {
        parameters.setWantClientAuth(true);
      }
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    } catch (IOException e) {
      refused.incrementAndGet();
      secured.close();
      throw e;
    }
  }

  /** Stops accepting, closes every connection and waits until what they had read is handed on. */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
      for (Thread thread : threads) {
        thread.join(2_000);
        thread.interrupt();
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("listener cannot be closed in order");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

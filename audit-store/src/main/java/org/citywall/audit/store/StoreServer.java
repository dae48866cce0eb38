// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.StoredLog;

/**
 * Serves an evidence log to other processes (see the package documentation). Whoever opened the log
 * closes it, after the server.
 */
public final class StoreServer implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final String MAX_CONNECTIONS = "1024";

  private final HttpsServer server;
  private final TimedExchanges exchanges;
  private final StoreHandler handler;

  private StoreServer(HttpsServer server, TimedExchanges exchanges, StoreHandler handler) {
    this.server = server;
    this.exchanges = exchanges;
    this.handler = handler;
  }

  /** Starts to listen; {@code AUD-0108} where the port cannot be opened. */
  public static StoreServer start(StoreServerConfig config, StoredLog log, Clock clock) {
    limitConnections();
    TimedExchanges exchanges = new TimedExchanges(config.limits().exchange());
    try {
      HttpsServer server = HttpsServer.create(config.address(), BACKLOG);
      server.setHttpsConfigurator(
          new BothShowCertificates(config.identity().mutualContext(config.authorities())));
      server.setExecutor(exchanges);
      StoreHandler handler = new StoreHandler(log, config.access(), config.limits(), clock);
      server.createContext("/", handler);
      server.start();
      return new StoreServer(server, exchanges, handler);
    } catch (IOException e) {
      exchanges.close();
      throw new PlatformException(
          AuditErrorCode.STORE_LISTEN_FAILED,
          "store at " + config.address() + ": " + e.getMessage(),
          e);
    }
  }

  // The JDK's server has these as properties of the JVM, read once; what is set already stays.
  private static void limitConnections() {
    setIfAbsent("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
    // Small answers would wait for the peer's delayed acknowledgement otherwise.
    setIfAbsent("sun.net.httpserver.nodelay", "true");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Finishes what is under way within two seconds, takes nothing new, and closes the port. */
  @Override
  public void close() {
    handler.close();
    exchanges.awaitIdle(STOP);
    server.stop(0);
    exchanges.close();
  }

  /** TLS 1.3 in which the client has to show a certificate. */
  private static final class BothShowCertificates extends HttpsConfigurator {

    BothShowCertificates(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(true);
      tls.setProtocols(new String[] {"TLSv1.3"});
      parameters.setSSLParameters(tls);
    }
  }
}

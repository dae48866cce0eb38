// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A witness on a port (C2SP tlog-witness): {@code POST /add-checkpoint}, and {@code GET
 * /ORIGINHASH/checkpoint} for monitors. It asks nobody who he is: what it answers depends on the
 * signatures in the request alone.
 */
public final class WitnessServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);
  private static final Pattern CHECKPOINT = Pattern.compile("/([0-9a-f]{64})/checkpoint");
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int BACKLOG = 64;
  private static final int REQUESTS = 32;
  private static final int STOP_SECONDS = 2;
  private static final long DRAIN_BYTES = 1 << 20;

  private final HttpServer server;
  private final Witness witness;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots = new Semaphore(REQUESTS);

  private WitnessServer(HttpServer server, Witness witness) {
    this.server = server;
    this.witness = witness;
  }

  /**
   * Opens the port; {@code AUD-0073} where that fails. Closing the server leaves the witness open.
   *
   * @param tls null for plain HTTP
   */
  public static WitnessServer start(
      InetSocketAddress address, @Nullable SSLContext tls, Witness witness) {
    limitSlowRequests();
    try {
      WitnessServer started = new WitnessServer(server(address, tls), witness);
      started.server.setExecutor(started.threads);
      started.server.createContext("/", started::handle);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new PlatformException(
          AuditErrorCode.WITNESS_LISTEN_FAILED, address + ": " + e.getMessage(), e);
    }
  }

  private static HttpServer server(InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer secured = HttpsServer.create(address, BACKLOG);
    secured.setHttpsConfigurator(new HttpsConfigurator(tls));
    return secured;
  }

  // The JDK's server has its limits as properties of the JVM, read once; what is set already stays.
  private static void limitSlowRequests() {
    setIfAbsent("sun.net.httpserver.maxReqTime", "30");
    setIfAbsent("sun.net.httpserver.maxRspTime", "30");
    setIfAbsent("jdk.httpserver.maxConnections", "256");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      if (slots.tryAcquire()) {
        try {
          answer(exchange);
        } finally {
          slots.release();
        }
      } else {
        send(exchange, 503, TEXT, "too many requests at a time\n");
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("request ended early");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Matcher monitor = CHECKPOINT.matcher(path);
    if (path.equals("/add-checkpoint")) {
      if (requireMethod(exchange, "POST")) {
        add(exchange);
      }
    } else if (monitor.matches()) {
      if (requireMethod(exchange, "GET")) {
        Optional<String> note = witness.checkpoint(monitor.group(1));
        send(exchange, note.isPresent() ? 200 : 404, TEXT, note.orElse("no such checkpoint\n"));
      }
    } else {
      send(exchange, 404, TEXT, "no such path\n");
    }
  }

  private static boolean requireMethod(HttpExchange exchange, String method) throws IOException {
    if (exchange.getRequestMethod().equals(method)) {
      return true;
    }
    exchange.getResponseHeaders().set("Allow", method);
    send(exchange, 405, TEXT, "use " + method + "\n");
    return false;
  }

  private void add(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(WitnessRequest.MAX_LENGTH + 1);
    if (body.length > WitnessRequest.MAX_LENGTH) {
      // Who is still sending when the connection ends does not see the answer.
      exchange.getRequestBody().skip(DRAIN_BYTES);
      send(exchange, 413, TEXT, "longer than " + WitnessRequest.MAX_LENGTH + " bytes\n");
      return;
    }
    Witness.Answer answer;
    try {
      answer = witness.add(new String(body, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a checkpoint could not be cosigned");
      send(exchange, 500, TEXT, "not cosigned\n");
      return;
    }
    switch (answer) {
      case Witness.Answer.Cosigned(String signatures) -> send(exchange, 200, TEXT, signatures);
      case Witness.Answer.Conflict(long size) ->
          send(exchange, 409, "text/x.tlog.size", size + "\n");
      case Witness.Answer.Refused(int status, String reason) -> {
        LOG.atWarn()
            .addKeyValue("http.response.status_code", status)
            .addKeyValue("event.reason", reason)
            .log("checkpoint refused");
        send(exchange, status, TEXT, reason + "\n");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    // The server's own delay is waited for to its end, whether anything is answered or not.
    threads.shutdown();
    try {
      threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}

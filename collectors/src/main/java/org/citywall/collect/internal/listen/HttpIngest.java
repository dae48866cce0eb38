// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.IngestToken;
import org.citywall.collect.Parser;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.Receipt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events} with a bearer token: one JSON object per line, plain or gzip. Answers 200
 * when every line is durable, 503 with {@code Retry-After} when none was taken for lack of room.
 */
public final class HttpIngest implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpIngest.class);
  private static final String PATH = "/v1/events";
  private static final String BEARER = "Bearer ";
  private static final String RETRY_AFTER_SECONDS = "1";
  private static final int BACKLOG = 128;
  private static final int STOP_SECONDS = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Intake intake;
  private final Parser parser;
  private final List<IngestToken> tokens;
  private final HttpLimits limits;
  private final Semaphore slots;

  private HttpIngest(
      HttpServer server,
      Intake intake,
      Parser parser,
      List<IngestToken> tokens,
      HttpLimits limits) {
    this.server = server;
    this.intake = intake;
    this.parser = parser;
    this.tokens = List.copyOf(tokens);
    this.limits = limits;
    this.slots = new Semaphore(limits.requests());
  }

  /**
   * @param tls null for plain HTTP
   */
  static HttpIngest start(
      InetSocketAddress address,
      @Nullable SSLContext tls,
      Intake intake,
      Parser parser,
      List<IngestToken> tokens,
      HttpLimits limits) {
    limitSlowRequests();
    try {
      HttpIngest ingest = new HttpIngest(server(address, tls), intake, parser, tokens, limits);
      ingest.server.setExecutor(ingest.threads);
      ingest.server.createContext(PATH, ingest::handle);
      ingest.server.start();
      return ingest;
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.LISTEN_FAILED, "http at " + address + ": " + e.getMessage(), e);
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
    setIfAbsent("jdk.httpserver.maxConnections", "1024");
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
        refuse(exchange, CollectErrorCode.SPOOL_FULL, "too many requests at a time");
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("request ended early");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      take(exchange);
    } catch (PlatformException e) {
      String detail = String.valueOf(e.getMessage());
      int code = detail.indexOf(' ');
      if (e.code().category() == ErrorCategory.CALLER || e.code() instanceof CollectErrorCode) {
        refuse(exchange, e.code(), detail.substring(code + 1));
      } else {
        LOG.atError().setCause(e).log("events cannot be taken");
        refuse(exchange, e.code(), e.code().meaning());
      }
    }
  }

  private void take(HttpExchange exchange) throws IOException, InterruptedException {
    IngestToken token = authorise(exchange);
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      send(exchange, 404, HttpAnswer.refusal(CollectErrorCode.REQUEST_MALFORMED, "no such path"));
      return;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      refuse(exchange, CollectErrorCode.METHOD_NOT_ALLOWED, "events are sent with POST");
      return;
    }
    BodyLines lines = BodyLines.read(exchange.getRequestBody(), gzip(exchange), limits);
    Optional<Receipt> receipt = intake.offer("http/" + token.name(), parser, lines.frames());
    if (receipt.isEmpty()) {
      refuse(exchange, CollectErrorCode.SPOOL_FULL, "no line was taken, send all of them again");
      return;
    }
    intake.awaitDurable(receipt.get());
    send(exchange, 200, HttpAnswer.batch(receipt.get().outcomes(), lines.numbers()));
  }

  /** The token of the request. All of them are compared, so that time tells nothing. */
  private IngestToken authorise(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    boolean bearer = header != null && header.startsWith(BEARER);
    Sensitive<String> given = Sensitive.of(bearer ? header.substring(BEARER.length()).strip() : "");
    IngestToken found = null;
    for (IngestToken token : tokens) {
      if (token.matches(given)) {
        found = token;
      }
    }
    if (found == null) {
      throw new PlatformException(CollectErrorCode.TOKEN_INVALID, "no valid bearer token");
    }
    return found;
  }

  private static boolean gzip(HttpExchange exchange) {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    if (encoding.equalsIgnoreCase("gzip")) {
      return true;
    }
    throw new PlatformException(
        CollectErrorCode.REQUEST_MALFORMED, "Content-Encoding is gzip or absent");
  }

  private static void refuse(HttpExchange exchange, ErrorCode code, String reason)
      throws IOException {
    int status = code.httpStatus();
    if (status == 503) {
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
    } else if (status == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    send(exchange, status, HttpAnswer.refusal(code, reason));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(STOP_SECONDS);
    threads.shutdownNow();
  }
}

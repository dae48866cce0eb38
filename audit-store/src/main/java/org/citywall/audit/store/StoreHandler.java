// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.citywall.audit.store.StoreVerb.APPEND;
import static org.citywall.audit.store.StoreVerb.GOVERN;
import static org.citywall.audit.store.StoreVerb.PROVE;
import static org.citywall.audit.store.StoreVerb.READ;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.StoredLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who asks, whether they may, and who answers. */
final class StoreHandler implements HttpHandler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreHandler.class);
  private static final String NOBODY = "?";

  /** What answers requests to a path. */
  private interface Endpoint {
    void answer(Exchange exchange) throws IOException;
  }

  /**
   * A path that is served.
   *
   * @param rights any of these is enough
   * @param waits whether it may wait for entries and so does not count as work
   */
  private record Route(String method, Set<StoreVerb> rights, boolean waits, Endpoint endpoint) {}

  private final Map<String, Route> routes;
  private final TreeEndpoints tree;
  private final SizeEndpoint size;
  private final StoreAccess access;
  private final Denials denials;
  private final Semaphore workers;
  private volatile boolean closing;

  StoreHandler(StoredLog log, StoreAccess access, StoreLimits limits, Clock clock) {
    this.access = access;
    this.denials = new Denials(log, clock);
    this.workers = new Semaphore(limits.working());
    this.size = new SizeEndpoint(log, limits);
    TreeAnswers answers = new TreeAnswers(log);
    this.tree = new TreeEndpoints(log, answers);
    Set<StoreVerb> toProve = EnumSet.of(PROVE, READ);
    this.routes =
        Map.of(
            "/v1/append",
            work(
                "POST",
                EnumSet.of(APPEND, GOVERN),
                new AppendEndpoint(log, limits, denials)::answer),
            "/v1/checkpoint",
            work("POST", Set.of(GOVERN), tree::sign),
            "/v1/entries",
            work("GET", Set.of(READ), new EntriesEndpoint(log, answers, limits)::answer),
            "/v1/size",
            new Route("GET", EnumSet.allOf(StoreVerb.class), true, size::answer),
            "/v1/tree",
            work("GET", toProve, tree::tree),
            "/v1/proof",
            work("GET", toProve, tree::proof),
            "/checkpoint",
            work("GET", toProve, tree::checkpoint));
  }

  private static Route work(String method, Set<StoreVerb> rights, Endpoint endpoint) {
    return new Route(method, rights, false, endpoint);
  }

  @Override
  public void handle(HttpExchange http) {
    try (http) {
      String client = client((HttpsExchange) http).orElse(NOBODY);
      answer(new Exchange(http, client, access.of(client)));
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("exchange ended early");
    }
  }

  private static Optional<String> client(HttpsExchange https) throws IOException {
    return https.getSSLSession().getPeerCertificates()[0] instanceof X509Certificate certificate
        ? ClientName.of(certificate)
        : Optional.empty();
  }

  private void answer(Exchange exchange) throws IOException {
    try {
      if (closing) {
        throw new PlatformException(AuditErrorCode.LOG_CLOSED, "the store is closing");
      }
      String path = exchange.http().getRequestURI().getRawPath();
      Route route = route(path);
      if (route == null) {
        requireAnyRight(exchange);
        throw new PlatformException(AuditErrorCode.STORE_PATH_UNKNOWN, "no such path");
      } else if (!exchange.rights().allowAny(route.rights)) {
        throw denials.denied(exchange, route.rights.iterator().next(), "path " + path);
      } else if (!exchange.http().getRequestMethod().equals(route.method)) {
        throw new PlatformException(
            AuditErrorCode.STORE_REQUEST_MALFORMED, path + " is asked by " + route.method);
      } else {
        run(route, exchange);
      }
    } catch (PlatformException e) {
      refuse(exchange, e);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a request of the store failed");
      exchange.refuse(AuditErrorCode.STORE_FAILED, "");
    }
  }

  private @Nullable Route route(String path) {
    Route route = routes.get(path);
    if (route == null && path.startsWith("/tile/")) {
      TilePath tile = TilePath.parse(path).orElse(null);
      return tile == null
          ? null
          : work("GET", EnumSet.of(PROVE, READ), exchange -> tree.tile(exchange, tile));
    }
    return route;
  }

  private void requireAnyRight(Exchange exchange) {
    if (exchange.rights().verbs().isEmpty()) {
      throw denials.denied(exchange, READ, "anything");
    }
  }

  private void run(Route route, Exchange exchange) throws IOException {
    if (route.waits) {
      route.endpoint.answer(exchange);
      return;
    }
    if (!workers.tryAcquire()) {
      exchange.refuse(AuditErrorCode.STORE_BUSY, "too many requests at a time");
      return;
    }
    try {
      route.endpoint.answer(exchange);
    } finally {
      workers.release();
    }
  }

  private static void refuse(Exchange exchange, PlatformException e) throws IOException {
    ErrorCategory category = e.code().category();
    if (category == ErrorCategory.INTEGRITY || category == ErrorCategory.INTERNAL) {
      LOG.atError()
          .addKeyValue("error.code", e.code().id())
          .addKeyValue("store.client", exchange.client())
          .setCause(e)
          .log("a request of the store failed");
    }
    String detail = String.valueOf(e.getMessage());
    exchange.refuse(e.code(), detail.substring(detail.indexOf(' ') + 1));
  }

  /** Answers nothing new, and lets who waits for entries go. */
  @Override
  public void close() {
    closing = true;
    size.close();
  }
}

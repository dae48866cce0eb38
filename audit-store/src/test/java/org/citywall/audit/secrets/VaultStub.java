// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Vault's HTTP API that we use, over TLS on loopback, written from its published
 * documentation. It is not Vault: that Vault behaves like this is shown by the same suites run
 * against a real one.
 */
final class VaultStub implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.shared();

  /** A request, its path below {@code /v1/}. */
  record Call(String method, String path, JsonNode body, String token) {
    boolean reads() {
      return method.equals("GET");
    }
  }

  /** An answer; an empty text for none. */
  record Reply(int status, String body) {

    static Reply nothing() {
      return new Reply(204, "");
    }

    static Reply of(ObjectNode body) {
      return new Reply(200, body.toString());
    }

    static Reply data(JsonNode data) {
      return of(JSON.createObjectNode().set("data", data));
    }

    static Reply error(int status, String... errors) {
      ObjectNode body = JSON.createObjectNode();
      for (String error : errors) {
        body.withArray("errors").add(error);
      }
      if (errors.length == 0) {
        body.putArray("errors");
      }
      return new Reply(status, body.toString());
    }
  }

  final StubTokens tokens;
  final StubTransit transit = new StubTransit();
  final StubKeyValue kv = new StubKeyValue();
  final StubDatabase database;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String authorityPem;
  private final List<String> requests = new ArrayList<>();
  private final Deque<Reply> faults = new ArrayDeque<>();
  private final CountDownLatch speech = new CountDownLatch(1);
  private boolean sealed;
  private boolean silent;

  private VaultStub(Clock clock) throws IOException {
    tokens = new StubTokens(clock);
    database = new StubDatabase(clock);
    TlsIdentity identity = identity();
    authorityPem = identity.authorityPem();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    server.setExecutor(threads);
    server.createContext("/v1/", this::handle);
    server.start();
  }

  static VaultStub start(Clock clock) {
    try {
      return new VaultStub(clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TlsIdentity identity() {
    CertificateAuthority issuer = new CertificateAuthority(Clock.systemUTC(), new SecureRandom());
    KeyPair root = issuer.p256();
    X509Certificate authority = issuer.authority(root, "vault authority");
    KeyPair pair = issuer.p256();
    X509Certificate server =
        issuer.server(pair.getPublic(), "vault", List.of(), root.getPrivate(), authority);
    return new TlsIdentity(pair.getPrivate(), List.of(server, authority));
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  String authorityPem() {
    return authorityPem;
  }

  /** Method and path of each request so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  long count(String request) {
    return requests().stream().filter(request::equals).count();
  }

  /** Answers the next requests with these, one each. */
  synchronized void answerNext(Reply... replies) {
    faults.addAll(List.of(replies));
  }

  synchronized void seal(boolean now) {
    sealed = now;
  }

  /** From now on takes requests and answers none, until it speaks again. */
  synchronized void fallSilent() {
    silent = true;
  }

  synchronized void speakAgain() {
    silent = false;
    speech.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String query = exchange.getRequestURI().getQuery();
      String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
      Call call =
          new Call(
              "list=true".equals(query) ? "LIST" : exchange.getRequestMethod(),
              exchange.getRequestURI().getPath().substring("/v1/".length()),
              body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body),
              token == null ? "" : token);
      waitIfSilent();
      Reply reply = answer(call);
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void waitIfSilent() {
    boolean wait;
    synchronized (this) {
      wait = silent;
    }
    if (wait) {
      try {
        speech.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Reply answer(Call call) {
    synchronized (this) {
      requests.add(call.method() + " " + call.path());
      if (!faults.isEmpty()) {
        return faults.pop();
      }
      if (sealed) {
        return Reply.error(503, "Vault is sealed");
      }
    }
    if (call.path().equals("auth/approle/login")) {
      return tokens.logIn(call);
    }
    if (!tokens.allow(call)) {
      return Reply.error(403, "permission denied");
    }
    String[] mount = call.path().split("/", 2);
    return switch (mount[0]) {
      case "auth" -> tokens.answer(call);
      case "transit" -> transit.answer(call, mount[1]);
      case "kv" -> kv.answer(call, mount[1]);
      case "database", "sys" -> database.answer(call);
      default -> Reply.error(404, "no handler for route \"" + call.path() + "\".");
    };
  }

  @Override
  public void close() {
    speech.countDown();
    server.stop(0);
    threads.close();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store, and asks again where that is safe and may help. Every request of the protocol is
 * safe to repeat. Safe for use by several threads.
 */
final class StoreConnection implements AutoCloseable {

  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  private static final long MAX_ANSWER = 64L << 20;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LAST_PAUSE_MILLIS = 2_000;

  private final RemoteLogOptions options;
  private final HttpClient http;
  private final CountDownLatch closed = new CountDownLatch(1);

  StoreConnection(RemoteLogOptions options) {
    this.options = options;
    SSLParameters tls = new SSLParameters();
    tls.setProtocols(new String[] {"TLSv1.3"});
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIME)
            .sslContext(options.identity().mutualContext(options.authorities()))
            .sslParameters(tls)
            .build();
  }

  byte[] get(String path) {
    return patiently(request(path).GET().build());
  }

  byte[] post(String path, byte[] body) {
    return patiently(request(path).POST(BodyPublishers.ofByteArray(body)).build());
  }

  /** One attempt, whose answer may take this much longer than usual. */
  byte[] getOnce(String path, Duration wait) {
    return once(request(path).GET().build(), options.answerTime().plus(wait));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(options.store() + path));
  }

  private byte[] patiently(HttpRequest request) {
    long deadline = System.nanoTime() + options.patience().toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return once(request, options.answerTime());
      } catch (PlatformException e) {
        boolean late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) > deadline;
        if (!mayHelpToRepeat(e) || late || isClosed()) {
          throw e;
        }
      }
      if (pause(Duration.ofMillis(pause))) {
        throw closedNow();
      }
      pause = Math.min(pause * 2, LAST_PAUSE_MILLIS);
    }
  }

  static boolean mayHelpToRepeat(PlatformException failure) {
    return failure.code() == AuditErrorCode.STORE_UNREACHABLE
        || failure.code() == AuditErrorCode.STORE_BUSY
        || failure.code() == AuditErrorCode.LOG_CLOSED;
  }

  /** Waits; true as soon as this is closed. */
  boolean pause(Duration time) {
    try {
      return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private byte[] once(HttpRequest request, Duration atMost) {
    if (isClosed()) {
      throw closedNow();
    }
    // The request's own timeout ends with the header; this one covers the body.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      HttpResponse<byte[]> response = answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() == 200) {
        return response.body();
      }
      throw refusal(response);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unreachable("no answer within " + atMost.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw isClosed() ? closedNow() : failure(e.getCause());
    }
  }

  private static PlatformException refusal(HttpResponse<byte[]> response) {
    String detail = new String(response.body(), StandardCharsets.UTF_8).strip();
    return response
        .headers()
        .firstValue(Exchange.ERROR_HEADER)
        .map(id -> StoreFailures.of(id, detail.substring(detail.indexOf(' ') + 1)))
        .orElseGet(
            () ->
                new PlatformException(
                    AuditErrorCode.STORE_ANSWER_MALFORMED, "status " + response.statusCode()));
  }

  private PlatformException failure(@Nullable Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (isVerdict(e)) {
        return new PlatformException(
            AuditErrorCode.STORE_TLS_FAILED, options.store() + ": " + e.getMessage(), cause);
      }
    }
    String what = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "failed";
    return unreachable(what, cause);
  }

  /** Whether one end has judged the other's certificate, and not just gone away. */
  private static boolean isVerdict(Throwable e) {
    return e instanceof CertificateException
        || e instanceof SSLException && String.valueOf(e.getMessage()).contains("fatal alert");
  }

  private PlatformException unreachable(String what, @Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.STORE_UNREACHABLE, options.store() + ": " + what, cause);
  }

  private PlatformException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return unreachable("interrupted", e);
  }

  private static PlatformException closedNow() {
    return new PlatformException(AuditErrorCode.LOG_CLOSED, "the connection was closed");
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    http.shutdownNow();
  }
}

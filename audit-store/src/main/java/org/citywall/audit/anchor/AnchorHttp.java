// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Asks somebody outside over HTTP: bounded in time and in size, without redirects. Safe for use by
 * several threads. Failures: {@code AUD-0062}.
 */
final class AnchorHttp implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /**
   * What came back.
   *
   * @param status of HTTP
   */
  record Answer(int status, byte[] body) {}

  private final HttpClient client;
  private final Duration limit;

  /**
   * @param tls trust for HTTPS, or null for that of the JDK
   * @param limit from the first byte sent to the last received
   */
  AnchorHttp(@Nullable SSLContext tls, Duration limit) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    this.limit = limit;
  }

  /** Trust in the certificates of a PEM file and in no others. */
  static SSLContext trusting(Path pem) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate root : TimestampTrust.certificates(pem)) {
        store.setCertificateEntry("root " + store.size(), root);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_POLICY_INVALID, pem + " cannot be trusted", e);
    }
  }

  /**
   * @param maxBytes longest answer that is read
   */
  Answer post(URI url, String contentType, byte[] body, int maxBytes) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(limit)
            .header("Content-Type", contentType)
            .header("User-Agent", "citywall")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), maxBytes));
    try {
      // The request's own time-out ends with the headers; the body may drip for ever.
      HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      throw unavailable(url, reason(e.getCause()), e);
    } catch (TimeoutException e) {
      throw unavailable(url, "no answer within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(url, "interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    String name = cause == null ? "" : cause.getClass().getSimpleName();
    return cause == null || cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  private static PlatformException unavailable(URI url, String reason, Exception cause) {
    return new PlatformException(AuditErrorCode.ANCHOR_UNAVAILABLE, url + ": " + reason, cause);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

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
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.citywall.audit.secrets.TlsIdentity;

/** Requests of a client that is not ours. */
final class RawClient implements AutoCloseable {

  private final HttpClient http;
  private final String url;

  private RawClient(SSLContext context, int port) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    this.url = "https://127.0.0.1:" + port;
  }

  static RawClient of(TestStore store, String name) {
    return of(store, TestStore.identity(name));
  }

  static RawClient of(TestStore store, TlsIdentity identity) {
    return new RawClient(identity.mutualContext(TestStore.authorities()), store.port());
  }

  static RawClient of(TestStore store, SSLContext context) {
    return new RawClient(context, store.port());
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static List<String> errors(HttpResponse<byte[]> response) {
    return response.headers().allValues(Exchange.ERROR_HEADER);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** What a browser does, without scripts: keeps cookies, sends forms, follows nothing by itself. */
public final class Browser implements AutoCloseable {

  private final URI base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client;

  public Browser(URI base) {
    this(base, HttpClient.newBuilder());
  }

  /** One that trusts what this context does. */
  public Browser(URI base, SSLContext trust) {
    this(base, HttpClient.newBuilder().sslContext(trust));
  }

  private Browser(URI base, HttpClient.Builder client) {
    this.base = base;
    this.client = client.cookieHandler(cookies).build();
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET().header("Accept", "text/html");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Posts a form with the CSRF token of the cookie. */
  public HttpResponse<String> post(String path, Map<String, String> form) {
    if (cookie("XSRF-TOKEN").isEmpty()) {
      // A refused form sets the cookie too, whatever pages there are.
      postWithoutToken("/login", Map.of());
    }
    return send(form(path, form).header("X-CSRF-TOKEN", masked(cookie("XSRF-TOKEN"))));
  }

  public HttpResponse<String> postWithoutToken(String path, Map<String, String> form) {
    return send(form(path, form));
  }

  public HttpResponse<String> logIn(String name, String password) {
    return post("/login", Map.of("username", name, "password", password));
  }

  /** Value of a cookie, or empty text. */
  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(java.net.HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder form(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return request(path)
        .header("Accept", "text/html")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  // Spring's XOR mask with zeros for random bytes: zeros, then the token itself.
  private static String masked(String token) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[bytes.length * 2];
    System.arraycopy(bytes, 0, all, bytes.length, bytes.length);
    return java.util.Base64.getUrlEncoder().encodeToString(all);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

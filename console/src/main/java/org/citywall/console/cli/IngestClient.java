// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.citywall.audit.secrets.PemIdentity;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.masking.config.AuditTarget;
import org.jspecify.annotations.Nullable;

/** Sends lines to the HTTP ingest of a platform over mutual TLS. */
final class IngestClient implements LogShipping.Delivery {

  private static final String PATH = "/v1/events";
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final AuditTarget.Ingest target;
  private final Supplier<@Nullable String> token;
  private final URI url;
  private @Nullable HttpClient client;

  IngestClient(AuditTarget.Ingest target) {
    this(target, () -> target.token() == null ? null : target.token().resolve().reveal());
  }

  IngestClient(AuditTarget.Ingest target, Supplier<@Nullable String> token) {
    this.target = target;
    this.token = token;
    String path = target.url().getPath();
    this.url =
        path == null || path.isEmpty() || path.equals("/")
            ? target.url().resolve(PATH)
            : target.url();
  }

  /** Certificate and key are read again after each failure: they may have been made anew. */
  private HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known = HttpClient.newBuilder().connectTimeout(LONGEST).sslContext(context()).build();
      client = known;
    }
    return known;
  }

  private SSLContext context() {
    TlsIdentity identity = PemIdentity.read(target.certificate(), target.key());
    return target.authority() == null
        ? identity.context()
        : identity.mutualContext(PemIdentity.certificates(target.authority()));
  }

  @Override
  public void deliver(byte[] lines) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(LONGEST)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines));
    String secret = token.get();
    if (secret != null) {
      request.header("Authorization", "Bearer " + secret);
    }
    boolean taken = false;
    try {
      HttpResponse<Void> response =
          client().send(request.build(), HttpResponse.BodyHandlers.discarding());
      if (response.statusCode() != OK) {
        throw new IOException(url.getHost() + " answers " + response.statusCode());
      }
      taken = true;
    } finally {
      if (!taken) {
        client = null;
      }
    }
  }
}

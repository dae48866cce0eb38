// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Single requests to Vault by the driver, over TLS that trusts the authority of the settings alone.
 * A request that can be repeated is, when Vault is in trouble. Thread-safe.
 */
final class VaultTransport {

  /**
   * A request below {@code /v1/}.
   *
   * @param body null to read
   * @param repeatable whether sending it twice does no more than sending it once
   */
  record Request(String path, @Nullable Map<String, Object> body, boolean repeatable) {

    static Request read(String path) {
      return new Request(path, null, true);
    }

    static Request write(String path, Map<String, Object> body) {
      return new Request(path, body, true);
    }

    static Request writeOnce(String path, Map<String, Object> body) {
      return new Request(path, body, false);
    }
  }

  /** Waits before the second and the third attempt. */
  static final List<Duration> PAUSES = List.of(Duration.ofMillis(100), Duration.ofMillis(400));

  private static final int TOO_MANY_REQUESTS = 429;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The driver would take addresses and tokens from the environment: ours come from settings. */
  private static final EnvironmentLoader NO_ENVIRONMENT =
      new EnvironmentLoader() {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String loadVariable(String name) {
          return null;
        }
      };

  private final VaultSettings settings;
  private final List<Duration> pauses;
  private final HttpClient http;

  VaultTransport(VaultSettings settings, List<Duration> pauses) {
    this.settings = settings;
    this.pauses = pauses;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .sslContext(trusting(settings.authority()))
            .build();
  }

  /**
   * The answer; {@code AUD-0044} where there is none, where Vault is sealed, fails or limits us.
   *
   * @param token empty to log in
   */
  VaultAnswer send(Optional<Sensitive<String>> token, Request request) {
    Logical driver = driver(token).logical();
    for (Duration pause : request.repeatable() ? pauses : List.<Duration>of()) {
      try {
        return attempt(driver, request);
      } catch (PlatformException e) {
        if (timedOut(e)) {
          throw e; // once is as long as the caller waits
        }
        pause(pause, e);
      }
    }
    return attempt(driver, request);
  }

  private static VaultAnswer attempt(Logical driver, Request request) {
    LogicalResponse response;
    try {
      Map<String, Object> body = request.body();
      response =
          body == null
              ? driver.read(request.path())
              : driver.write(request.path(), driverJson(body));
    } catch (VaultException e) {
      throw unavailable(reason(e), e.getHttpStatusCode() > 0 ? null : e);
    }
    int status = response.getRestResponse().getStatus();
    VaultAnswer answer = new VaultAnswer(status, json(response.getRestResponse().getBody()));
    if (status == TOO_MANY_REQUESTS) {
      throw unavailable("HTTP 429 " + answer.error(), null);
    }
    return answer;
  }

  private Vault driver(Optional<Sensitive<String>> token) {
    try {
      VaultConfig config =
          new VaultConfig()
              .environmentLoader(NO_ENVIRONMENT)
              .address(settings.address().toString())
              .engineVersion(1) // paths as we spell them
              .readTimeout(Math.toIntExact(settings.timeout().toSeconds()))
              .sslConfig(new SslConfig().verify(true))
              .httpClient(http);
      token.ifPresent(value -> config.token(value.reveal()));
      return Vault.create(config.build());
    } catch (VaultException e) {
      throw unavailable("the driver refuses the settings", e);
    }
  }

  private static Map<String, Object> driverJson(Map<String, Object> body) {
    Map<String, Object> members = new LinkedHashMap<>();
    body.forEach((name, value) -> members.put(name, Json.parse(JSON.writeValueAsString(value))));
    return members;
  }

  private static JsonNode json(byte @Nullable [] body) {
    try {
      JsonNode node = body == null ? null : JSON.readTree(body);
      return node == null || !node.isObject() ? JSON.createObjectNode() : node;
    } catch (JacksonException e) {
      throw unavailable("the answer is not JSON; is this Vault?", null);
    }
  }

  /** The driver repeats the body of an answer in its message, which must not reach a log. */
  private static String reason(VaultException failure) {
    int status = failure.getHttpStatusCode();
    if (status == 503) {
      return "HTTP 503, sealed or in maintenance";
    }
    if (status > 0) {
      return "HTTP " + status;
    }
    Throwable root = root(failure);
    return root.getClass().getSimpleName() + " " + root.getMessage();
  }

  private static boolean timedOut(PlatformException failure) {
    return root(failure) instanceof HttpTimeoutException;
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : root(cause);
  }

  private static void pause(Duration pause, PlatformException failure) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private static SSLContext trusting(Path authority) {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
      }
      if (trusted.size() == 0) {
        throw new PlatformException(
            AuditErrorCode.KEYS_UNREADABLE, authority + " holds no certificate");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new PlatformException(
          AuditErrorCode.KEYS_UNREADABLE, "authority of Vault " + authority, e);
    }
  }

  private static PlatformException unavailable(String detail, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.VAULT_UNAVAILABLE, detail, cause);
  }

  void close() {
    http.shutdownNow();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.VaultTransport.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Requests to Vault with a token of the AppRole method, which is renewed before it expires and got
 * anew when that is not possible. The token is in memory only and never printed. Thread-safe.
 */
final class VaultSession {

  private final VaultTransport transport;
  private final VaultSettings settings;
  private final Clock clock;
  private @Nullable Token token;
  private int logIns;

  private record Token(Sensitive<String> value, Loan loan, int logIn) {}

  VaultSession(VaultSettings settings, VaultTransport transport, Clock clock) {
    this.settings = settings;
    this.transport = transport;
    this.clock = clock;
  }

  VaultAnswer read(String path) {
    return send(Request.read(path));
  }

  /** Writes what does no harm when it is written twice. */
  VaultAnswer write(String path, Map<String, Object> body) {
    return send(Request.write(path, body));
  }

  VaultAnswer writeOnce(String path, Map<String, Object> body) {
    return send(Request.writeOnce(path, body));
  }

  /** {@code AUD-0045} where our policy does not allow the request. */
  private VaultAnswer send(Request request) {
    Token used = token();
    VaultAnswer answer = transport.send(Optional.of(used.value()), request);
    if (answer.forbidden() && isLost(used)) {
      answer = transport.send(Optional.of(token().value()), request);
    }
    if (answer.forbidden()) {
      throw answer.refused(request.path());
    }
    return answer;
  }

  /** How often we logged in: what a token lent is taken back when another log-in replaces it. */
  synchronized int logIns() {
    return logIns;
  }

  private synchronized Token token() {
    Token known = token;
    if (known == null || known.loan().over(clock.instant())) {
      known = logIn();
    }
    return known;
  }

  /** Vault says 403 both for a dead token and for what our policy forbids. */
  private synchronized boolean isLost(Token used) {
    Token known = token;
    if (known == null || known.logIn() != used.logIn()) {
      return true;
    }
    VaultAnswer self =
        transport.send(Optional.of(used.value()), Request.read("auth/token/lookup-self"));
    if (self.forbidden()) {
      token = null;
      return true;
    }
    return false;
  }

  private Token logIn() {
    VaultAnswer answer =
        transport.send(
            Optional.empty(),
            Request.write(
                "auth/" + settings.mounts().appRole() + "/login",
                Map.of("role_id", settings.roleId(), "secret_id", secretId().reveal())));
    JsonNode auth = answer.succeededOr("log-in by AppRole").body().path("auth");
    String value = auth.path("client_token").asString("");
    if (value.isEmpty()) {
      throw answer.refused("log-in by AppRole gave no token");
    }
    Token fresh = new Token(Sensitive.of(value), Loan.of(auth, clock.instant()), ++logIns);
    token = fresh;
    return fresh;
  }

  private Sensitive<String> secretId() {
    try {
      OwnerOnly.require(settings.secretId());
      return Sensitive.of(Files.readString(settings.secretId(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new PlatformException(
          AuditErrorCode.KEYS_UNREADABLE, "secret id " + settings.secretId(), e);
    }
  }

  /** Renews the token when it is time to, and logs in anew where Vault renews it no more. */
  synchronized void renewDue() {
    Token known = token;
    if (known == null || !known.loan().renewalDue(clock.instant())) {
      return;
    }
    Optional<Loan> renewed = known.loan().renewable() ? renew(known) : Optional.empty();
    if (renewed.isPresent() && !renewed.get().muchShorterThan(known.loan())) {
      token = new Token(known.value(), renewed.get(), known.logIn());
    } else {
      logIn();
    }
  }

  private Optional<Loan> renew(Token known) {
    VaultAnswer answer =
        transport.send(
            Optional.of(known.value()), Request.write("auth/token/renew-self", Map.of()));
    return answer.succeeded()
        ? Optional.of(Loan.of(answer.body().path("auth"), clock.instant()))
        : Optional.empty();
  }

  /** Gives the token back, and with it everything it lent. */
  synchronized void close() {
    Token known = token;
    token = null;
    if (known != null) {
      transport.send(Optional.of(known.value()), Request.write("auth/token/revoke-self", Map.of()));
    }
  }

  /** How long something lent by Vault is good. */
  record Loan(Instant since, Duration length, boolean renewable) {

    /** As Vault says it: {@code lease_duration} in seconds, 0 for ever; {@code renewable}. */
    static Loan of(JsonNode node, Instant now) {
      return new Loan(
          now,
          Duration.ofSeconds(node.path("lease_duration").asLong(0)),
          node.path("renewable").asBoolean(false));
    }

    Instant end() {
      return length.isZero() ? Instant.MAX : since.plus(length);
    }

    boolean over(Instant now) {
      return !now.isBefore(end());
    }

    /** After two thirds of its time. */
    boolean renewalDue(Instant now) {
      return !length.isZero() && !now.isBefore(since.plus(length.multipliedBy(2).dividedBy(3)));
    }

    /** Near its greatest age Vault lends for less and less: then it is time for another. */
    boolean muchShorterThan(Loan before) {
      return !length.isZero() && length.multipliedBy(2).compareTo(before.length) < 0;
    }
  }
}

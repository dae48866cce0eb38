// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citywall.audit.secrets.VaultStub.Call;
import org.citywall.audit.secrets.VaultStub.Reply;
import tools.jackson.databind.node.ObjectNode;

/** Log-in by AppRole and the life of tokens. */
final class StubTokens {

  static final String ROLE_ID = "59d6d1ca-47bb-4e7e-a40b-8be3bc5a0ba8";
  static final Duration TTL = Duration.ofMinutes(20);
  static final Duration MAX_TTL = Duration.ofHours(1);

  private record Token(Instant made, Instant end) {}

  private final Clock clock;
  private final Map<String, Token> tokens = new HashMap<>();
  private final Set<String> forbidden = new HashSet<>();
  private String secretId = "84896a0c-1347-aa90-a4f6-aca8b7558780";

  StubTokens(Clock clock) {
    this.clock = clock;
  }

  synchronized String secretId() {
    return secretId;
  }

  synchronized void changeSecretId() {
    secretId = UUID.randomUUID().toString();
  }

  /** Tokens that were ever given out and not given back. */
  synchronized Set<String> known() {
    return Set.copyOf(tokens.keySet());
  }

  synchronized void revokeAll() {
    tokens.clear();
  }

  synchronized void forbid(String path) {
    forbidden.add(path);
  }

  synchronized Reply logIn(Call call) {
    if (!call.body().path("role_id").asString("").equals(ROLE_ID)
        || !call.body().path("secret_id").asString("").equals(secretId)) {
      return Reply.error(400, "invalid role or secret ID");
    }
    String token = "hvs." + UUID.randomUUID();
    Instant now = clock.instant();
    tokens.put(token, new Token(now, now.plus(TTL)));
    return auth(token);
  }

  private Reply auth(String token) {
    ObjectNode body = VaultStub.JSON.createObjectNode();
    ObjectNode auth = body.putObject("auth");
    auth.put("client_token", token);
    auth.put("renewable", true);
    auth.put(
        "lease_duration", Duration.between(clock.instant(), tokens.get(token).end()).toSeconds());
    return Reply.of(body);
  }

  synchronized boolean allow(Call call) {
    Token token = tokens.get(call.token());
    return token != null
        && clock.instant().isBefore(token.end())
        && !forbidden.contains(call.path());
  }

  synchronized Reply answer(Call call) {
    return switch (call.path()) {
      case "auth/token/lookup-self" -> Reply.data(VaultStub.JSON.createObjectNode());
      case "auth/token/renew-self" -> renew(call.token());
      case "auth/token/revoke-self" -> {
        tokens.remove(call.token());
        yield Reply.nothing();
      }
      default -> Reply.error(404);
    };
  }

  private Reply renew(String token) {
    Instant made = tokens.get(token).made();
    Instant wished = clock.instant().plus(TTL);
    Instant greatest = made.plus(MAX_TTL);
    tokens.put(token, new Token(made, wished.isBefore(greatest) ? wished : greatest));
    return auth(token);
  }
}

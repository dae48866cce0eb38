// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citywall.audit.secrets.VaultStub.Call;
import org.citywall.audit.secrets.VaultStub.Reply;
import tools.jackson.databind.node.ObjectNode;

/** The database engine with one role, {@code readonly}, and its leases. */
final class StubDatabase {

  static final Duration TTL = Duration.ofMinutes(30);
  static final Duration MAX_TTL = Duration.ofHours(2);

  private record Lease(String user, String password, Instant made, Instant end) {}

  private final Clock clock;
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private int made;

  StubDatabase(Clock clock) {
    this.clock = clock;
  }

  /** Users that are in the database now. */
  synchronized List<String> users() {
    return leases.values().stream()
        .filter(lease -> clock.instant().isBefore(lease.end()))
        .map(Lease::user)
        .toList();
  }

  synchronized List<String> passwords() {
    return leases.values().stream().map(Lease::password).toList();
  }

  synchronized Reply answer(Call call) {
    String lease = call.body().path("lease_id").asString("");
    return switch (call.path()) {
      case "database/creds/readonly" -> lend();
      case "sys/leases/renew" -> renew(lease, call.body().path("increment").asLong(0));
      case "sys/leases/revoke" -> {
        leases.remove(lease);
        yield Reply.nothing();
      }
      default -> Reply.error(400, "unknown role: " + call.path());
    };
  }

  private Reply lend() {
    String id = "database/creds/readonly/" + UUID.randomUUID();
    Instant now = clock.instant();
    Lease lease =
        new Lease("v-readonly-" + ++made, UUID.randomUUID().toString(), now, now.plus(TTL));
    leases.put(id, lease);
    ObjectNode body = describe(id, lease);
    body.putObject("data").put("username", lease.user()).put("password", lease.password());
    return Reply.of(body);
  }

  private Reply renew(String id, long increment) {
    Lease lease = leases.get(id);
    if (lease == null || !clock.instant().isBefore(lease.end())) {
      return Reply.error(400, "lease not found");
    }
    Instant wished = clock.instant().plusSeconds(increment);
    Instant greatest = lease.made().plus(MAX_TTL);
    Lease renewed =
        new Lease(
            lease.user(),
            lease.password(),
            lease.made(),
            wished.isBefore(greatest) ? wished : greatest);
    leases.put(id, renewed);
    return Reply.of(describe(id, renewed));
  }

  private ObjectNode describe(String id, Lease lease) {
    ObjectNode body = VaultStub.JSON.createObjectNode();
    body.put("lease_id", id).put("renewable", true);
    body.put("lease_duration", Duration.between(clock.instant(), lease.end()).toSeconds());
    return body;
  }
}

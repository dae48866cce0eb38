// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.VaultSession.Loan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A login of Vault's database engine. A login that is replaced is left to run out, because
 * connections that were made with it may still be open.
 */
final class VaultLogin implements LeasedLogin {

  private static final Logger LOG = LoggerFactory.getLogger(VaultLogin.class);

  private final VaultSession session;
  private final String path;
  private final Clock clock;
  private final List<Lease> replaced = new ArrayList<>();
  private Lease lease;
  private boolean closed;

  private record Lease(String id, DatabaseLogin login, Loan loan, int logIn) {

    Lease renewed(Loan next) {
      return new Lease(
          id, new DatabaseLogin(login.user(), login.password(), next.end()), next, logIn);
    }
  }

  VaultLogin(VaultSession session, String path, Clock clock) {
    this.session = session;
    this.path = path;
    this.clock = clock;
    this.lease = borrow();
  }

  private Lease borrow() {
    int logIn = session.logIns();
    VaultAnswer answer = session.read(path);
    if (answer.missing() || answer.error().startsWith("unknown role")) {
      throw new PlatformException(AuditErrorCode.SECRET_MISSING, path + ": " + answer.error());
    }
    JsonNode data = answer.data(path);
    Loan loan = Loan.of(answer.body(), clock.instant());
    DatabaseLogin login =
        new DatabaseLogin(
            data.path("username").asString(""),
            Sensitive.of(data.path("password").asString("")),
            loan.end());
    return new Lease(answer.body().path("lease_id").asString(""), login, loan, logIn);
  }

  @Override
  public synchronized DatabaseLogin current() {
    if (closed) {
      throw new IllegalStateException("the login was given back");
    }
    if (lease.loan().over(clock.instant())) {
      replace();
    }
    return lease.login();
  }

  /** Renews the lease when it is time to; replaces it where Vault renews it no more. */
  synchronized void renewDue() {
    Instant now = clock.instant();
    replaced.removeIf(old -> old.loan().over(now));
    if (closed) {
      return;
    }
    if (lease.logIn() != session.logIns()) {
      replace(); // the token that lent it is going, and the login with it
    } else if (lease.loan().renewalDue(now)) {
      renew();
    }
  }

  private void renew() {
    if (lease.loan().renewable()) {
      VaultAnswer answer =
          session.write(
              "sys/leases/renew",
              Map.of("lease_id", lease.id(), "increment", lease.loan().length().toSeconds()));
      Loan next = Loan.of(answer.body(), clock.instant());
      if (answer.succeeded() && !next.muchShorterThan(lease.loan())) {
        lease = lease.renewed(next);
        return;
      }
    }
    replace();
  }

  private void replace() {
    Lease fresh = borrow();
    replaced.add(lease);
    lease = fresh;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    replaced.add(lease);
    replaced.forEach(this::giveBack);
    replaced.clear();
  }

  private void giveBack(Lease old) {
    try {
      session
          .writeOnce("sys/leases/revoke", Map.of("lease_id", old.id()))
          .succeededOr("giving a database login back");
    } catch (PlatformException e) {
      LOG.atWarn()
          .addKeyValue("error.code", e.code().id())
          .addKeyValue("citywall.login.valid_until", old.login().validUntil())
          .log("a database login could not be given back; it runs out by itself");
    }
  }
}

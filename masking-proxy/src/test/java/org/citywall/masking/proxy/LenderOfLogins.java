// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.DatabaseLogin;
import org.citywall.audit.secrets.LeasedLogin;
import org.citywall.audit.secrets.SecretStore;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.sql.DemoDatabase;

/** Makes logins in the database as Vault's database engine does, when a test says so. */
final class LenderOfLogins implements SecretStore {

  static final String ROLE = "proxy-logins";

  private final DemoDatabase database;
  private final Clock clock;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final List<String> givenBack = new ArrayList<>();
  private DatabaseLogin current;
  private boolean silent;

  LenderOfLogins(DemoDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** From now on this login is lent. */
  synchronized void lend(String name, Duration left) throws SQLException {
    execute("CREATE ROLE \"" + name + "\" LOGIN PASSWORD 'of " + name + "' IN ROLE app");
    known.add(name);
    current = new DatabaseLogin(name, Sensitive.of("of " + name), clock.instant().plus(left));
  }

  /** The time of a login has come. */
  void forget(String name) throws SQLException {
    execute("DROP ROLE \"" + name + "\"");
    known.remove(name);
  }

  void forgetAll() throws SQLException {
    for (String name : List.copyOf(known)) {
      forget(name);
    }
  }

  /** From now on it lends no more. */
  synchronized void fallSilent() {
    silent = true;
  }

  synchronized List<String> givenBack() {
    return List.copyOf(givenBack);
  }

  private void execute(String sql) throws SQLException {
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public Sensitive<String> secret(String path, String key) {
    throw new PlatformException(AuditErrorCode.SECRET_MISSING, path);
  }

  @Override
  public LeasedLogin databaseLogin(String role) {
    if (!role.equals(ROLE)) {
      throw new PlatformException(AuditErrorCode.SECRET_MISSING, role);
    }
    return new LeasedLogin() {
      @Override
      public DatabaseLogin current() {
        return lent();
      }

      @Override
      public void close() {
        giveBack();
      }
    };
  }

  private synchronized DatabaseLogin lent() {
    if (silent) {
      throw new PlatformException(AuditErrorCode.VAULT_UNAVAILABLE, "it does not answer");
    }
    return current;
  }

  private synchronized void giveBack() {
    givenBack.add(current.user());
  }
}

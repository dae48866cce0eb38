// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.DatabaseLogin;
import org.citywall.audit.secrets.LeasedLogin;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.wire.BackendTls;
import org.citywall.masking.wire.BackendUser;
import org.jspecify.annotations.Nullable;

/**
 * The database behind the proxy, and the proxy's own login.
 *
 * @param user the login, or what every login that is lent is a member of
 */
public record Backend(
    Dialect dialect,
    String host,
    int port,
    String database,
    String user,
    BackendSecret secret,
    Tls tls) {

  /** What changes a schema waits for whoever uses it. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Encryption between the proxy and the database.
   *
   * @param authority PEM file with the certificates that may have issued the database's; null only
   *     where the mode is {@code OFF}
   */
  public record Tls(Mode mode, @Nullable Path authority) {

    public static final Tls OFF = new Tls(Mode.OFF, null);

    /** How the database proves who it is. */
    public enum Mode {
      OFF,
      /** By any certificate of the authority. */
      VERIFY_CA,
      /** By one that names the host. */
      VERIFY_FULL
    }
  }

  /** Which SQL and which wire. */
  public enum Dialect {
    POSTGRESQL
  }

  /**
   * The same database by another login.
   *
   * @param password a reference or the password itself, as in {@code proxy.yaml}
   */
  public Backend as(String login, String password, SecretReferences references) {
    BackendSecret own = new BackendSecret.Password(ConfiguredSecret.of(password, references));
    return new Backend(dialect, host, port, database, login, own, tls);
  }

  /**
   * What connections are made to; {@code MSK-0070} where the authority cannot be used. Of a lender
   * it borrows a login, which the lender takes back when it is closed; failures are those of {@link
   * SecretReferences#databaseLogin}.
   */
  public org.citywall.masking.wire.Backend reached(Clock clock) {
    return reached(login(clock));
  }

  private org.citywall.masking.wire.Backend reached(Supplier<BackendUser> login) {
    Path authority = tls.authority();
    return new org.citywall.masking.wire.Backend(
        new InetSocketAddress(host, port),
        database,
        login,
        tls.mode() == Tls.Mode.OFF || authority == null
            ? null
            : BackendTls.of(authority, tls.mode() == Tls.Mode.VERIFY_FULL));
  }

  private Supplier<BackendUser> login(Clock clock) {
    return switch (secret) {
      case BackendSecret.Password password -> () -> own(password);
      case BackendSecret.Lent lent -> {
        LeasedLogin lease = lent.borrow();
        yield () -> {
          DatabaseLogin now = lease.current();
          return new BackendUser(
              now.user(), now.password(), Duration.between(clock.instant(), now.validUntil()));
        };
      }
    };
  }

  private BackendUser own(BackendSecret.Password password) {
    return new BackendUser(user, password.secret().resolve(), null);
  }

  /**
   * A connection for a while; {@code MSK-0065} where there is none to be had, else as {@link
   * #reached}.
   *
   * @param application how it is called in the database
   */
  public OwnConnection connect(String application) {
    return switch (secret) {
      case BackendSecret.Password password -> connect(application, own(password), null);
      case BackendSecret.Lent lent -> {
        LeasedLogin lease = lent.borrow();
        DatabaseLogin now = lease.current();
        yield connect(application, new BackendUser(now.user(), now.password(), null), lease);
      }
    };
  }

  private OwnConnection connect(String application, BackendUser by, @Nullable LeasedLogin lease) {
    try {
      return new OwnConnection(reached(() -> by).connect(application, PATIENCE), lease);
    } catch (SQLException e) {
      if (lease != null) {
        lease.close();
      }
      throw new PlatformException(
          MaskingErrorCode.BACKEND_UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }
}

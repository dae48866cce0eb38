// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import org.citywall.audit.secrets.Sensitive;
import org.jspecify.annotations.Nullable;

/**
 * The database behind the proxy, and how the proxy logs in there.
 *
 * @param user asked for at each connection, because it may change; may take its time
 * @param tls null where there is none
 */
public record Backend(
    InetSocketAddress address,
    String database,
    Supplier<BackendUser> user,
    @Nullable BackendTls tls) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** By one login, without TLS. */
  public Backend(
      InetSocketAddress address,
      String database,
      String user,
      Supplier<Sensitive<String>> password) {
    this(address, database, () -> new BackendUser(user, password.get(), null), null);
  }

  /** A connection of the proxy's own, whose questions the database answers within seconds. */
  public Connection connect(String application) throws SQLException {
    return connect(application, PATIENCE);
  }

  /**
   * A connection of the proxy's own, besides those of clients.
   *
   * @param application names it to the database
   * @param patience how long an answer may take, in whole seconds
   */
  public Connection connect(String application, Duration patience) throws SQLException {
    Properties login = new Properties();
    BackendUser now = user.get();
    login.setProperty("user", now.name());
    login.setProperty("password", now.password().reveal());
    login.setProperty("ApplicationName", application);
    if (tls == null) {
      login.setProperty("sslmode", "disable");
    } else {
      tls.describe(login);
    }
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", Long.toString(patience.toSeconds()));
    String url =
        "jdbc:postgresql://" + address.getHostString() + ':' + address.getPort() + '/' + database;
    return DriverManager.getConnection(url, login);
  }
}

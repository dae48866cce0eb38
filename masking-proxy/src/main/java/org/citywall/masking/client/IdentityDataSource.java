// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.client;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A pool whose connections are those of the person for whom they are taken: the person is named to
 * the masking proxy when a connection leaves the pool, and taken back when it returns. Safe for use
 * by several threads.
 */
public final class IdentityDataSource implements DataSource {

  private final DataSource pool;
  private final CitywallIdentity identity;
  private final Supplier<Optional<CitywallIdentity.Clerk>> clerk;
  private final Map<Connection, String> sessions = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param clerk who is served at the moment, as the application has authenticated them; empty for
   *     the application itself
   */
  public IdentityDataSource(
      DataSource pool,
      CitywallIdentity identity,
      Supplier<Optional<CitywallIdentity.Clerk>> clerk) {
    this.pool = pool;
    this.identity = identity;
    this.clerk = clerk;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return named(pool.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return named(pool.getConnection(user, password));
  }

  private Connection named(Connection connection) throws SQLException {
    try {
      Optional<CitywallIdentity.Clerk> person = clerk.get();
      if (person.isPresent()) {
        String token = identity.forSession(person.get(), session(connection));
        execute(connection, "SET citywall.identity = '" + token + "'");
      }
      return clearedAtReturn(connection);
    } catch (SQLException | RuntimeException e) {
      giveBack(connection);
      throw e;
    }
  }

  private String session(Connection connection) throws SQLException {
    Connection physical = connection.unwrap(Connection.class);
    String known = sessions.get(physical);
    if (known != null) {
      return known;
    }
    boolean manual = !connection.getAutoCommit();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW citywall.session")) {
      row.next();
      String session = row.getString(1);
      sessions.put(physical, session);
      return session;
    } finally {
      if (manual) {
        connection.rollback();
      }
    }
  }

  /** In a transaction of its own: one that is rolled back later takes nothing of it away. */
  private static void execute(Connection connection, String sql) throws SQLException {
    boolean manual = !connection.getAutoCommit();
    if (manual) {
      connection.setAutoCommit(true);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } finally {
      if (manual) {
        connection.setAutoCommit(false);
      }
    }
  }

  private static Connection clearedAtReturn(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            IdentityDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("close")) {
                giveBack(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  /** Where the person cannot be taken back, the connection must serve nobody else. */
  private static void giveBack(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      execute(connection, "RESET citywall.identity");
    } catch (SQLException e) {
      connection.abort(Runnable::run);
    } finally {
      connection.close();
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    pool.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || pool.isWrapperFor(type);
  }
}

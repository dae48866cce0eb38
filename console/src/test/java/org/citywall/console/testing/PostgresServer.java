// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.state.StateDatabase;

/** A PostgreSQL server for tests, with as many empty databases as they want. */
public final class PostgresServer implements AutoCloseable {

  private final EmbeddedPostgres server;
  private int databases;

  public PostgresServer() {
    try {
      server = EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StateDatabase emptyDatabase() {
    String name = "state" + ++databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new StateDatabase.PostgreSql(
        server.getJdbcUrl("postgres", name), "postgres", Sensitive.of("postgres"));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of its own, which forces nothing to disk. */
final class BenchDatabase implements AutoCloseable {

  static final String NAME = "bench";
  static final String USER = "app";
  static final String PASSWORD = "app";

  /** Rows of the large table. */
  static final int ROWS = 1_000_000;

  private static final int CONNECTIONS = 200;

  private final EmbeddedPostgres server;

  private BenchDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  static BenchDatabase start() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", Integer.toString(CONNECTIONS))
            .start();
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
      statement.execute("CREATE DATABASE " + NAME + " OWNER " + USER);
    }
    return new BenchDatabase(server);
  }

  /** A table of persons and one of a million rows that nothing is masked of. */
  void fill() throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + NAME, USER, PASSWORD);
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          CREATE TABLE person AS SELECT g AS id, 'name ' || g AS name,
            '1380000' || lpad(g::text, 4, '0') AS phone,
            '33010019900101' || lpad(g::text, 4, '0') AS id_card,
            'street of the city, number ' || g AS address
          FROM generate_series(1, 9999) g
          """);
      statement.execute("ALTER TABLE person ADD PRIMARY KEY (id)");
      statement.execute(
          "CREATE TABLE large AS SELECT g AS id, 'row ' || g AS text, g * 3 AS number"
              + " FROM generate_series(1, "
              + ROWS
              + ") g");
      statement.execute("VACUUM ANALYZE");
    }
  }

  int port() {
    return server.getPort();
  }

  Target direct() {
    return new Target("direct", port(), USER, PASSWORD);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

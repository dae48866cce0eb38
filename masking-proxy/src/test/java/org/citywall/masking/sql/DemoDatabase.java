// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The schema of the corpus in a PostgreSQL of its own; {@code app} is the proxy's login. */
public final class DemoDatabase implements AutoCloseable {

  private final EmbeddedPostgres server;

  private DemoDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  public static DemoDatabase start() throws IOException, SQLException {
    return start(Map.of());
  }

  /**
   * @param settings of the server
   */
  public static DemoDatabase start(Map<String, String> settings) throws IOException, SQLException {
    EmbeddedPostgres.Builder server = EmbeddedPostgres.builder();
    settings.forEach(server::setServerConfig);
    DemoDatabase database = new DemoDatabase(server.start());
    try (Connection owner = database.server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE DATABASE demo");
    }
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(
          resource("setup.sql")
              .lines()
              .filter(line -> !line.contains(" DATABASE ") && !line.startsWith("\\"))
              .collect(Collectors.joining("\n")));
      statement.execute(resource("more-setup.sql"));
    }
    return database;
  }

  /** A connection as this role. */
  public Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + server.getPort() + "/demo", role, role);
  }

  /** Where it listens on loopback. */
  public int port() {
    return server.getPort();
  }

  public static String resource(String name) throws IOException {
    try (InputStream stream = DemoDatabase.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

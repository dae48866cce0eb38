// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes a new cluster the demo database: passwords, schema, rows, grants. */
final class DatabaseSetup {

  private static final String ACCESS =
      """
      # Written by the demo: passwords only, from this machine only.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private final DemoDatabase database;
  private final Path cluster;

  DatabaseSetup(DemoDatabase database, Path cluster) {
    this.database = database;
    this.cluster = cluster;
  }

  void run(long seed) throws SQLException, IOException {
    try (Connection connection =
            database.dataSource(DatabaseLogin.POSTGRES, "postgres").getConnection();
        Statement sql = connection.createStatement()) {
      if (exists(sql, "SELECT 1 FROM pg_database WHERE datname = 'yunlan'")) {
        return;
      }
      secure(sql);
      // A crash before the renaming leaves a half-filled database behind, never a wrong one.
      sql.execute("DROP DATABASE IF EXISTS yunlan_new");
      sql.execute("CREATE DATABASE yunlan_new");
      fill(seed);
      sql.execute("ALTER DATABASE yunlan_new RENAME TO yunlan");
    }
  }

  private void secure(Statement sql) throws SQLException, IOException {
    for (DatabaseLogin login : DatabaseLogin.values()) {
      boolean known = exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + login.user() + "'");
      String verb = known ? "ALTER" : "CREATE";
      // The alphabet of the passwords has no quote.
      String password = database.password(login).reveal();
      sql.execute(verb + " ROLE " + login.user() + " LOGIN PASSWORD '" + password + "'");
    }
    Files.writeString(cluster.resolve("pg_hba.conf"), ACCESS);
    sql.execute("SELECT pg_reload_conf()");
  }

  private void fill(long seed) throws SQLException {
    try (Connection connection =
        database.dataSource(DatabaseLogin.POSTGRES, "yunlan_new").getConnection()) {
      connection.setAutoCommit(false);
      try (Statement sql = connection.createStatement()) {
        sql.execute(SeedTable.text("schema.sql"));
        new RowCopier(connection).copy(new DemoRows(seed));
        sql.execute(SeedTable.text("grants.sql"));
        connection.commit();
        connection.setAutoCommit(true);
        sql.execute("VACUUM ANALYZE");
      }
    }
  }

  private static boolean exists(Statement sql, String query) throws SQLException {
    try (var rows = sql.executeQuery(query)) {
      return rows.next();
    }
  }
}

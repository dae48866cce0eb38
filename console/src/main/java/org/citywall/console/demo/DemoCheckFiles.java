// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.SystemId;

/**
 * The file of targets of the made-up city: its database, as part of the core system, by an account
 * that reads settings and rules of access and no table. Written at each start, because the port and
 * the account's password are others each time.
 */
public final class DemoCheckFiles {

  /** The core system of the city on its cloud. */
  static final SystemId CORE = new SystemId(2);

  private static final String PASSWORD = "demo-database.password";
  private static final String USER = "yunlan_checker";
  private static final int PASSWORD_BYTES = 18;

  private DemoCheckFiles() {}

  /**
   * Fails with {@code CON-0040}.
   *
   * @param secrets source of the password: a {@code SecureRandom}
   */
  public static void write(Path targets, DemoDatabase database, RandomGenerator secrets) {
    byte[] random = new byte[PASSWORD_BYTES];
    secrets.nextBytes(random);
    String password = Base64.getUrlEncoder().encodeToString(random);
    try {
      grant(database, password);
      Files.createDirectories(targets.resolveSibling(""));
      Path secret = targets.resolveSibling(PASSWORD);
      Files.deleteIfExists(secret);
      Files.createFile(
          secret,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret, password, UTF_8);
      Files.writeString(targets, targets(database.port(), USER), UTF_8);
    } catch (IOException | SQLException e) {
      throw new PlatformException(
          ConsoleErrorCode.DEMO_DATABASE_FAILED, "the file of targets cannot be written", e);
    }
  }

  private static void grant(DemoDatabase database, String password) throws SQLException {
    try (Connection connection = database.dataSource(DatabaseLogin.POSTGRES).getConnection();
        Statement sql = connection.createStatement()) {
      boolean known;
      try (ResultSet row =
          sql.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
        known = row.next();
      }
      // The alphabet of the password has no quote.
      String verb = known ? "ALTER" : "CREATE";
      sql.execute(verb + " ROLE " + USER + " LOGIN PASSWORD '" + password + "'");
      sql.execute("GRANT CONNECT ON DATABASE " + DemoDatabase.DATABASE + " TO " + USER);
      sql.execute("GRANT SELECT ON pg_catalog.pg_hba_file_rules TO " + USER);
      sql.execute("GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO " + USER);
    }
  }

  private static String targets(int port, String user) {
    return """
    # Written by the demo at each start.
    targets:
      - name: core-db
        kind: postgresql
        systems: [%s]
        profile: postgresql.tls
        host: 127.0.0.1
        port: %d
        database: yunlan
        user: %s
        password: "${file:%s}"
    """
        .replaceFirst("%s", CORE.toString())
        .replaceFirst("%d", Integer.toString(port))
        .replaceFirst("%s", user)
        .replaceFirst("%s", PASSWORD);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.ConsoleErrorCode;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The city's public data in an embedded PostgreSQL under the data folder, on loopback only, with
 * random passwords (SCRAM-SHA-256). It is filled at the first start and stays.
 */
public final class DemoDatabase implements AutoCloseable {

  public static final String HOST = "127.0.0.1";
  public static final String DATABASE = "yunlan";

  private final EmbeddedPostgres server;
  private final DatabaseCredentials credentials;

  private DemoDatabase(EmbeddedPostgres server, DatabaseCredentials credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * Starts the database and fills it where it is new; {@code CON-0040} where that fails.
   *
   * @param dataDir data folder; everything is kept in {@code demo/database} of it
   * @param port TCP port on loopback, 0 for any free one
   * @param seed of the rows, used at the first start only
   * @param secrets source of the passwords: a {@code SecureRandom}
   */
  public static DemoDatabase start(Path dataDir, int port, long seed, RandomGenerator secrets) {
    Path folder = dataDir.toAbsolutePath().resolve("demo").resolve("database");
    EmbeddedPostgres server = null;
    try {
      Files.createDirectories(folder);
      DatabaseCredentials credentials =
          DatabaseCredentials.readOrCreate(folder.resolve("credentials"), secrets);
      LeftoverServer.stop(folder.resolve("data"));
      server = startServer(folder, port, credentials);
      DemoDatabase database = new DemoDatabase(server, credentials);
      new DatabaseSetup(database, folder.resolve("data")).run(seed);
      return database;
    } catch (IOException | SQLException | RuntimeException e) {
      closeQuietly(server, e);
      throw new PlatformException(
          ConsoleErrorCode.DEMO_DATABASE_FAILED, "the demo database did not start", e);
    }
  }

  public int port() {
    return server.getPort();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://" + HOST + ":" + port() + "/" + DATABASE;
  }

  public Sensitive<String> password(DatabaseLogin login) {
    return credentials.password(login);
  }

  /** Connections of this log-in, opened anew for each use. */
  public DataSource dataSource(DatabaseLogin login) {
    return dataSource(login, DATABASE);
  }

  DataSource dataSource(DatabaseLogin login, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {HOST});
    source.setPortNumbers(new int[] {port()});
    source.setDatabaseName(database);
    source.setUser(login.user());
    source.setPassword(password(login).reveal());
    return source;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new PlatformException(
          ConsoleErrorCode.DEMO_DATABASE_FAILED, "the demo database did not stop", e);
    }
  }

  private static EmbeddedPostgres startServer(
      Path folder, int port, DatabaseCredentials credentials) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("listen_addresses", HOST)
        .setServerConfig("password_encryption", "scram-sha-256")
        .setConnectConfig("password", credentials.password(DatabaseLogin.POSTGRES).reveal())
        .start();
  }

  private static void closeQuietly(@Nullable EmbeddedPostgres server, Exception cause) {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}

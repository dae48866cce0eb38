// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server that offers no TLS until it is switched on. */
public final class TlsSwitch implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final Path folder;

  private TlsSwitch(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * Starts a server.
   *
   * @param folder for a key and a certificate
   */
  public static TlsSwitch start(Path folder) throws Exception {
    return new TlsSwitch(EmbeddedPostgres.builder().start(), folder);
  }

  public Connection connection() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** New connections see it within an instant. */
  public void switchTlsOn() throws Exception {
    Path key = folder.resolve("server.key");
    Path certificate = folder.resolve("server.crt");
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.txt").toFile())
            .start();
    assertThat(openssl.waitFor()).isZero();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set ssl_key_file = '" + key + "'");
      statement.execute("alter system set ssl_cert_file = '" + certificate + "'");
      statement.execute("alter system set ssl = on");
      statement.execute("select pg_reload_conf()");
    }
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}

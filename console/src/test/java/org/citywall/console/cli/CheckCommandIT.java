// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command over a real PostgreSQL, weak and hardened, and over roots that are files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckCommandIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private EmbeddedPostgres database;

  @BeforeAll
  void startADatabase() throws Exception {
    database = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  void stopIt() throws Exception {
    database.close();
  }

  private int check(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private Map<String, String> results() {
    return out.toString()
        .lines()
        .map(JSON::readTree)
        .collect(
            Collectors.toMap(
                line -> line.get("check").asString(), line -> line.get("result").asString()));
  }

  private Path targets() throws Exception {
    return Files.writeString(
        folder.resolve("targets.yaml"),
        """
        targets:
          - {name: core, kind: postgresql, port: %d, database: postgres, user: postgres}
          - {name: image, kind: root, path: image}
          - {name: core-tls, kind: tls, port: %d, opening: postgresql}
        """
            .replace("%d", Integer.toString(database.getPort())));
  }

  private void execute(String... statements) throws Exception {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void writeHba(String text) throws Exception {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW hba_file")) {
      row.next();
      Files.writeString(Path.of(row.getString(1)), text);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void aDatabaseThatIsHardenedConformsWhereItDidNotBefore() throws Exception {
    writeHba("local all all trust\nhost all all 0.0.0.0/0 trust\nhost all all ::0/0 trust\n");
    execute("GRANT CREATE ON SCHEMA public TO PUBLIC");

    int weak =
        check("check", "run", "--targets", targets().toString(), "--target", "core", "--json");

    assertThat(weak).isEqualTo(ExitCode.DONE_WITH_REJECTS);
    assertThat(results())
        .containsEntry("postgresql.tls", "nonconform")
        .containsEntry("postgresql.trust", "nonconform")
        .containsEntry("postgresql.audit", "nonconform")
        .containsEntry("postgresql.public-schema", "nonconform")
        .containsEntry("postgresql.superusers", "conform")
        .containsEntry("postgresql.passwords", "conform")
        .containsEntry("postgresql.supported", "conform");

    execute(
        "ALTER ROLE postgres PASSWORD 'correct horse'",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "ALTER SYSTEM SET log_connections = 'on'",
        "ALTER SYSTEM SET log_disconnections = 'on'",
        "ALTER SYSTEM SET log_statement = 'ddl'",
        "SELECT pg_reload_conf()");
    writeHba(
        "local all all trust\n"
            + "host all all 127.0.0.1/32 scram-sha-256\n"
            + "hostssl all all all scram-sha-256\n"
            + "host all all all reject\n");
    Path file = targets();
    Files.writeString(
        file,
        Files.readString(file)
            .replace("user: postgres", "user: postgres, password: \"${file:pw}\""));
    Files.writeString(folder.resolve("pw"), "correct horse");
    Files.setPosixFilePermissions(
        folder.resolve("pw"), PosixFilePermissions.fromString("rw-------"));

    Awaitility.await()
        .untilAsserted(
            () -> {
              check("check", "run", "--targets", file.toString(), "--target", "core", "--json");
              assertThat(results()).containsEntry("postgresql.audit", "conform");
            });
    assertThat(results())
        .containsEntry("postgresql.trust", "conform")
        .containsEntry("postgresql.audit", "conform")
        .containsEntry("postgresql.public-schema", "conform")
        .containsEntry("postgresql.tls", "nonconform");
    assertThat(out.toString()).doesNotContain("correct horse");
  }

  @Test
  void aDatabaseWithoutTlsIsAHighRiskOfItsTransmission() throws Exception {
    check("check", "run", "--targets", targets().toString(), "--target", "core-tls", "--json");

    assertThat(results())
        .containsEntry("tls.offered", "nonconform")
        .containsEntry("tls.protocols", "not-applicable")
        .containsEntry("tls.certificate-time", "not-applicable");
    assertThat(check("check", "show", "tls.offered")).isZero();
    assertThat(out.toString()).contains("severity: high");
  }

  @Test
  void aDatabaseThatCannotBeReachedIsAnErrorAndNoPass() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("gone.yaml"),
            "targets:\n  - {name: gone, kind: postgresql, port: 1, database: d, user: u}\n");

    assertThat(check("check", "run", "--targets", file.toString(), "--json"))
        .isEqualTo(ExitCode.DONE_WITH_REJECTS);
    assertThat(results()).isNotEmpty();
    assertThat(results().values()).containsOnly("error");
  }

  @Test
  void aRootThatIsWeakAndOneThatIsHardenedComeOutOtherwise() throws Exception {
    Path weak = root("weak", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n", "root::1::::::\n");
    Path hard = root("hard", "root:x:0:0::/:/bin/sh\n", "root:$y$a$b$c:20000:0:60:7:::\n");
    Files.writeString(weak.resolve("etc/ssh/sshd_config"), "PermitRootLogin yes\n");
    Files.writeString(hard.resolve("etc/ssh/sshd_config"), "PermitRootLogin no\n");

    check("check", "run", "--root", weak.toString(), "--profile", "linux", "--json");
    Map<String, String> ofWeak = results();
    check("check", "run", "--root", hard.toString(), "--profile", "linux", "--json");
    Map<String, String> ofHard = results();

    for (String id :
        List.of(
            "linux.sshd.root-login", "linux.accounts.uid-zero", "linux.accounts.empty-password")) {
      assertThat(ofWeak).containsEntry(id, "nonconform");
      assertThat(ofHard).containsEntry(id, "conform");
    }
    assertThat(ofHard).containsEntry("linux.ports.dangerous", "not-applicable");
    assertThat(ofHard).containsEntry("linux.packages.clear-text", "error");
  }

  private Path root(String name, String passwd, String shadow) throws Exception {
    Path root = folder.resolve(name);
    Files.createDirectories(root.resolve("etc/ssh"));
    Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=13\n");
    Files.writeString(root.resolve("etc/passwd"), passwd);
    Files.writeString(root.resolve("etc/shadow"), shadow);
    return root;
  }

  @Test
  void everyCheckIsListedAndShownWithWhatToDo() {
    assertThat(check("check", "list")).isZero();
    assertThat(out.toString().lines())
        .hasSizeGreaterThan(30)
        .anyMatch(l -> l.contains("L3-CES1-02"));
    assertThat(check("check", "show", "postgresql.tls")).isZero();
    assertThat(out.toString()).contains("整改").contains("remediation");
    assertThat(check("check", "show", "no.such")).isEqualTo(ExitCode.CALLERS_MISTAKE);
  }

  @Test
  void mistakesInTheFileOfTargetsAreNamed() throws Exception {
    Path file =
        Files.writeString(folder.resolve("t.yaml"), "targets:\n  - {name: a, kind: moon}\n");
    assertThat(check("check", "run", "--targets", file.toString()))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0057");
    String ssh = "targets:\n  - {name: a, kind: ssh, host: h, user: u, known-hosts: k";
    for (String both : List.of("}", ", key: \"${file:k}\", password: \"${file:p}\"}")) {
      Files.writeString(file, ssh + both + "\n");
      assertThat(check("check", "run", "--targets", file.toString()))
          .isEqualTo(ExitCode.CALLERS_MISTAKE);
      assertThat(err.toString()).contains("either key or password");
    }
    Files.writeString(file, ssh.replace(", known-hosts: k", "") + ", key: \"${file:k}\"}\n");
    assertThat(check("check", "run", "--targets", file.toString()))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("needs known-hosts");
  }

  @Test
  void aRunTellsWhatItFoundInTheFactsOfEachTarget() throws Exception {
    Path hard = root("told", "root:x:0:0::/:/bin/sh\n", "root:$1$b$c:20000:0:60:7:::\n");

    check(
        "check", "run", "--root", hard.toString(), "--profile", "linux.accounts.hashes", "--json");

    JsonNode line = JSON.readTree(out.toString());
    assertThat(line.at("/result").asString()).isEqualTo("nonconform");
    assertThat(line.at("/remarks/0/path").asString()).isEqualTo("accounts[root]/hash");
    assertThat(line.at("/remarks/0/found").asString()).isEqualTo("\"crypt-1\"");
    assertThat(line.at("/facts-sha256").asString()).hasSize(64);
    assertThat(err.toString()).contains("nonconform 1");
  }
}

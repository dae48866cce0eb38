// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.citywall.audit.testing.MutableClock;
import org.citywall.verifier.CommandFailures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProxyViewsCommandIT {

  private static final Path DOCS = Path.of("..", "docs", "reference", "proxy");
  private static final String PROXY =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: postgres, user: proxy, password: proxy}
      hardened: {enabled: true}
      users:
        - {name: ana, password: secret-of-ana, clearance: 1}
      catalogue: catalogue.yaml
      """;
  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      tables:
        - name: public.resident
          columns: {id: {level: 1}, sfzh: {level: 4}}
      """;

  private static EmbeddedPostgres server;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    owner("CREATE TABLE resident(id int, sfzh varchar(18))");
    owner("CREATE ROLE proxy LOGIN PASSWORD 'proxy'");
    owner("GRANT SELECT ON resident TO proxy");
  }

  private static void owner(String sql) throws SQLException {
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    server.close();
  }

  @BeforeEach
  void writeFiles() throws IOException {
    write("catalogue.yaml", CATALOGUE);
    write("proxy.yaml", PROXY.replace("PORT", Integer.toString(server.getPort())));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private int views(String act, String... more) {
    out.getBuffer().setLength(0);
    CommandLine command =
        new CommandLine(
                new ProxyViewsCommand(
                    MutableClock.at("2026-05-01T00:00:00Z"),
                    Map.of("CITYWALL_ADMIN_PASSWORD", "postgres")))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[5 + more.length];
    all[0] = act;
    all[1] = "--config";
    all[2] = folder.resolve("proxy.yaml").toString();
    all[3] = "--admin-user";
    all[4] = "postgres";
    System.arraycopy(more, 0, all, 5, more.length);
    return CommandFailures.reportedBy(command).execute(all);
  }

  @Test
  void plansAppliesVerifiesAndRemoves() throws Exception {
    assertThat(views("plan")).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("REVOKE SELECT ON \"public\".\"resident\" FROM \"proxy\";", "security_barrier");
    assertThat(views("verify")).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(out.toString()).contains("own-grant          public.resident");

    assertThat(views("apply")).isZero();

    assertThat(views("verify", "--json")).isZero();
    JsonNode object = JsonMapper.shared().readTree(out.toString());
    assertThat(object.get("gaps").size()).isZero();
    assertThat(object.get("login").asString()).isEqualTo("proxy");
    assertThat(
            JsonMapper.shared()
                .readTree(Files.readString(DOCS.resolve("views.schema.json")))
                .at("/properties")
                .propertyNames())
        .containsExactlyInAnyOrderElementsOf(object.propertyNames());
    assertThat(views("plan")).isZero();
    assertThat(out.toString()).isEmpty();

    owner("GRANT SELECT (sfzh) ON resident TO PUBLIC");
    assertThat(views("verify", "--json")).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(out.toString()).contains("\"kind\":\"public-grant\"", "public.resident");
    owner("REVOKE SELECT (sfzh) ON resident FROM PUBLIC");

    assertThat(views("remove")).isZero();
    assertThat(out.toString()).contains("GRANT SELECT ON \"public\".\"resident\" TO \"proxy\";");
    assertThat(views("verify")).isEqualTo(ExitCode.REFUSED_BY_POLICY);
  }

  @Test
  void saysWhoseMistakeItIsWhereTheLoginCannotBeHardened() throws Exception {
    owner("ALTER ROLE proxy SUPERUSER");
    try {
      assertThat(views("apply")).isEqualTo(ExitCode.CALLERS_MISTAKE);
      assertThat(err.toString()).contains("MSK-0051", "NOSUPERUSER");
    } finally {
      owner("ALTER ROLE proxy NOSUPERUSER");
    }
  }

  @Test
  void asksForADatabaseAdministrator() {
    assertThat(new CommandLine(new ProxyViewsCommand()).execute("plan", "--config", "x"))
        .isNotZero();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.citywall.verifier.CommandFailures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statements explained by what a database has. */
class SqlExplainLiveIT {

  private static final String GROUPED =
      "SELECT p.id, upper(p.phone), count(*) FROM person p GROUP BY p.id";

  private static EmbeddedPostgres server;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    server = EmbeddedPostgres.start();
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE SCHEMA city; CREATE TABLE city.person(id int PRIMARY KEY, phone varchar(20));"
              + " CREATE VIEW city.v AS SELECT phone AS tel FROM city.person;"
              + " ALTER ROLE postgres SET search_path = city, public");
    }
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void writeFiles() throws IOException {
    write(
        "catalogue.yaml",
        """
        scheme: zhejiang-4
        tables:
          - name: city.person
            columns:
              id: {level: 1}
              phone: {level: 3, category: personal.phone}
        defaults:
          personal.phone: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}
        """);
    write(
        "proxy.yaml",
        """
        listen: 127.0.0.1:0
        backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: postgres, user: postgres, password: postgres}
        catalogue: catalogue.yaml
        users:
          - {name: ana, password: for a test alone, clearance: 2}
        audit: {data: log}
        """
            .replace("PORT", Integer.toString(server.getPort())));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private JsonNode explained(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine command =
        new CommandLine(new SqlExplainCommand(MutableClock.at("2026-05-01T00:00:00Z"), Map.of()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int code =
        CommandFailures.reportedBy(command)
            .execute(
                Stream.concat(
                        Stream.of(
                            "--config",
                            folder.resolve("proxy.yaml").toString(),
                            "--user",
                            "ana",
                            "--json"),
                        Stream.of(arguments))
                    .toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    return JsonMapper.shared().readTree(out.toString());
  }

  @Test
  void showsTheColumnsThatAreAddedToAGroupByOfAPrimaryKey() {
    JsonNode live = explained("--live", GROUPED);

    assertThat(live.get("schema").asString()).isEqualTo("database");
    assertThat(live.get("decision").asString()).isEqualTo("mask");
    assertThat(live.get("rewritten").asString())
        .contains("AS character varying(20)")
        .endsWith("GROUP BY p.id, \"p\".\"phone\"");
  }

  @Test
  void knowsViewsAndTheSearchPathOfTheLogin() {
    JsonNode live = explained("--live", "SELECT tel FROM v");

    assertThat(live.get("decision").asString()).isEqualTo("mask");
    assertThat(live.get("tables").get(0).asString()).isEqualTo("city.person");
    assertThat(explained("SELECT tel FROM v").get("decision").asString()).isEqualTo("deny");
  }

  @Test
  void saysThatTheDatabaseCannotBeReached() throws IOException {
    write(
        "proxy.yaml",
        Files.readString(folder.resolve("proxy.yaml"))
            .replace("port: " + server.getPort(), "port: 1"));
    CommandLine command =
        new CommandLine(new SqlExplainCommand(MutableClock.at("2026-05-01T00:00:00Z"), Map.of()))
            .setErr(new PrintWriter(err, true));

    int code =
        CommandFailures.reportedBy(command)
            .execute(
                List.of(
                        "--config",
                        folder.resolve("proxy.yaml").toString(),
                        "--user",
                        "ana",
                        "--live",
                        "SELECT 1")
                    .toArray(String[]::new));

    assertThat(code).isNotZero();
    assertThat(err.toString()).contains("MSK-0065");
  }
}

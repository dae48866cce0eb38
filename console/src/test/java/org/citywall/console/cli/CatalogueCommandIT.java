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
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
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

class CatalogueCommandIT {

  private static final Path DOCS = Path.of("..", "docs", "reference", "proxy");
  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      tables:
        - name: public.resident
          columns: {id: {level: 1}, gone: {level: 1}}
      """;

  private static EmbeddedPostgres server;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE resident(id int, sfzh varchar(18))");
    }
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    server.close();
  }

  @BeforeEach
  void writeFiles() throws IOException {
    write("catalogue.yaml", CATALOGUE);
    write(
        "proxy.yaml",
        """
        listen: 127.0.0.1:0
        backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: postgres, user: postgres, password: postgres}
        catalogue: catalogue.yaml
        audit: {data: log}
        """
            .replace("PORT", Integer.toString(server.getPort())));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine command =
        new CommandLine(new CatalogueCommand(MutableClock.at("2026-05-01T00:00:00Z"), Map.of()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return CommandFailures.reportedBy(command).execute(arguments);
  }

  @Test
  void namesBothGapsAndRecordsTheFigures() throws IOException {
    int code = run("compare", "--config", folder.resolve("proxy.yaml").toString(), "--json");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    JsonNode object = JsonMapper.shared().readTree(out.toString());
    assertThat(object.at("/counts/column-uncatalogued").asInt()).isEqualTo(1);
    assertThat(object.at("/counts/column-missing").asInt()).isEqualTo(1);
    assertThat(object.at("/gaps/0/table").asString()).isEqualTo("public.resident");
    JsonNode schema =
        JsonMapper.shared().readTree(Files.readString(DOCS.resolve("comparison.schema.json")));
    assertThat(schema.at("/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(object.propertyNames());
    try (LogReader log = LogAccess.reading(folder.resolve("log"))) {
      List<LoggedEntry> entries = log.read(0, 10);
      assertThat(entries)
          .extracting(one -> one.event().text(Field.EVENT_ACTION))
          .contains("catalogue-compared");
      assertThat(entries)
          .anyMatch(
              one ->
                  String.valueOf(one.event().text(Field.GOV_NOTE))
                      .contains("column-uncatalogued=1"));
    }
  }

  @Test
  void proposesWhatTheCatalogueLacksAndShowsNoValue() throws Exception {
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE loaded(c1 text, c2 text)");
      statement.execute(
          "INSERT INTO loaded SELECT '1390000' || (1000 + g), 'x' FROM generate_series(1, 9) g");
    }
    String config = folder.resolve("proxy.yaml").toString();

    assertThat(run("propose", "--config", config)).isZero();
    assertThat(out.toString())
        .contains("sfzh: {level: 4, category: personal.id-card, type: 'character varying(18)'}")
        .contains("# c1: {level: ,")
        .doesNotContain("      id:");

    assertThat(run("propose", "--config", config, "--sample", "20", "--all")).isZero();
    assertThat(out.toString())
        .contains("c1: {level: 3, category: personal.mobile,", "# proposal, confidence 95")
        .contains("# id:")
        .doesNotContain("1390000");
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("DROP TABLE loaded");
    }
  }

  @Test
  void isContentWhereTheyAgree() throws IOException {
    write("catalogue.yaml", CATALOGUE.replace("gone: {level: 1}", "sfzh: {level: 1}"));

    assertThat(run("compare", "--config", folder.resolve("proxy.yaml").toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).isEqualTo("1 tables, 2 columns, 0 gaps\n");
  }
}

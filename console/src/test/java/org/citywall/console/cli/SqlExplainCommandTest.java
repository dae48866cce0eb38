// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.citywall.verifier.CommandFailures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SqlExplainCommandTest {

  private static final Path DOCS = Path.of("..", "docs", "reference", "proxy");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void requireTheLibrary() {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
  }

  @Test
  void printsTheObjectOfTheContract() throws IOException {
    assertThat(explain("--user", "ana", "--json", "SELECT id, phone FROM person")).isZero();

    JsonNode object = JsonMapper.shared().readTree(out.toString());
    assertThat(object.get("decision").asString()).isEqualTo("mask");
    assertThat(object.get("reason").asString()).isEqualTo("phone: above clearance");
    assertThat(object.get("rewritten").asString()).contains("FROM \"public\".\"person\"");
    assertThat(object.get("tables").get(0).asString()).isEqualTo("public.person");
    JsonNode phone = object.get("columns").get(1);
    assertThat(phone.get("name").asString()).isEqualTo("phone");
    assertThat(phone.get("level").asInt()).isEqualTo(3);
    assertThat(phone.get("treatment").asString()).isEqualTo("masked");
    assertThat(object.get("schema").asString()).isEqualTo("catalogue");
    assertThat(schema("").propertyNames())
        .containsExactlyInAnyOrderElementsOf(object.propertyNames());
    assertThat(schema("/columns/items/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(phone.propertyNames());
  }

  @Test
  void decidesByTheUserAndByTheTime() {
    assertThat(explain("--user", "bo", "--json", "SELECT phone FROM person")).isZero();
    assertThat(out.toString()).contains("\"name\":\"phone\"", "\"treatment\":\"plain\"");
    out.getBuffer().setLength(0);

    assertThat(explainAt("2027-01-01T00:00:00Z", "--user", "bo", "SELECT id FROM person")).isZero();
    assertThat(out.toString()).contains("hidden", "the person's term is over");
  }

  @Test
  void callsARefusalADecisionAndNotAFailure() {
    assertThat(explain("--user", "ana", "--json", "DROP TABLE person")).isZero();

    assertThat(out.toString())
        .contains("\"decision\":\"deny\"", "\"code\":\"MSK-0022\"", "\"rewritten\":null");
  }

  @Test
  void printsLinesForPeople() {
    assertThat(explain("--user", "ana", "SELECT id, phone FROM person")).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("decision +mask"))
        .anyMatch(line -> line.matches("public.person.id +level 1 +plain +within clearance"))
        .anyMatch(
            line ->
                line.matches(
                    "public.person.phone +level 3 +masked +KEEP_FIRST_N_LAST_M, above clearance"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "clerk, -, \"treatment\":\"plain\"",
        "clerk, service, \"treatment\":\"plain\"",
        "clerk, statistics, MSK-0049",
        "ana, -, MSK-0047",
        "portal, -, MSK-0047",
        "nobody, -, MSK-0047",
        "-, -, MSK-0044",
      })
  void decidesByThePersonBehindAnApplication(
      @Nullable String person, @Nullable String purpose, String expected) {
    List<String> arguments = new ArrayList<>(List.of("--application", "portal", "--json"));
    if (person != null) {
      arguments.addAll(List.of("--behind", person));
    }
    if (purpose != null) {
      arguments.addAll(List.of("--purpose", purpose));
    }
    arguments.add("SELECT phone FROM person");

    assertThat(explain(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString()).contains(expected);
  }

  @Test
  void letsNobodyAskWhatTouchesNoTable() {
    assertThat(explain("--application", "portal", "SELECT 1")).isZero();
    assertThat(out.toString()).contains("allow").doesNotContain("MSK-");
  }

  @Test
  void decidesByTheDeclaredPurpose() {
    assertThat(explain("--user", "ana", "--purpose", "service", "SELECT id FROM person")).isZero();
    assertThat(out.toString()).contains("MSK-0049");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--json",
        "--user ana --application portal",
        "--user ana --behind clerk",
        "--user portal",
        "--application ana",
      })
  void saysWhenItIsUnclearWhoLoggedIn(String arguments) {
    String[] all = (arguments + " SELECT").split(" ");
    assertThat(explain(all)).isEqualTo(ExitCode.CALLERS_MISTAKE);
  }

  @Test
  void refusesAUserWhomTheFileLacks() {
    assertThat(explain("--user", "eve", "SELECT 1")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).startsWith("error: MSK-0090 eve");
  }

  private static JsonNode schema(String below) throws IOException {
    JsonNode schema =
        JsonMapper.shared().readTree(Files.readString(DOCS.resolve("explanation.schema.json")));
    return schema.at("/properties" + below);
  }

  private int explain(String... arguments) {
    return explainAt("2026-12-31T00:00:00Z", arguments);
  }

  private int explainAt(String time, String... arguments) {
    var command =
        new CommandLine(
                new SqlExplainCommand(
                    MutableClock.at(time),
                    Map.of(
                        "LOOK_UP_KEY",
                        "sixteen bytes or more",
                        "SUBJECT_KEY",
                        "thirty-two bytes or more, in a test")))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[0] = "--config";
    all[1] = DOCS.resolve("proxy.example.yaml").toString();
    return CommandFailures.reportedBy(command).execute(all);
  }
}

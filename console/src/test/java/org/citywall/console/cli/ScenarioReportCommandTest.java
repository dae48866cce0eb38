// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citywall.console.generate.ParameterRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScenarioReportCommandTest {

  private static final Path PACK = Path.of("..", "docs", "operate", "public-data");
  private static final Path SCHEMA =
      Path.of("..", "docs", "reference", "generate", "report.schema.json");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int citywall(String... arguments) {
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int report(String... more) {
    List<String> all = new ArrayList<>(List.of("rules", "report", "--rules", PACK.toString()));
    all.addAll(List.of(more));
    return citywall(all.toArray(String[]::new));
  }

  private void generate() {
    int exit =
        citywall(
            "generate",
            "--days",
            "9",
            "--events",
            "4000",
            "--instances",
            "2",
            "--scenarios",
            "3,14,16,30,31",
            "--out",
            folder.toString());
    assertThat(exit).isEqualTo(ExitCode.DONE);
  }

  private List<JsonNode> json() {
    JsonMapper mapper = JsonMapper.builder().build();
    return out.toString().lines().map(mapper::readTree).toList();
  }

  @Test
  void findsWhatTheRulesAreThereFor() throws IOException {
    generate();

    int exit = report("--events", folder.toString(), "--json", "--require");

    JsonNode card = json().getFirst();
    assertThat(exit).as(out.toString()).isEqualTo(ExitCode.DONE);
    assertThat(card.get("recall").asDouble()).isEqualTo(1);
    assertThat(card.get("accepted").asBoolean()).isTrue();
    assertThat(card.get("scenarios")).hasSize(5);
    for (JsonNode scenario : card.get("scenarios")) {
      assertThat(scenario.get("near-misses-alerted").asInt()).isZero();
      assertThat(scenario.get("benign-alerted").asInt()).isZero();
    }
    JsonNode schema = JsonMapper.builder().build().readTree(Files.readString(SCHEMA));
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(card.propertyNames());
    assertThat(schema.at("/$defs/scenario/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(card.get("scenarios").get(0).propertyNames());
  }

  @Test
  void measuresTheSameInMemoryAndFromFiles() {
    generate();
    report("--events", folder.toString(), "--json");
    report(
        "--seeds",
        "1",
        "--days",
        "9",
        "--background",
        "4000",
        "--instances",
        "2",
        "--scenarios",
        "3,14,16,30,31",
        "--json");

    JsonNode files = json().getFirst();
    JsonNode memory = json().getLast();
    assertThat(memory.get("scenarios")).isEqualTo(files.get("scenarios"));
    assertThat(memory.get("alerts")).isEqualTo(files.get("alerts"));
  }

  @Test
  void measuresTheHeldOutRangeFromFilesThatAreCompressed() {
    String[] city = {"--days", "9", "--instances", "1", "--scenarios", "3,14,31"};
    List<String> all = new ArrayList<>(List.of("generate", "--events", "2000", "--gzip"));
    all.addAll(List.of("--range", "held-out", "--out", folder.toString()));
    all.addAll(List.of(city));
    assertThat(citywall(all.toArray(String[]::new))).isEqualTo(ExitCode.DONE);
    report("--events", folder.toString(), "--json");
    List<String> memory = new ArrayList<>(List.of("--seeds", "1", "--background", "2000"));
    memory.addAll(List.of("--range", "held-out", "--json"));
    memory.addAll(List.of(city));
    report(memory.toArray(String[]::new));
    assertThat(new GeneratedFolder(folder).run().options().range())
        .isEqualTo(ParameterRange.HELD_OUT);

    assertThat(json().getLast().get("scenarios")).isEqualTo(json().getFirst().get("scenarios"));
    assertThat(citywall("generate", "--range", "other", "--out", folder.toString()))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("ranges are usual and held-out");
  }

  @Test
  void saysWhatIsMissedWithoutTheRule() {
    int exit =
        citywall(
            "rules",
            "report",
            "--seeds",
            "1,2",
            "--days",
            "6",
            "--background",
            "1000",
            "--instances",
            "1",
            "--scenarios",
            "16",
            "--require");

    assertThat(exit).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(out.toString().lines().filter(line -> line.contains("missed 16-attack-1")))
        .hasSize(2);
    assertThat(out.toString())
        .contains("seed 1: ")
        .contains("seed 2: ")
        .contains("all recall 0.000");
  }

  @Test
  void wantsEitherSeedsOrEventsAndFilesThatAreRight() throws IOException {
    assertThat(citywall("rules", "report")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    generate();
    Files.writeString(folder.resolve("truth.ndjson"), "{}\n");

    assertThat(report("--events", folder.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0065").contains("scenario is missing");
  }
}

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.console.generate.Truth;
import org.citywall.correlation.Context;
import org.citywall.correlation.ContextFile;
import org.citywall.masking.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GenerateCommandTest {

  private static final Path REFERENCE = Path.of("..", "docs", "reference", "generate");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int citywall(String... arguments) {
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int generate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("generate", "--days", "6", "--events", "2000", "--instances", "1", "--out"));
    all.add(folder.toString());
    all.addAll(List.of(more));
    return citywall(all.toArray(String[]::new));
  }

  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    GeneratedFolder.readEvents(new GeneratedFolder(folder).events(), events::add);
    return events;
  }

  @Test
  void writesEventsAndTruthAndWhatDetectionHasToKnow() throws IOException {
    assertThat(generate()).isEqualTo(ExitCode.DONE);

    GeneratedFolder generated = new GeneratedFolder(folder);
    Set<EventId> ids = events().stream().map(Event::id).collect(Collectors.toSet());
    List<Truth> truth = GeneratedFolder.readTruth(generated.truth());
    assertThat(truth).hasSizeGreaterThan(100).allMatch(each -> ids.containsAll(each.events()));
    assertThat(generated.run().events()).isEqualTo(ids.size());
    Context context = ContextFile.read(generated.context());
    assertThat(context.persons()).hasSizeGreaterThan(200);
    assertThat(context.tickets()).isNotEmpty();
    Catalogue catalogue =
        Catalogue.parse(
            "catalogue.yaml",
            Files.readString(folder.resolve("catalogue.yaml")),
            new SecretReferences(folder.resolve("x"), Map.of(), Optional.empty()));
    assertThat(catalogue.tables()).hasSizeGreaterThan(5);
    assertThat(err.toString()).contains("staged instances").contains("events/s");
  }

  @Test
  void writesTheSameEventsCompressed() {
    assertThat(generate()).isEqualTo(ExitCode.DONE);
    List<Event> plain = events();

    assertThat(generate("--gzip")).isEqualTo(ExitCode.DONE);

    assertThat(folder.resolve("events.ndjson")).doesNotExist();
    assertThat(events()).isEqualTo(plain);
  }

  @Test
  void writesEventsThatParseAndMatchTake() throws IOException {
    assertThat(generate("--scenarios", "16,30", "--gzip")).isEqualTo(ExitCode.DONE);
    Path rules = Path.of("..", "docs", "operate", "public-data", "databases.yml");

    int exit =
        citywall(
            "rules",
            "match",
            "--json",
            "--rules",
            rules.toString(),
            "--placeholders",
            folder.resolve("placeholders.yaml").toString(),
            "--events",
            folder.resolve("events.ndjson.gz").toString());

    assertThat(exit).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("0c3c1a52-7d0e-4a4d-8f5b-6a0e3b9d1601")
        .contains("0c3c1a52-7d0e-4a4d-8f5b-6a0e3b9d3001");
  }

  @Test
  void describesEachMemberOfATruthInTheSchema() throws IOException {
    generate("--scenarios", "1");

    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode schema = mapper.readTree(Files.readString(REFERENCE.resolve("truth.schema.json")));
    String line = Files.readAllLines(folder.resolve("truth.ndjson")).getFirst();
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(mapper.readTree(line).propertyNames());
    JsonNode run = mapper.readTree(Files.readString(REFERENCE.resolve("run.schema.json")));
    assertThat(run.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            mapper.readTree(Files.readString(folder.resolve("run.json"))).propertyNames());
  }

  @Test
  void saysWhatIsWrongWithOptionsAndFiles() throws IOException {
    assertThat(generate("--units", "3")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(generate("--scenarios", "1,x")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    String to = folder.toString();
    assertThat(
            citywall(
                "generate", "--scenarios", "11", "--days", "6", "--instances", "40", "--out", to))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("too small");
    Path file = folder.resolve("file");
    Files.writeString(file, "x");

    int exit =
        citywall(
            "generate",
            "--days",
            "2",
            "--scenarios",
            "1",
            "--instances",
            "1",
            "--out",
            file.resolve("sub").toString());

    assertThat(exit).isEqualTo(ExitCode.OUTSIDE_FAULT);
    assertThat(err.toString()).contains("CLI-0066");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RulesCommandTest {

  private static final Path REFERENCE = Path.of("..", "docs", "reference", "rules");
  private static final String RULE =
      """
      title: Whoami
      id: r1
      logsource: {category: process_creation}
      detection: {a: {Image|endswith: '\\whoami.exe'}, condition: a}
      level: low
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeARule() throws IOException {
    Files.writeString(folder.resolve("whoami.yml"), RULE);
  }

  private int rules(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "rules";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  @Test
  void checkPrintsCountsAndTheReasonOfEachRejection() throws IOException {
    Files.writeString(
        folder.resolve("wrong.yml"), RULE.replace("endswith", "sounds-like").replace("r1", "r2"));
    Files.writeString(folder.resolve("zero.yml"), "");

    int exit = rules("check", folder.toString());

    assertThat(exit).isEqualTo(ExitCode.DONE_WITH_REJECTS);
    assertThat(out.toString().lines())
        .containsExactly(
            "loaded 1: 1 rules, 0 correlations, 0 filters",
            "rejected 2",
            "rejected "
                + folder.resolve("wrong.yml")
                + ":4: COR-0061 there is no modifier sounds-like (Whoami)",
            "rejected " + folder.resolve("zero.yml") + ":1: COR-0060 the file is empty");
  }

  @Test
  void checkPrintsJsonForPrograms() {
    int exit = rules("check", "--json", folder.toString());

    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(exit).isEqualTo(ExitCode.DONE);
    assertThat(json.get("loaded").asInt()).isEqualTo(1);
    assertThat(json.get("rejected").asInt()).isZero();
    assertThat(json.get("rejections").isEmpty()).isTrue();
  }

  @Test
  void checkOfWhatIsNotThereIsAnOutsideFault() {
    assertThat(rules("check", folder.resolve("none").toString())).isEqualTo(ExitCode.OUTSIDE_FAULT);
    assertThat(out.toString()).contains("COR-0065");
  }

  @Test
  void matchNumbersEventsByTheirLine() throws IOException {
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"Image":"C:\\\\x.exe"}
            {"Image":"C:\\\\WHOAMI.exe"}

            no event
            {"EventData":{"Image":"D:\\\\whoami.exe"}}
            """);

    int exit =
        rules("match", "--rules", folder.toString(), "--events", events.toString(), "--json");

    assertThat(out.toString().lines())
        .containsExactly("{\"rule\":\"r1\",\"event\":2}", "{\"rule\":\"r1\",\"event\":4}");
    assertThat(err.toString()).contains("events.jsonl:4: not JSON");
    assertThat(exit).isEqualTo(ExitCode.DONE_WITH_REJECTS);
  }

  @Test
  void matchReadsObjectsThatSpanLinesAndArrays() throws IOException {
    String event = "{\n\"Event\": {\"EventData\": {\"Image\": \"C:\\\\whoami.exe\"}}}\n";
    Path after = Files.writeString(folder.resolve("a.json"), "\ufeff" + event + event);
    Path array = Files.writeString(folder.resolve("b.json"), "[" + event + "," + event + "]");
    Path zipped = folder.resolve("c.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write((event + event).getBytes(StandardCharsets.UTF_8));
    }

    for (Path file : new Path[] {after, array, zipped}) {
      out.getBuffer().setLength(0);
      int exit = rules("match", "--rules", folder.toString(), "--events", file.toString());

      assertThat(exit).isEqualTo(ExitCode.DONE);
      assertThat(out.toString().lines())
          .containsExactly("event 1  low  Whoami (r1)", "event 2  low  Whoami (r1)");
    }
  }

  @Test
  void matchTakesLinesThatAreNoJsonAsMessages() throws IOException {
    Files.writeString(
        folder.resolve("word.yml"),
        """
        title: Word
        id: w
        logsource: {product: cisco}
        detection: {words: ['access-session'], condition: words}
        """);
    Path events = Files.writeString(folder.resolve("raw.log"), "nothing\nno access-session x\n");

    rules("match", "--rules", folder.toString(), "--events", events.toString(), "--json");

    assertThat(out.toString().lines()).containsExactly("{\"rule\":\"w\",\"event\":2}");
  }

  @Test
  void testRunsTheTestsBesideRules() throws IOException {
    Files.writeString(
        folder.resolve("whoami.test.yml"),
        """
        tests:
          - {name: fires, events: [{Image: 'C:\\whoami.exe'}], matches: [r1]}
          - {name: wrong, events: [{Image: 'C:\\other.exe'}], matches: [r1]}
        """);

    int exit = rules("test", folder.toString());

    assertThat(exit).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(out.toString().lines())
        .containsExactly(
            "failed " + folder.resolve("whoami.test.yml") + ":3 wrong: matched [], not [r1]",
            "passed 1, failed 1");
  }

  @Test
  void testRefusesAFileThatDoesNotFollowTheSchema() throws IOException {
    Path file =
        Files.writeString(folder.resolve("whoami.test.yml"), "tests: []\nplaceholder: {a: b}\n");

    assertThat(rules("test", folder.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(out.toString())
        .startsWith("failed " + file + ":2 : COR-0066 placeholder is not known here");
  }

  @Test
  void testOfNoTestsIsAMistake() {
    assertThat(rules("test", folder.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("there are no tests");
  }

  @Test
  void theExampleInTheReferencePassesAndFollowsItsSchema() throws IOException {
    int exit = rules("test", REFERENCE.toString());

    assertThat(out.toString().strip()).isEqualTo("passed 3, failed 0");
    assertThat(exit).isEqualTo(ExitCode.DONE);
    JsonNode schema =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(REFERENCE.resolve("test.schema.json")));
    JsonNode example =
        YAMLMapper.builder()
            .build()
            .readTree(Files.readString(REFERENCE.resolve("guessing.test.yml")));
    assertThat(schema.get("properties").propertyNames()).containsAll(example.propertyNames());
    assertThat(schema.at("/properties/tests/items/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(example.at("/tests/0").propertyNames());
  }

  @Test
  void theRulesAboutPublicDataLoadWithTheirListsAndPassTheirTests() throws IOException {
    Path pack = Path.of("..", "docs", "operate", "public-data");
    Path lists =
        Files.writeString(
            folder.resolve("lists"),
            """
            backup_accounts: [backup]
            governed_databases: [yunlan]
            proxy_addresses: [10.0.0.10]
            jump_hosts: [10.0.9.1]
            shared_addresses: [10.0.7.1]
            """);

    assertThat(rules("check", "--placeholders", lists.toString(), pack.toString())).isZero();
    assertThat(out.toString().lines())
        .containsExactly("loaded 10: 7 rules, 3 correlations, 0 filters", "rejected 0");
    out.getBuffer().setLength(0);
    rules("test", pack.toString());
    assertThat(out.toString().strip()).isEqualTo("passed 18, failed 0");
  }
}

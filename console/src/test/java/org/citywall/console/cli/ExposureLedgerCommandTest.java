// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MutableClock;
import org.citywall.verifier.CommandFailures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExposureLedgerCommandTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Path SCHEMA = Path.of("../docs/reference/exposure/ledger.schema.json");
  private static final SubjectKey KEY =
      SubjectKey.of(Sensitive.of("the key of a city in a test, long"));

  @TempDir private Path data;

  private final MutableClock clock = MutableClock.at(NOON.plusSeconds(3600));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void write() {
    seen("wang", "public.person", 4, "anna", "berta");
    seen("wang", "public.house", 2, "anna");
    seen("li", "public.person", 3, "anna", "carla", "dora");
    copied("=ext", 5_000);
    try (EvidenceLog log =
        EvidenceLogs.open(
            data,
            LogOptions.defaults(),
            new NoteSigner("test.example/log", new KeyInMemory()),
            clock,
            RandomGenerator.of("L64X128MixRandom"))) {
      log.append(entries);
    }
  }

  @Test
  void tellsWhoseDataLeftByWhom() throws IOException {
    JsonNode report = json("--json");

    assertThat(report.at("/lines").valueStream().map(line -> line.at("/value").asString()))
        .containsExactly("=ext", "li", "wang");
    assertThat(report.at("/lines/1/persons").asLong()).isEqualTo(3);
    assertThat(report.at("/lines/2/persons").asLong()).isEqualTo(2);
    assertThat(report.at("/lines/2/rows_level_4").asLong()).isEqualTo(2);
    assertThat(report.at("/total/persons").asLong()).isEqualTo(4);
    assertThat(report.at("/total/rows_of_unknown_persons").asLong()).isEqualTo(5_000);
    assertThat(report.at("/total/persons_claimed").asLong()).isEqualTo(4_000);
    assertThat(report.at("/as_of_leaf").asLong()).isEqualTo(4);
    JsonNode schema = JsonMapper.shared().readTree(Files.readString(SCHEMA));
    assertThat(schema.at("/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(report.propertyNames());
    assertThat(schema.at("/$defs/line/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(report.at("/lines/0").propertyNames());
  }

  @Test
  void narrowsAndTurns() {
    JsonNode report = json("--json", "--by", "table", "--only", "operator=wang");

    assertThat(report.at("/lines").valueStream().map(line -> line.at("/value").asString()))
        .containsExactly("public.person", "public.house");
    assertThat(report.at("/lines/1/query").asString())
        .isEqualTo(
            "(db.rows.returned:* OR db.rows.affected:*)"
                + " AND (gov.person.id:\"wang\" OR (user.name:\"wang\" NOT gov.person.id:*))"
                + " AND db.table:\"public.house\"");
  }

  @Test
  void keepsToTheDaysGiven() {
    assertThat(json("--json", "--from", "2026-03-02").at("/total/rows").asLong()).isEqualTo(5_006);
    assertThat(json("--json", "--to", "2026-03-01").at("/total/rows").asLong()).isZero();
  }

  @Test
  void printsATableForPeople() {
    assertThat(run()).isZero();

    assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "2025-12-03 to 2026-03-02, as of leaf 4",
            "3 0 3 0 0 3 0 0 li",
            "5006 2 5003 1 0 4 5000 4000 TOTAL");
  }

  @Test
  void givesNoFormulaToASpreadsheet() {
    assertThat(run("--csv")).isZero();

    assertThat(out.toString().lines()).hasSize(4).anyMatch(line -> line.startsWith("'=ext,5000,"));
  }

  @Test
  void refusesWhatItCannotTellApart() {
    assertThat(run("--by", "weather")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(run("--only", "operator")).isEqualTo(ExitCode.CALLERS_MISTAKE);
  }

  private void seen(String user, String table, int level, String... persons) {
    SubjectTally tally = new SubjectTally(KEY);
    for (String person : persons) {
      tally.person(person);
      tally.rows(1);
    }
    Event.Builder event =
        event(user, table, level)
            .put(Field.EVENT_DATASET, "citywall.masking_proxy")
            .put(Field.EVENT_ACTION, "access-completed")
            .put(Field.GOV_DECISION, "mask")
            .put(Field.DB_ROWS_RETURNED, persons.length);
    tally.gathered().put(event);
    entries.add(new Entry(EntryKind.COMPLETION, event.build()));
  }

  private void copied(String user, long rows) {
    entries.add(
        new Entry(
            EntryKind.EVENT,
            event(user, "public.person", 3)
                .put(Field.GOV_SUBJECTS_COUNT, rows - 1000)
                .put(Field.DB_ROWS_RETURNED, rows)
                .build()));
  }

  private Event.Builder event(String user, String table, int level) {
    Instant at = NOON.plus(Duration.ofSeconds(entries.size()));
    return Event.builder(new SourcePosition("test", 1, entries.size() + 1L), at, at)
        .put(Field.USER_NAME, user)
        .put(Field.DB_TABLE, List.of(table))
        .put(Field.GOV_DATA_LEVEL, level);
  }

  private JsonNode json(String... arguments) {
    assertThat(run(arguments)).as(err.toString()).isZero();
    return JsonMapper.shared().readTree(out.toString());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(arguments));
    return CommandFailures.reportedBy(new CommandLine(new ExposureLedgerCommand(clock)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProxyReportCommandTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Path SCHEMA = Path.of("../docs/reference/proxy/report.schema.json");

  @TempDir private Path data;

  private final MutableClock clock = MutableClock.at(NOON.plusSeconds(3600));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void write() {
    for (int i = 0; i < 1200; i++) {
      decided("ana", "mask", List.of("public.person.id", "public.person.phone"));
    }
    decided("ana", "allow", List.of("public.person.id"));
    decided("bo", "allow", List.of("public.Odd.Name.phone"));
    refused("bo", "public.person");
    refused("bo", "public.person");
    refused("bo", "public.person.phone, row 7");
    add(EntryKind.COMPLETION, event("ana", "citywall.masking_proxy", "mask"));
    add(EntryKind.DECISION, event("ana", "another", "mask"));
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
  void countsForEachPersonAndColumn() throws IOException {
    JsonNode report = report("--json");

    assertThat(report.get("decisions").asLong()).isEqualTo(1205);
    assertThat(report.get("columns").valueStream().map(JsonNode::toString))
        .containsExactly(
            column("ana", "public.person", "id", 0, 1201),
            column("ana", "public.person", "phone", 1200, 0),
            column("bo", "public.Odd.Name", "phone", 0, 1));
    assertThat(report.get("refused").valueStream().map(JsonNode::toString))
        .containsExactly(
            "{\"user\":\"bo\",\"code\":\"MSK-0028\",\"reason\":\"public.person\",\"statements\":2}",
            "{\"user\":\"bo\",\"code\":\"MSK-0028\",\"reason\":\"public.person.phone, row 7\","
                + "\"statements\":1}");
    JsonNode schema = JsonMapper.shared().readTree(Files.readString(SCHEMA));
    assertThat(schema.at("/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(report.propertyNames());
  }

  @Test
  void keepsToTheTimesGiven() {
    assertThat(report("--json", "--from", "2026-03-02T04:20:00Z").get("decisions").asLong())
        .isEqualTo(5);
    assertThat(report("--json", "--to", "2026-03-01").get("decisions").asLong()).isZero();
  }

  @Test
  void printsATableForPeople() {
    assertThat(run()).isZero();

    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "decisions: 1205, shredded: 0",
            "",
            "USER MASKED SHOWN COLUMN",
            "ana 0 1201 public.person.id",
            "ana 1200 0 public.person.phone",
            "bo 0 1 public.Odd.Name.phone",
            "",
            "USER REFUSED CODE REASON",
            "bo 2 MSK-0028 public.person",
            "bo 1 MSK-0028 public.person.phone, row 7");
  }

  private static String column(String user, String table, String column, long masked, long shown) {
    return "{\"user\":\"%s\",\"table\":\"%s\",\"column\":\"%s\",\"masked\":%d,\"shown\":%d}"
        .formatted(user, table, column, masked, shown);
  }

  private JsonNode report(String... arguments) {
    assertThat(run(arguments)).as(err.toString()).isZero();
    return JsonMapper.shared().readTree(out.toString());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(new ProxyReportCommand(clock))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private void decided(String user, String decision, List<String> columns) {
    add(
        EntryKind.DECISION,
        event(user, "citywall.masking_proxy", decision)
            .put(Field.DB_TABLE, List.of(user.equals("bo") ? "public.Odd.Name" : "public.person"))
            .put(Field.DB_COLUMNS, columns)
            .put(
                Field.GOV_MASK_APPLIED,
                decision.equals("mask") ? List.of("public.person.phone") : List.of()));
  }

  private void refused(String user, String reason) {
    add(
        EntryKind.DECISION,
        event(user, "citywall.masking_proxy", "deny")
            .put(Field.ERROR_CODE, "MSK-0028")
            .put(Field.EVENT_REASON, reason));
  }

  private Event.Builder event(String user, String dataset, String decision) {
    int number = entries.size();
    Instant time = NOON.plusSeconds(number);
    return Event.builder(new SourcePosition("proxy", 0, number + 1), time, time)
        .put(Field.EVENT_DATASET, dataset)
        .put(Field.USER_NAME, user)
        .put(Field.GOV_DECISION, decision);
  }

  private void add(EntryKind kind, Event.Builder event) {
    entries.add(new Entry(kind, event.build()));
  }
}

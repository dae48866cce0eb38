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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BacktestCommandTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "reference", "rules", "backtest.schema.json");
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  @TempDir private Path data;
  @TempDir private Path rules;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeALog() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Instant time = NOON.plusSeconds(i);
      Event event =
          Event.builder(new SourcePosition("gw", 1, i + 1), time, time)
              .put(Field.EVENT_CATEGORY, List.of("database"))
              .put(Field.USER_NAME, "u" + i % 2)
              .put(Field.DB_CLIENT_APP, i % 2 == 0 ? "psql" : "pg_dump\u001b[31m")
              .build();
      entries.add(new Entry(EntryKind.COMPLETION, event));
    }
    try (EvidenceLog log =
        EvidenceLogs.open(
            data,
            LogOptions.defaults(),
            new NoteSigner("test.example/log", new KeyInMemory()),
            MutableClock.at(NOON.plusSeconds(3600)),
            RandomGenerator.of("L64X128MixRandom"))) {
      log.append(entries);
    }
    Files.createDirectory(data.resolve("rules"));
    Files.writeString(data.resolve("rules").resolve("a.yml"), rule("psql", "psql"));
    Files.writeString(rules.resolve("a.yml"), rule("dump", "pg_dump"));
  }

  private static String rule(String id, String app) {
    return "title: Client "
        + app
        + "\nid: "
        + id
        + "\nlogsource: {product: citywall, category: data_access}\n"
        + "detection: {a: {db.client.app|contains: "
        + app
        + "}, condition: a}\nlevel: high\n";
  }

  private int run(String... arguments) {
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int backtest(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("rules", "backtest", "--rules", rules.toString(), "--data", data.toString()));
    all.addAll(List.of("--from", "2026-03-02", "--to", "2026-03-02"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void printsWhatWouldAppearAndVanishAgainstTheRulesOfTheServer() {
    int exit = backtest();

    assertThat(exit).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines().skip(1))
        .containsExactly(
            "in force   1 rules, 1 alerts",
            "candidate  1 rules, 1 alerts",
            "appears   high      2026-03-02 12:00:01  user:u1  Client pg_dump (dump),"
                + " 10 entries from leaf 1 on",
            "vanishes  high      2026-03-02 12:00:00  user:u0  Client psql (psql),"
                + " 10 entries from leaf 0 on",
            "officer-hours at 15 min an alert: 0.3 more, 0.3 less; +0.00 a day");
  }

  @Test
  void printsJsonThatFollowsItsSchema() throws IOException {
    int exit = backtest("--json", "--against", rules.resolve("none").toString());

    assertThat(exit).as(err.toString()).isEqualTo(ExitCode.DONE);
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.at("/candidate/alerts").asInt()).isEqualTo(1);
    assertThat(json.get("appear")).hasSize(1);
    assertThat(json.get("vanish")).isEmpty();
    assertThat(json.get("officer-hours-a-day").asDouble()).isEqualTo(0.25);
    JsonNode schema = JsonMapper.builder().build().readTree(Files.readString(SCHEMA));
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(json.propertyNames());
    assertThat(schema.at("/$defs/alert/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(json.at("/appear/0").propertyNames());
  }

  @Test
  void refusesATimeThatEndsBeforeItBegins() {
    assertThat(backtest("--to", "2026-03-01")).isEqualTo(ExitCode.CALLERS_MISTAKE);
  }

  @Test
  void checkNamesRulesAboutFieldsThatTheLogDoesNotHave() throws IOException {
    Files.writeString(
        rules.resolve("b.yml"), rule("other", "x").replace("db.client.app", "db.clientapp"));

    int exit = run("rules", "check", rules.toString(), "--data", data.toString());

    assertThat(exit).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .last()
        .asString()
        .contains("b.yml:1: COR-0067 no source of this log sends db.clientapp");
  }
}

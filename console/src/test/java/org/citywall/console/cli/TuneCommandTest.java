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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuneCommandTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "reference", "rules", "tune.schema.json");
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final String FALSE_ALARM = "203.0.113.7";
  private static final String ATTACKER = "203.0.113.9";

  @TempDir private Path data;
  private final List<Entry> entries = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Instant now = NOON;

  /** So many failed log-ins from an address, and the leaves that they get. */
  private List<String> guesses(int count, String address) {
    long first = entries.size();
    for (int i = 0; i < count; i++) {
      add(
          EntryKind.EVENT,
          event ->
              event
                  .put(Field.EVENT_CATEGORY, List.of("authentication"))
                  .put(Field.EVENT_OUTCOME, "failure")
                  .put(Field.USER_NAME, "root")
                  .put(Field.SOURCE_IP, address));
      now = now.plusSeconds(2);
    }
    now = now.plusSeconds(7200);
    return LongStream.range(first, entries.size()).mapToObj(Long::toString).toList();
  }

  private void incident(String number, List<String> leaves, String state, String reason) {
    Consumer<Event.Builder> about =
        event -> event.put(Field.RULE_ID, "brute-force").put(Field.GOV_INCIDENT_ID, number);
    add(
        EntryKind.STATE_CHANGE,
        about.andThen(
            event ->
                event
                    .put(Field.EVENT_ACTION, "incident-raised")
                    .put(Field.GOV_INCIDENT_STATE, "NEW")
                    .put(Field.GOV_LEAVES, leaves)));
    add(
        EntryKind.STATE_CHANGE,
        about.andThen(
            event ->
                event
                    .put(Field.EVENT_ACTION, "incident-decided")
                    .put(Field.GOV_INCIDENT_STATE, state)
                    .put(Field.EVENT_REASON, reason)));
  }

  private void add(EntryKind kind, Consumer<Event.Builder> fields) {
    Event.Builder event = Event.builder(new SourcePosition("gw", 1, entries.size() + 1L), now, now);
    fields.accept(event);
    entries.add(new Entry(kind, event.build()));
  }

  private void write() throws IOException {
    try (EvidenceLog log =
        EvidenceLogs.open(
            data,
            LogOptions.defaults(),
            new NoteSigner("test.example/log", new KeyInMemory()),
            MutableClock.at(NOON.plusSeconds(86_400)),
            RandomGenerator.of("L64X128MixRandom"))) {
      log.append(entries);
    }
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rules"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", data.toString(), "--from", "2026-03-02", "--to", "2026-03-02"));
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void proposesThresholdsThatEndFalseAlertsAndKeepRightOnes() throws IOException {
    List<String> wrong = guesses(34, FALSE_ALARM);
    List<String> right = guesses(90, ATTACKER);
    incident("INC-2026-1", wrong, "DISMISSED", "FALSE_POSITIVE");
    incident("INC-2026-2", right, "RESOLVED", null);
    write();
    Path proposed = data.resolve("proposed.yaml");

    assertThat(run("tune", "--out", proposed.toString())).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("judged: 1 incidents right, 1 false")
        .contains("brute-force: attempts 30 -> 38 ends INC-2026-1, keeps all 1 that were right")
        .contains("+  brute-force: {attempts: 38}")
        .contains("officer-hours saved a month, as in this history: 7.5");
    assertThat(proposed).content().contains("version: \"none-tuned\"");
    assertThat(run("tune", "--out", proposed.toString())).isEqualTo(ExitCode.OUTSIDE_FAULT);
    assertThat(err.toString()).contains("CLI-0081");

    out.getBuffer().setLength(0);
    assertThat(run("tune", "--json")).isZero();
    JsonNode tuned = JsonMapper.builder().build().readTree(out.toString());
    JsonNode schema = JsonMapper.builder().build().readTree(Files.readString(SCHEMA));
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(tuned.propertyNames());
    assertThat(schema.at("/$defs/proposal/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(tuned.at("/proposals/0").propertyNames());

    out.getBuffer().setLength(0);
    assertThat(run("backtest", "--thresholds", proposed.toString(), "--json")).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.get("appear")).isEmpty();
    assertThat(json.get("vanish")).hasSize(1);
    assertThat(json.at("/vanish/0/entity").asString()).isEqualTo("source:" + FALSE_ALARM);
  }

  @Test
  void startsFromTheThresholdsInForce() throws IOException {
    guesses(34, FALSE_ALARM);
    write();
    Files.writeString(
        data.resolve("thresholds.yaml"), "version: a\nrules: {brute-force: {attempts: 40}}\n");
    Path looser = Files.writeString(data.resolve("b.yaml"), "version: b\n");

    assertThat(run("backtest", "--thresholds", looser.toString(), "--json")).isZero();

    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.get("appear")).hasSize(1);
    assertThat(json.get("vanish")).isEmpty();
  }

  @Test
  void proposesNothingThatWouldLoseARightAlert() throws IOException {
    List<String> wrong = guesses(90, FALSE_ALARM);
    List<String> right = guesses(31, ATTACKER);
    incident("INC-2026-1", wrong, "DISMISSED", "FALSE_POSITIVE");
    incident("INC-2026-2", right, "ESCALATED", null);
    write();

    assertThat(run("tune", "--json")).as(err.toString()).isZero();

    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.get("proposals")).isEmpty();
    assertThat(json.at("/refused/brute-force").asString()).contains("keeps every right one");
  }

  @Test
  void wantsRulesOrThresholds() throws IOException {
    write();

    assertThat(run("backtest")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("--thresholds");
  }
}

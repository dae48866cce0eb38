// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchCommandTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  @TempDir private Path data;

  private final MutableClock clock = MutableClock.at(NOON.plusSeconds(3600));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsATableOfMatchingEventsNewestFirst() {
    prepare(3, 3);

    int code = search("user.name:zhang");

    assertThat(code).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "TIME LEAF SOURCE USER ACTION OUTCOME MESSAGE",
            "2026-03-02 12:00:03.000+08:00 2 gw zhang login failure 登录失败 3 \ufffd[31m",
            "2026-03-02 12:00:02.000+08:00 1 gw zhang login failure 登录失败 2 \ufffd[31m",
            "2026-03-02 12:00:01.000+08:00 0 gw zhang login failure 登录失败 1 \ufffd[31m");
    assertThat(err.toString()).isEqualToIgnoringNewLines("3 events match, as of leaf 3 of 3");
  }

  @Test
  void printsOneJsonObjectPerLine() {
    prepare(3, 3);

    int code = search("--json", "--limit", "2", "登录失败", "AND", "event.outcome:failure");

    assertThat(code).isZero();
    List<JsonNode> lines =
        out.toString().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    assertThat(lines).extracting(line -> line.get("entry.leaf").asLong()).containsExactly(2L, 1L);
    assertThat(lines.getFirst().get("@timestamp").asString()).isEqualTo("2026-03-02T04:00:03Z");
    assertThat(lines.getFirst().get("entry.kind").asString()).isEqualTo("event");
    assertThat(lines.getFirst().get("user.name").asString()).isEqualTo("zhang");
  }

  @Test
  void keepsToTheTimesGiven() {
    prepare(5, 5);

    search("--json", "--from", "2026-03-02T12:00:02", "--to", "2026-03-02T04:00:04Z", "*");
    assertThat(out.toString().lines()).hasSize(2);

    search("--json", "--from", "-30m", "*");
    assertThat(out.toString().lines()).hasSize(2);

    search("--json", "--to", "2026-03-02", "*");
    assertThat(out.toString().lines()).hasSize(7);
  }

  @Test
  void printsMoreThanOnePage() {
    prepare(1200, 1200);

    search("--json", "--limit", "1100", "*");

    assertThat(out.toString().lines()).hasSize(1100).doesNotHaveDuplicates();
    assertThat(err.toString()).startsWith("1200 events match");
  }

  @Test
  void warnsWhereTheIndexLagsBehindTheLog() {
    prepare(5, 3);

    search("*");

    assertThat(err.toString())
        .contains("3 events match, as of leaf 3 of 5")
        .contains("the last 2 entries were not searched");
  }

  @Test
  void refusesAWrongQueryAndAMissingFolder() {
    prepare(1, 1);

    assertThat(search("user.nam:x")).isEqualTo(1);
    assertThat(err.toString()).contains("AUD-0030").contains("did you mean user.name");
    data = data.resolve("nowhere");
    assertThat(search("*")).isEqualTo(1);
    assertThat(err.toString()).contains("AUD-0011");
  }

  private int search(String... arguments) {
    return new CommandLine(new SearchCommand(clock))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure.getMessage());
              command.getErr().flush();
              return 1;
            })
        .execute(arguments(arguments));
  }

  private String[] arguments(String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private void prepare(int events, int indexed) {
    try (EvidenceLog log =
        EvidenceLogs.open(
            data,
            LogOptions.defaults(),
            new NoteSigner("test.example/log", new KeyInMemory()),
            clock,
            RandomGenerator.of("L64X128MixRandom"))) {
      log.append(
          java.util.stream.IntStream.rangeClosed(1, events)
              .mapToObj(i -> new Entry(EntryKind.EVENT, event(i)))
              .toList());
      try (LuceneIndex index = LuceneIndex.open(data.resolve("index"), log)) {
        index.index(log.read(0, indexed));
      }
    }
  }

  private static Event event(int number) {
    Instant time = NOON.plusSeconds(number);
    return Event.builder(new SourcePosition("gw", 0, number), time, time)
        .put(Field.USER_NAME, "zhang")
        .put(Field.EVENT_ACTION, "login")
        .put(Field.EVENT_OUTCOME, "failure")
        .put(Field.MESSAGE, "登录失败 " + number + " \u001b[31m")
        .build();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.control.ControlClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeping and destroying with a real server, by commands and across a kill. */
class RetentionIT {

  @TempDir private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() {
    RetentionFolder.write(data);
  }

  @Test
  void finishesADestructionThatWasKilledBetweenItsEntryAndTheKey() throws Exception {
    assertThat(dieWhileDestroying()).isEqualTo(137);
    assertThat(actions()).contains("payloads-destroyed").doesNotContain("destruction-completed");
    assertThat(shredded()).as("the key outlived the kill").isZero();

    try (ServerProcess server = ServerProcess.start("up", data)) {
      awaitSettled();
      assertThat(server.stop()).isEqualTo(143);
    }

    assertThat(actions()).containsOnlyOnce("payloads-destroyed", "destruction-completed");
    assertThat(shredded()).isEqualTo(2);
    assertThat(run("", "verify", "--data", data.toString(), "full"))
        .as(out.toString())
        .isEqualTo(12);
    assertThat(out.toString()).contains("2 payloads of group a of 2021-03", "zhao and wang");
  }

  @Test
  void destroysByTwoPersonsAndRefusesEverythingElse() throws Exception {
    try (ServerProcess server = ServerProcess.start("up", data)) {
      awaitSettled();
      assertThat(order("zhao", "hold", "--group", "a", "--to", "2021-12", "--reason", "case 12"))
          .as(err.toString())
          .isZero();
      long hold = leaf();
      assertRefused("AUD-0121", propose("zhao"));
      assertThat(order("zhao", "lift", hold + "", "--reason", "closed")).isZero();
      assertThat(order("wang", "approve", leaf() + "")).as(err.toString()).isZero();
      assertThat(propose("zhao")).as(err.toString()).isZero();
      long proposal = leaf();

      assertRefused("CON-0041", order("zhao", "approve", proposal + ""));
      assertRefused("CON-0041", order("sun", "approve", proposal + ""));
      assertRefused("CON-0010", run("Wrong-Horse-1\n", words("wang", "approve", proposal + "")));
      assertThat(run("", words("wang", "approve", proposal + "")))
          .isEqualTo(ExitCode.CALLERS_MISTAKE);
      assertThat(err.toString()).contains("CLI-0036");
      assertRefused("AUD-0122", order("zhao", "destroy", proposal + ""));
      assertThat(order("wang", "approve", proposal + "")).as(err.toString()).isZero();
      long approval = leaf();
      assertThat(show().get("approved").get(0).get("approvedBy").asString()).isEqualTo("wang");
      assertThat(order("zhao", "destroy", approval + "")).as(err.toString()).isZero();

      assertThat(shredded()).isEqualTo(2);
      JsonNode shown = show();
      assertThat(shown.get("destroyed").get(0).get("persons").toString()).contains("zhao", "wang");
      assertThat(shown.get("due")).hasSize(2);
      assertThat(server.stop()).isEqualTo(143);
    }
    assertThat(run("", "verify", "--data", data.toString(), "full"))
        .as(out.toString())
        .isEqualTo(12);
    assertThat(actions())
        .contains("retention-destruction-ordered", "retention-refused", "destruction-completed");
    assertThat(everything()).doesNotContain(RetentionFolder.PASSWORD, "Wrong-Horse-1");
  }

  @Test
  void showsWithoutAServerAndTakesNoOrder() {
    JsonNode shown = show();

    assertThat(shown.get("due")).hasSize(3);
    assertThat(shown.get("due").get(0).get("count").asLong()).isEqualTo(2);
    assertThat(run("", "retention", "show", "--data", data.toString())).isZero();
    assertThat(out.toString()).contains("days             1095", "month=2021-03  group=a");
    assertThat(order("wang", "approve", "1")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0035");
  }

  private int dieWhileDestroying() throws Exception {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            RetentionFolder.class.getName(),
            data.toString());
    Process child =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("child.txt").toFile())
            .start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(data.resolve("child.txt"))).doesNotContain("Exception");
    return child.exitValue();
  }

  private void awaitSettled() {
    ControlClient client = new ControlClient(new DataFolder(data).controlSocket());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> "SETTLED".equals(client.send("status", Map.of()).get("retention.state")));
  }

  private int propose(String user) {
    return order(user, "propose", "--group", "a", "--month", "2021-03", "--reason", "rule 7");
  }

  private int order(String user, String act, String... more) {
    return run(RetentionFolder.PASSWORD + "\n", words(user, act, more));
  }

  private String[] words(String user, String act, String... more) {
    List<String> words =
        new ArrayList<>(List.of("retention", act, "--data", data.toString(), "--user", user));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private void assertRefused(String code, int exit) {
    assertThat(exit).as(err.toString()).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(err.toString()).contains(code);
  }

  private long leaf() {
    return Long.parseLong(out.toString().strip().substring("leaf ".length()));
  }

  private JsonNode show() {
    assertThat(run("", "retention", "show", "--data", data.toString(), "--json"))
        .as(err.toString())
        .isZero();
    return JsonMapper.shared().readTree(out.toString());
  }

  private int run(String typed, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return Citywall.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private List<LoggedEntry> entries() {
    try (LogReader log = LogAccess.reading(data)) {
      return log.read(0, 1000);
    }
  }

  private List<String> actions() {
    return entries().stream()
        .map(entry -> String.valueOf(entry.event().text(Field.EVENT_ACTION)))
        .toList();
  }

  private long shredded() {
    return entries().stream().filter(LoggedEntry::shredded).count();
  }

  private String everything() {
    StringBuilder text = new StringBuilder();
    entries().forEach(entry -> entry.event().forEach((field, value) -> text.append(value)));
    return text.toString();
  }
}

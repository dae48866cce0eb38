// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CitywallTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void offersTheCommandsWhoseModulesHaveCome() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("demo", "up", "status", "stop", "parse", "search", "verify", "score")
        .contains("anchor", "witness")
        .contains("backup", "restore", "key", "sql", "rules", "proxy");
  }

  @Test
  void callsAnUnknownOptionTheCallersMistake() {
    assertThat(run("status", "--dta", "x")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("--data");
  }

  @Test
  void callsAServerThatDoesNotRunAnOutsideFault() {
    assertThat(run("status", "--data", folder.toString())).isEqualTo(ExitCode.OUTSIDE_FAULT);
    assertThat(err.toString()).startsWith("error: CTL-0001");
  }

  @Test
  void refusesAConfigurationWithAnUnknownKey() throws Exception {
    Path config = folder.resolve("citywall.yaml");
    Files.writeString(config, "consol-port: 1\n");
    assertThat(run("up", "--config", config.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0001", "consol-port", "console-port");
  }

  @Test
  void refusesAPortOutOfRange() {
    assertThat(run("up", "--data", folder.toString(), "--syslog-port", "70000"))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0001", "syslog-port", "70000");
  }

  @Test
  void refusesRolesThatDoNotFitTogether() {
    String data = folder.toString();
    for (List<String> options :
        List.of(
            List.of("--roles", "proxy"),
            List.of("--roles", "collect"),
            List.of("--roles", "collect,correlate,console"),
            List.of("--store", "https://127.0.0.1:1"),
            List.of("--store", "http://127.0.0.1:1", "--store-credentials", data),
            List.of("--roles", "store,collect,correlate,console", "--store", "https://a:1"))) {
      List<String> line = new ArrayList<>(List.of("up", "--data", data));
      line.addAll(options);

      assertThat(run(line.toArray(String[]::new))).isEqualTo(ExitCode.CALLERS_MISTAKE);
      assertThat(err.toString()).contains("CLI-0001", "store");
    }
  }

  @Test
  void refusesAListOfClientsThatItDoesNotUnderstand() throws Exception {
    for (String clients :
        List.of(
            "console: {may: [rule]}",
            "console: {may: append}",
            "console:",
            "'a b': {may: [read]}",
            "console: {mai: [read]}",
            "- console")) {
      Path data = folder.resolve("clients" + Math.abs(clients.hashCode()));
      Files.createDirectories(data);
      Files.writeString(data.resolve("store-clients.yaml"), clients);

      assertThat(run("up", "--data", data.toString(), "--roles", "store", "--store-port", "0"))
          .as(clients)
          .isEqualTo(ExitCode.CALLERS_MISTAKE);
      assertThat(err.toString()).contains("CLI-0001");
    }
  }

  @Test
  void refusesAnAnchorIntervalThatIsNoPeriod() throws Exception {
    Path config = folder.resolve("citywall.yaml");
    java.nio.file.Files.writeString(config, "anchor-copy: copy\nanchor-interval: often\n");
    assertThat(run("up", "--config", config.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0001", "anchor-interval", "often");
  }

  @Test
  void refusesAnAnchorPolicyThatCannotBeRead() throws Exception {
    Path config = folder.resolve("citywall.yaml");
    java.nio.file.Files.writeString(config, "anchor-policy: " + folder + "/none\n");
    assertThat(run("up", "--config", config.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("AUD-0060");
  }

  private int run(String... arguments) {
    CommandLine command = Citywall.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
        .contains("demo", "up", "status", "stop", "parse", "search", "verify", "backup", "restore")
        .doesNotContain("proxy ", "rules ", "score");
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
    java.nio.file.Files.writeString(config, "consol-port: 1\n");
    assertThat(run("up", "--config", config.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0001", "consol-port", "console-port");
  }

  @Test
  void refusesAPortOutOfRange() {
    assertThat(run("up", "--data", folder.toString(), "--syslog-port", "70000"))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0001", "syslog-port", "70000");
  }

  private int run(String... arguments) {
    CommandLine command = Citywall.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ParseCommandTest {

  private static final String LOGIN =
      "Feb 22 16:45:20 slave22 sshd[2738]: Failed password for root from 203.0.113.9 port 17 ssh2";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void printsOneObjectPerEvent() throws IOException {
    Path file = Files.writeString(folder.resolve("a.log"), LOGIN + "\r\n\n{\"user.name\":\"x\"}");

    int exit = run("", file.toString());

    assertThat(exit).isZero();
    assertThat(out.toString(UTF_8).lines()).hasSize(2);
    assertThat(out.toString(UTF_8))
        .contains("\"@timestamp\":\"2026-02-22T08:45:20Z\"")
        .contains("\"event.original\":\"" + LOGIN + "\"")
        .contains("\"user.name\":\"x\"")
        .doesNotContain("gov.clock.skew");
  }

  @Test
  void readsFilesThatAreCompressed() throws IOException {
    Path file = folder.resolve("a.log.gz");
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
      zipped.write((LOGIN + "\n" + LOGIN + "\n").getBytes(UTF_8));
    }
    Path broken = Files.write(folder.resolve("b.log"), Arrays.copyOf(Files.readAllBytes(file), 20));

    assertThat(run("", file.toString())).isZero();
    assertThat(out.toString(UTF_8).lines()).hasSize(2);
    assertThat(run("", broken.toString())).isEqualTo(4);
    assertThat(err.toString()).contains("b.log: COL-0009");
  }

  @Test
  void takesYearAndZoneFromTheOptions() {
    run(LOGIN, "--year", "2017", "--timezone", "-02:00", "-");

    assertThat(out.toString(UTF_8)).contains("\"@timestamp\":\"2017-02-22T18:45:20Z\"");
  }

  @Test
  void namesLineAndReasonOfEachReject() {
    int exit = run(LOGIN + "\nnonsense\n", "-");

    assertThat(exit).isEqualTo(3);
    assertThat(out.toString(UTF_8).lines()).hasSize(1);
    assertThat(err.toString()).startsWith("-:2: COL-0001 ");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThat(run("", folder.resolve("absent").toString())).isEqualTo(4);
    assertThat(err.toString()).contains("absent: COL-0009");
  }

  @Test
  void refusesAFormatThatItDoesNotKnow() {
    assertThat(run("", "--format", "xml", "-")).isEqualTo(1);
    assertThat(err.toString()).contains("auto, syslog, json");
  }

  private int run(String input, String... arguments) {
    var clock = MutableClock.at("2026-11-22T00:00:00Z");
    var in = new ByteArrayInputStream(input.getBytes(UTF_8));
    return new CommandLine(new ParseCommand(clock, in, out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.testing.KeyInMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two departments that exchange files: the commands of both, and what the auditor reads. */
class AnchorCommandTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final NoteSigner signer = new NoteSigner("city.example/log", new KeyInMemory());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;
  private Path data;
  private long sequence;

  @BeforeEach
  void prepare() throws IOException {
    data = folder.resolve("data");
    append(signer, data, 3);
    assertThat(run("witness", "init", "--data", file("witness"), "--name", "police.example/w"))
        .isEqualTo(ExitCode.DONE);
    Files.writeString(
        folder.resolve("policy"),
        "log " + signer.verifierKey() + "\nwitness police " + printed() + "\nquorum police\n");
  }

  private void append(NoteSigner log, Path dataDir, int count) {
    try (EvidenceLog opened =
        EvidenceLogs.open(
            dataDir,
            LogOptions.defaults(),
            log,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new SecureRandom())) {
      for (int i = 0; i < count; i++) {
        Event event = Event.builder(new SourcePosition("test", 1, ++sequence), NOW, NOW).build();
        opened.append(List.of(new Entry(EntryKind.EVENT, event)));
      }
    }
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = Citywall.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String printed() {
    return out.toString().strip();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int export(String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "anchor",
                    "export",
                    "--data",
                    data.toString(),
                    "--policy",
                    file("policy"),
                    "--witness",
                    "police",
                    "--out",
                    file("request")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int sign() {
    return run(
        "witness",
        "sign",
        "--data",
        file("witness"),
        "--logs",
        file("policy"),
        "--out",
        file("answer"),
        file("request"));
  }

  private int take() {
    return run(
        "anchor", "import", "--data", data.toString(), "--policy", file("policy"), file("answer"));
  }

  private int verify(String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "verify", "--data", data.toString(), "anchors", "--policy", file("policy")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void carriesACosignatureFromOneDepartmentToTheOther() {
    assertThat(verify()).isEqualTo(11);
    assertThat(printed()).contains("no checkpoint has the quorum");

    assertThat(export()).isEqualTo(ExitCode.DONE);
    assertThat(sign()).isEqualTo(ExitCode.DONE);
    assertThat(take()).isEqualTo(ExitCode.DONE);
    assertThat(printed()).isEqualTo("size 3 cosigned by police");

    assertThat(verify()).isEqualTo(ExitCode.DONE);
    assertThat(printed())
        .contains("verdict      intact")
        .contains("anchors      0 tokens, 1 cosignatures")
        .contains("quorum       size 3 at ");
  }

  @Test
  void answersElevenWhenTheLogWasRolledBackAndTenWhenItWasForked() throws IOException {
    Path before = folder.resolve("before");
    copy(data, before);
    append(signer, data, 2);
    export();
    sign();
    take();
    copy(data.resolve("anchors"), before.resolve("anchors"));
    data = before;

    assertThat(verify()).isEqualTo(11);
    assertThat(printed()).contains("missing").contains("leaves 3 to 4 were there");

    append(signer, data, 9);

    assertThat(verify()).isEqualTo(ExitCode.TAMPERED);
    assertThat(printed()).contains("altered").contains("signed another tree of size 5");
    assertThat(export()).isEqualTo(ExitCode.DONE);
    assertThat(sign()).isEqualTo(ExitCode.TAMPERED);
    assertThat(err.toString()).contains("AUD-0061");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  @Test
  void printsJson() throws IOException {
    export();
    sign();
    take();
    verify("--json", "--as-of", "2030-01-01T00:00:00Z");

    JsonNode report = JsonMapper.shared().readTree(printed());
    assertThat(report.get("mode").asString()).isEqualTo("anchors");
    assertThat(report.get("verdict").asString()).isEqualTo("intact");
    assertThat(report.get("asOf").asString()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(report.get("keyTrusted").asBoolean()).isTrue();
    assertThat(report.get("anchors").get(0).get("kind").asString()).isEqualTo("cosignature");
    assertThat(report.get("anchors").get(0).get("who").asString()).isEqualTo("police");
    assertThat(report.get("quorum").get("size").asInt()).isEqualTo(3);
    JsonNode schema =
        JsonMapper.shared()
            .readTree(Files.readString(Path.of("../docs/reference/anchor/report.schema.json")));
    assertThat(report.propertyNames())
        .containsExactlyInAnyOrderElementsOf(schema.get("properties").propertyNames());
  }

  @Test
  void comparesWithACheckpointKeptElsewhere() throws IOException {
    Files.copy(data.resolve("log/tlog/checkpoint"), folder.resolve("kept"));
    append(signer, data, 2);
    export();
    sign();
    take();

    assertThat(verify("--checkpoint", file("kept"))).isEqualTo(ExitCode.DONE);

    Files.writeString(
        folder.resolve("kept"), signer.checkpoint(3, Hash.sha256(new byte[1]), NOW).note());
    assertThat(verify("--checkpoint", file("kept"))).isEqualTo(ExitCode.TAMPERED);
  }

  @Test
  void tellsInAConflictFromWhichSizeToAsk() {
    export();
    sign();
    append(signer, data, 2);

    assertThat(export()).isEqualTo(ExitCode.DONE);
    assertThat(sign()).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(err.toString()).contains("AUD-0074").contains("from 3");
    assertThat(export("--from", "3")).isEqualTo(ExitCode.DONE);
    assertThat(sign()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void callsWhatCannotBeTheCallersMistake() throws IOException {
    assertThat(run("anchor")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(run("witness")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(run("verify", "--data", data.toString(), "anchors"))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(verify("--key", signer.verifierKey().toString()))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(verify("--expect", "kept")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("--expect is not for anchors");
    assertThat(take()).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(run("witness", "key", "--data", file("nowhere")))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(run("witness", "init", "--data", data.toString(), "--name", "x"))
        .isEqualTo(ExitCode.REFUSED_BY_POLICY);
    Files.writeString(folder.resolve("policy"), "quorum\n");
    assertThat(verify()).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("AUD-0060").contains("line 1");
  }

  @Test
  void printsTheSameKeyAgain() {
    run("witness", "key", "--data", file("witness"));
    String key = printed();

    assertThat(key).startsWith("police.example/w+");
    assertThat(run("witness", "key", "--data", file("witness"))).isEqualTo(ExitCode.DONE);
    assertThat(printed()).isEqualTo(key);
  }
}

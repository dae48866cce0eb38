// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.KeyVault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server and the witness of another department, each in a process of its own. */
class AnchoredServerIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final StringWriter out = new StringWriter();
  @TempDir private Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine command = Citywall.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }

  private JsonNode status() {
    assertThat(run("status", "--data", file("data"), "--json")).isEqualTo(ExitCode.DONE);
    return JsonMapper.shared().readTree(out.toString());
  }

  private int verify() {
    return run(
        "verify",
        "--data",
        file("data"),
        "anchors",
        "--policy",
        file("policy"),
        "--copy",
        file("copy"));
  }

  @Test
  void areWatchedByTheirNeighbours() throws Exception {
    assertThat(run("witness", "init", "--data", file("witness"), "--name", "police.example/w"))
        .isEqualTo(ExitCode.DONE);
    String witnessKey = out.toString().strip();
    Path data = folder.resolve("data");
    VerifierKey log =
        VerifierKey.of(
            "city.example/audit",
            FileKeyVault.open(data, Map.of(), Clock.systemUTC(), new SecureRandom())
                .signingKey(KeyVault.CHECKPOINT_KEY)
                .publicKey());
    write("logs", "log " + log, "quorum none");
    List<String> serve =
        List.of(
            "witness", "serve", "--data", file("witness"), "--logs", file("logs"), "--port", "0");
    try (ServerProcess witness = ServerProcess.run(folder.resolve("witness"), serve)) {
      write(
          "policy",
          "log " + log,
          "witness police " + witnessKey + " " + witness.part("witness"),
          "quorum police",
          "#citywall newest 1h");
      write(
          "citywall.yaml",
          "origin: city.example/audit",
          "anchor-policy: " + file("policy"),
          "anchor-copy: " + file("copy"),
          "anchor-interval: 1d");
      try (ServerProcess server =
          ServerProcess.start("up", data, "--config", file("citywall.yaml"))) {
        await().atMost(LIMIT).until(() -> status().get("anchor.well").asBoolean());
        await().atMost(LIMIT).until(() -> verify() == ExitCode.DONE);

        assertThat(witness.stop()).isIn(0, 143);
        assertThat(run("anchor", "now", "--data", file("data"))).isEqualTo(ExitCode.DONE);
        await().atMost(LIMIT).until(() -> status().get("anchor.failures").asInt() > 0);

        assertThat(status().get("anchor.well").asBoolean()).isFalse();
        assertThat(verify()).isEqualTo(ExitCode.DONE);
        assertThat(server.stop()).isIn(0, 143);
      }
    }
    assertThat(verify()).isEqualTo(ExitCode.DONE);
    assertThat(run("verify", "--data", file("data"), "full")).isEqualTo(ExitCode.DONE);
  }
}

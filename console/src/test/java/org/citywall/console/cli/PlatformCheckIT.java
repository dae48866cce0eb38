// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The checks of the platform over a server that runs, and over its own page's TLS. */
class PlatformCheckIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  private Map<String, String> check(String target) {
    out.getBuffer().setLength(0);
    Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(
            "check",
            "run",
            "--targets",
            folder.resolve("targets.yaml").toString(),
            "--target",
            target,
            "--json");
    return out.toString()
        .lines()
        .map(JSON::readTree)
        .collect(
            Collectors.toMap(
                line -> line.get("check").asString(), line -> line.get("result").asString()));
  }

  private void registers(LocalDate backup) throws Exception {
    Files.writeString(
        folder.resolve("registers.yaml"),
        """
        registers:
          backup: [{date: 2020-01-01, what: first, good: false}, {date: %b, what: core}]
          drill: [{date: %t, what: restore, good: false}]
          vendor-terms: [{date: 2020-01-01, what: contract 7, until: 2021-01-01}]
          filing: [{date: 2020-01-01, what: 330100-00001, until: 2999-01-01}]
        """
            .replace("%b", backup.toString())
            .replace("%t", today().toString()));
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneId.of("Asia/Shanghai"));
  }

  @Test
  void aRunningServerTellsOfItsLogsAndPeopleOfTheRest() throws Exception {
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.start("up", data)) {
      URI console = URI.create(server.part("console"));
      Files.writeString(
          folder.resolve("targets.yaml"),
          """
          targets:
            - {name: citywall, kind: platform, data: data, registers: registers.yaml}
            - {name: broken, kind: platform, registers: targets.yaml}
            - {name: page, kind: tls, host: %h, port: %p}
          """
              .replace("%h", console.getHost())
              .replace("%p", Integer.toString(console.getPort())));
      registers(today().minusDays(7));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(check("citywall")).containsEntry("platform.detection", "conform"));
      Map<String, String> well = check("citywall");
      registers(today().minusDays(8));
      Map<String, String> late = check("citywall");

      assertThat(well)
          .containsEntry("platform.log-retention", "conform")
          .containsEntry("platform.log-coverage", "conform")
          .containsEntry("platform.backup", "conform")
          .containsEntry("platform.drill", "nonconform")
          .containsEntry("platform.vendor-terms", "nonconform")
          .containsEntry("platform.filing", "conform")
          .containsEntry("platform.training", "error")
          .containsEntry("platform.masking-policy", "error");
      assertThat(late).containsEntry("platform.backup", "nonconform");
      assertThat(check("broken").values()).containsOnly("error");
      assertThat(check("page"))
          .containsEntry(
              "tls.offered", console.getScheme().equals("https") ? "conform" : "nonconform");
    }
    assertThat(check("citywall").values()).containsOnly("error");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogFilesTest {

  @TempDir private Path folder;

  @Test
  void writesOneLineOfJsonWithEcsKeysWhateverIsLogged() throws Exception {
    try (LogFiles files = LogFiles.open(folder)) {
      LoggerFactory.getLogger("org.citywall.test")
          .atWarn()
          .addKeyValue("user.name", "eve\n{\"log.level\":\"INFO\"}")
          .log("hostile \u001b[31m line\r\nforged");
    }

    // what other tests log at the same time is there as well, each on a line of its own
    List<JsonNode> lines =
        Files.readAllLines(folder.resolve("citywall.log")).stream()
            .map(JsonMapper.builder().build()::readTree)
            .filter(one -> one.get("log.logger").asString().equals("org.citywall.test"))
            .toList();
    assertThat(lines).hasSize(1);
    JsonNode line = lines.getFirst();
    assertThat(line.get("log.level").asString()).isEqualTo("WARN");
    assertThat(line.get("user.name").asString()).startsWith("eve\n");
    assertThat(line.get("service.name").asString()).isEqualTo("citywall");
    assertThat(line.has("@timestamp")).isTrue();
  }
}

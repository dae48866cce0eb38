// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.citywall.collect.ParserOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Compares with the documents that Filebeat makes of the same logs, where they are beside the
 * checkout. What needs a data base of places, and what only says how Filebeat read the file, is not
 * compared.
 */
class FilebeatConformanceTest {

  private static final Path FIXTURES =
      Path.of("..", "..", "shared", "fixtures", "ecs-filebeat", "system");
  private static final List<String> NOT_COMPARED =
      List.of("input.", "log.", "fileset.", "service.", "source.geo.", "source.as.");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth/test/secure-rhel7.log",
        "auth/test/auth-ubuntu1204.log",
        "auth/test/timestamp.log"
      })
  void readsWhatFilebeatReads(String name) throws IOException {
    Path log = FIXTURES.resolve(name);
    assumeTrue(Files.exists(log), "no fixtures beside the checkout");
    SyslogParser parser =
        new SyslogParser(
            new ParserOptions(ZoneId.of("-02:00"), OptionalInt.of(2017), Duration.ofSeconds(-1)));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode expected = mapper.readTree(Files.readString(Path.of(log + "-expected.json")));
    List<String> lines = Files.readAllLines(log, UTF_8);

    List<String> differences = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      JsonNode actual =
          mapper.readTree(ParsedJson.of(parser.parse(ParsedJson.record(lines.get(i), i + 1))));
      compare(i + 1, expected.get(i), actual, differences);
    }

    assertThat(expected.size()).isPositive();
    assertThat(differences).isEmpty();
  }

  private static void compare(
      int line, JsonNode expected, JsonNode actual, List<String> differences) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      String name = member.getKey();
      if (NOT_COMPARED.stream().anyMatch(name::startsWith)) {
        continue;
      }
      JsonNode found = actual.get(name);
      JsonNode value = found == null ? actual.get("labels." + name) : found;
      if (!same(name, member.getValue(), value)) {
        differences.add(line + ": " + name + " is " + value + ", not " + member.getValue());
      }
    }
  }

  private static boolean same(String name, JsonNode expected, JsonNode actual) {
    if (actual == null) {
      return false;
    }
    if (name.equals("@timestamp")) {
      Instant time = OffsetDateTime.parse(expected.asString()).toInstant();
      return time.equals(Instant.parse(actual.asString()).truncatedTo(ChronoUnit.MILLIS));
    }
    if (name.equals("message")) {
      return expected.asString().strip().equals(actual.asString().strip());
    }
    return expected.equals(actual);
  }
}

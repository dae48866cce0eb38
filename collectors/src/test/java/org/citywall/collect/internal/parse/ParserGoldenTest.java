// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.audit.testing.Golden;
import org.junit.jupiter.api.Test;

class ParserGoldenTest {

  private static final Path INPUT = Path.of("src", "test", "resources", "parse");

  @Test
  void readsSyslogAsReviewed() throws IOException {
    var lines = Files.readAllLines(INPUT.resolve("syslog.log"), UTF_8);

    Golden.assertGolden("syslog.jsonl", ParsedJson.of(lines, new SyslogParser(ParsedJson.OPTIONS)));
  }

  @Test
  void readsJsonAsReviewed() throws IOException {
    var lines = Files.readAllLines(INPUT.resolve("json.log"), UTF_8);

    Golden.assertGolden(
        "json.jsonl", ParsedJson.of(lines, new JsonEventParser(ParsedJson.OPTIONS)));
  }
}

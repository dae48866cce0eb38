// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.RawRecord;

/** Parsers are total: whatever comes becomes an event with its bytes, or a reject. */
class ParserFuzzTest {

  private static final List<String> FILES = List.of("syslog.log", "json.log");
  private static final Parser PARSER = new AutoParser(ParsedJson.OPTIONS);

  @RandomizedTest(iterations = 300)
  void readsMutatedRecords(RandomGenerator random) throws IOException {
    Path file = Path.of("src", "test", "resources", "parse").resolve(FILES.get(random.nextInt(2)));
    for (String line : Files.readAllLines(file, UTF_8)) {
      check(mutated(line.getBytes(UTF_8), random));
    }
  }

  @RandomizedTest(iterations = 300)
  void readsRandomBytes(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    check(bytes);
  }

  private static byte[] mutated(byte[] original, RandomGenerator random) {
    int length = random.nextInt(3) == 0 ? random.nextInt(original.length + 1) : original.length;
    byte[] bytes = Arrays.copyOf(original, length);
    for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
      bytes[random.nextInt(length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void check(byte[] bytes) {
    RawRecord record = new RawRecord(bytes, ParsedJson.RECEIVED, new SourcePosition("fuzz", 1, 1));
    switch (PARSER.parse(record)) {
      case ParseResult.Parsed(Event event) -> {
        assertThat(event.bytes(Field.EVENT_ORIGINAL)).isEqualTo(bytes);
        assertThat(Event.decode(event.encode())).isEqualTo(event);
      }
      case ParseResult.Rejected rejected -> {
        assertThat(rejected.record()).isSameAs(record);
        assertThat(Event.decode(Drafts.reject(rejected).encode())).isNotNull();
      }
    }
  }
}

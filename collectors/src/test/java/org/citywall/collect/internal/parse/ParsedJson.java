// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.SourcePosition;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Runs parsers in tests, on text, and shows what they made of it. */
final class ParsedJson {

  static final Instant RECEIVED = Instant.parse("2026-03-04T00:01:00Z");
  static final ParserOptions OPTIONS =
      new ParserOptions(ZoneId.of("Asia/Shanghai"), OptionalInt.empty(), Duration.ofMinutes(5));

  private static final JsonFactory JSON = new JsonFactory();

  private ParsedJson() {}

  static RawRecord record(String line, long sequence) {
    return new RawRecord(
        line.getBytes(UTF_8), RECEIVED, new SourcePosition("test/source", 1, sequence));
  }

  /** One JSON object for each line, in order. */
  static String of(Iterable<String> lines, Parser parser) {
    StringBuilder all = new StringBuilder();
    long sequence = 1;
    for (String line : lines) {
      all.append(of(parser.parse(record(line, sequence++)))).append('\n');
    }
    return all.toString();
  }

  static String of(ParseResult result) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      switch (result) {
        case ParseResult.Parsed parsed -> EventJson.write(parsed.event(), json);
        case ParseResult.Rejected rejected -> {
          json.writeStartObject();
          json.writeStringProperty("rejected", rejected.code().id());
          json.writeStringProperty("reason", rejected.reason());
          json.writeEndObject();
        }
      }
    }
    return text.toString();
  }
}

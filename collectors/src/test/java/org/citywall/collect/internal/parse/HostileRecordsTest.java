// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.ParseResult;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with a record has one outcome: an event with its bytes, or a reject with a code.
 */
class HostileRecordsTest {

  private static final String HEAD = "<38>1 2026-03-04T08:00:00Z gw-01 app - - - ";

  @Test
  void keepsTheBytesOfAMessageThatIsNotUtf8AndSaysSo() {
    byte[] gbk =
        concatenated(HEAD, new byte[] {(byte) 0xCA, (byte) 0xA7, (byte) 0xB0, (byte) 0xDC});

    Event event = parsed(gbk);

    assertThat(event.labels()).containsEntry("log.encoding", "not UTF-8");
    assertThat(event.bytes(Field.EVENT_ORIGINAL)).isEqualTo(gbk);
    assertThat(parsed((HEAD + "\uFFFD is a character").getBytes(UTF_8)).labels()).isEmpty();
  }

  @Test
  void keepsNulBytesInAMessageAndRefusesThemInAHeader() {
    Event event = parsed(concatenated(HEAD, new byte[] {'a', 0, 'b', 0}));

    assertThat(event.text(Field.MESSAGE)).isEqualTo("a\u0000b\u0000");
    assertThat(rejected("<38>1 2026-03-04T08:00:00Z gw\u0000 app - - - x"))
        .isEqualTo(CollectErrorCode.SYSLOG_MALFORMED);
    assertThat(rejected("\u0000\u0000")).isEqualTo(CollectErrorCode.SYSLOG_MALFORMED);
  }

  @ParameterizedTest // #2
  @ValueSource(
      strings = {
        "<38>1 2026-03-04T08:00:00Z gw-01 sshd - - - \uFEFFFailed password for root from 203.0.113.9"
            + " port 1 ssh2",
        "\uFEFF<38>1 2026-03-04T08:00:00Z gw-01 sshd - - - Failed password for root from"
            + " 203.0.113.9 port 1 ssh2",
        "<38>Mar  4 08:00:00 gw-01 sshd[1]: \uFEFFFailed password for root from 203.0.113.9 port 1"
            + " ssh2",
        "\uFEFF{\"user.name\":\"root\",\"event.outcome\":\"failure\"}"
      })
  void readsOverAByteOrderMark(String record) {
    Event event = parsed(record.getBytes(UTF_8));

    assertThat(event.text(Field.USER_NAME)).isEqualTo("root");
    assertThat(event.text(Field.EVENT_OUTCOME)).isEqualTo("failure");
    assertThat(event.bytes(Field.EVENT_ORIGINAL)).isEqualTo(record.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "Dec 31 23:59:59,2026-01-01T00:30:00Z,2025-12-31T23:59:59Z",
    "Jan  1 00:00:01,2025-12-31T23:59:30Z,2026-01-01T00:00:01Z",
    "Mar  4 08:00:00,2026-03-04T08:00:01Z,2026-03-04T08:00:00Z",
    "Mar  6 07:00:00,2026-03-04T08:00:00Z,2026-03-06T07:00:00Z",
    "Mar  7 08:00:00,2026-03-04T08:00:00Z,2025-03-07T08:00:00Z",
    "Feb 29 12:00:00,2026-03-04T08:00:00Z,2024-02-29T12:00:00Z"
  })
  void givesATimeWithoutAYearTheLatestYearThatItCanHave(
      String written, String received, String expected) {
    String record = "<38>" + written + " gw-01 app: x";

    assertThat(parsed(record.getBytes(UTF_8), Instant.parse(received)).timestamp())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<38>Feb 30 08:00:00 gw-01 app: x",
        "<38>Mar  4 25:00:00 gw-01 app: x",
        "<38>Foo  4 08:00:00 gw-01 app: x"
      })
  void takesWhatFollowsThePriorityForTheMessageWhereItIsNoTime(String record) {
    Event event = parsed(record.getBytes(UTF_8));

    assertThat(event.timestamp()).isEqualTo(event.received());
    assertThat(event.text(Field.MESSAGE)).contains("gw-01 app: x");
  }

  @ParameterizedTest // #2
  @ValueSource(strings = {"-9223372036854775808", "9223372036854775807", "1e300", "-1e300"})
  void rejectsATimeBeyondAllYears(String number) {
    assertThat(rejected("{\"@timestamp\":" + number + "}"))
        .isEqualTo(CollectErrorCode.TIMESTAMP_INVALID);
  }

  @ParameterizedTest // #2
  @CsvSource({
    "1772611200,2026-03-04T08:00:00Z",
    "1772611200.5,2026-03-04T08:00:00.500Z",
    "1772611200500,2026-03-04T08:00:00.500Z",
    "1.7726112005E12,2026-03-04T08:00:00.500Z",
    "-1.5,1969-12-31T23:59:58.500Z",
    "9999999999.5,2286-11-20T17:46:39.500Z"
  })
  void readsSecondsAndMilliseconds(String number, String expected) {
    Event event = parsed(("{\"@timestamp\":" + number + "}").getBytes(UTF_8));

    assertThat(event.timestamp()).isEqualTo(expected);
  }

  @Test // #2
  void keepsANumberThatNoTypeHoldsAsItIsWritten() {
    Event event = parsed("{\"x\":1e999,\"event.severity\":-1e999}".getBytes(UTF_8));

    assertThat(event.labels())
        .containsEntry("x", "1e999")
        .containsEntry("event.severity", "-1e999");
  }

  @ParameterizedTest // #2
  @ValueSource(
      strings = {
        "{\"labels.x\":\"1\",\"x\":\"2\"}",
        "{\"x\":\"1\",\"labels\":{\"x\":\"2\"}}",
        "{\"a\":{\"b\":1},\"a.b\":2}",
        "{\"a\":1,\"a\":1}"
      })
  void rejectsAMemberThatIsGivenTwiceHoweverItIsWritten(String json) {
    assertThat(rejected(json)).isEqualTo(CollectErrorCode.JSON_MALFORMED);
  }

  @Test
  void rejectsJsonInAnotherEncodingThanUtf8() {
    assertThat(new JsonEventParser(ParsedJson.OPTIONS).parse(record("{}".getBytes(UTF_16LE))))
        .isInstanceOf(ParseResult.Rejected.class);
    assertThat(rejected(new String(new byte[] {'{', '"', (byte) 0xB2, '"', '}'}, ISO_8859_1)))
        .isEqualTo(CollectErrorCode.JSON_MALFORMED);
  }

  private static Event parsed(byte[] bytes) {
    return parsed(bytes, ParsedJson.RECEIVED);
  }

  private static Event parsed(byte[] bytes, Instant received) {
    ParserOptions utc =
        new ParserOptions(ZoneId.of("UTC"), OptionalInt.empty(), ParsedJson.OPTIONS.allowedSkew());
    return switch (new AutoParser(utc)
        .parse(new RawRecord(bytes, received, new SourcePosition("test", 1, 1)))) {
      case ParseResult.Parsed(Event event) -> event;
      case ParseResult.Rejected rejected -> throw new AssertionError(rejected.reason());
    };
  }

  private static CollectErrorCode rejected(String record) {
    return switch (new AutoParser(ParsedJson.OPTIONS).parse(record(record.getBytes(ISO_8859_1)))) {
      case ParseResult.Parsed(Event event) -> throw new AssertionError("was parsed: " + event);
      case ParseResult.Rejected rejected -> rejected.code();
    };
  }

  private static RawRecord record(byte[] bytes) {
    return new RawRecord(bytes, ParsedJson.RECEIVED, new SourcePosition("test", 1, 1));
  }

  private static byte[] concatenated(String text, byte[] bytes) {
    return (text + new String(bytes, ISO_8859_1)).getBytes(ISO_8859_1);
  }
}

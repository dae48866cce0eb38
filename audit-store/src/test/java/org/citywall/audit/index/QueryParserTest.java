// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.Micros;
import org.citywall.audit.index.Query.All;
import org.citywall.audit.index.Query.And;
import org.citywall.audit.index.Query.Cidr;
import org.citywall.audit.index.Query.Exists;
import org.citywall.audit.index.Query.Match;
import org.citywall.audit.index.Query.Not;
import org.citywall.audit.index.Query.Or;
import org.citywall.audit.index.Query.Range;
import org.citywall.audit.index.Query.Wildcard;
import org.citywall.audit.index.Query.Words;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

  private final MutableClock clock = MutableClock.at("2026-03-02T10:00:00Z");
  private final QueryParser parser = new QueryParser(clock.withZone(ZoneId.of("Asia/Shanghai")));

  @Test
  void readsFieldsJoinedByOperators() {
    assertThat(parser.parse("user.name:zhang AND event.outcome:failure"))
        .isEqualTo(
            new And(
                List.of(new Match("user.name", "zhang"), new Match("event.outcome", "failure"))));
    assertThat(parser.parse("user.name:a OR user.name:b event.code:1"))
        .isEqualTo(
            new Or(
                List.of(
                    new Match("user.name", "a"),
                    new And(List.of(new Match("user.name", "b"), new Match("event.code", "1"))))));
    assertThat(parser.parse("NOT (user.name:a OR user.name:b)"))
        .isEqualTo(
            new Not(new Or(List.of(new Match("user.name", "a"), new Match("user.name", "b")))));
  }

  @Test
  void takesBlankTextAndAStarAsEveryEvent() {
    assertThat(parser.parse(" \u3000 ")).isEqualTo(new All());
    assertThat(parser.parse("*")).isEqualTo(new All());
  }

  @Test
  void appliesAFieldToEveryValueInItsParentheses() {
    assertThat(parser.parse("user.name:(zhang OR li*) wang"))
        .isEqualTo(
            new And(
                List.of(
                    new Or(
                        List.of(new Match("user.name", "zhang"), new Wildcard("user.name", "li*"))),
                    new Words("wang"))));
    assertThat(parser.parse("log.file.path:(c:x (d:y OR NOT e:z))"))
        .isEqualTo(
            new And(
                List.of(
                    new Match("log.file.path", "c:x"),
                    new Or(
                        List.of(
                            new Match("log.file.path", "d:y"),
                            new Not(new Match("log.file.path", "e:z")))))));
  }

  @Test
  void readsNumbersAndRanges() {
    assertThat(parser.parse("db.rows.returned:>=1000"))
        .isEqualTo(new Range("db.rows.returned", 1000, Long.MAX_VALUE));
    assertThat(parser.parse("gov.data.level:3..4")).isEqualTo(new Range("gov.data.level", 3, 4));
    assertThat(parser.parse("gov.clock.skew:-5..-3"))
        .isEqualTo(new Range("gov.clock.skew", -5, -3));
    assertThat(parser.parse("gov.clock.skew:<-3"))
        .isEqualTo(new Range("gov.clock.skew", Long.MIN_VALUE, -4));
    assertThat(parser.parse("entry.leaf:*..7"))
        .isEqualTo(new Range("entry.leaf", Long.MIN_VALUE, 7));
    assertThat(parser.parse("event.severity:007")).isEqualTo(new Match("event.severity", "7"));
  }

  @Test
  void readsTimesAsStretchesOfTheirLastUnit() {
    assertThat(parser.parse("@timestamp:2026-03-01"))
        .isEqualTo(range("@timestamp", "2026-02-28T16:00:00Z", "2026-03-01T15:59:59.999999Z"));
    assertThat(parser.parse("@timestamp:>2026-03-01T10:15"))
        .isEqualTo(
            new Range(
                "@timestamp", Micros.of(Instant.parse("2026-03-01T02:16:00Z")), Long.MAX_VALUE));
    assertThat(parser.parse("event.created:2026-03-01T10:15:00Z..2026-03-01T10:15:01.5Z"))
        .isEqualTo(range("event.created", "2026-03-01T10:15:00Z", "2026-03-01T10:15:01.599999Z"));
    assertThat(parser.parse("@timestamp:-24h..now"))
        .isEqualTo(range("@timestamp", "2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"));
  }

  @Test
  void readsAddressesAndBlocks() {
    assertThat(parser.parse("source.ip:10.0.0.0/8")).isEqualTo(new Cidr("source.ip", "10.0.0.0/8"));
    assertThat(parser.parse("source.ip:2001:db8::/32"))
        .isEqualTo(new Cidr("source.ip", "2001:db8::/32"));
    assertThat(parser.parse("source.ip:fe80::1")).isEqualTo(new Match("source.ip", "fe80::1"));
    assertThat(parser.parse("source.ip:*")).isEqualTo(new Exists("source.ip"));
  }

  @Test
  void readsQuotesEscapesAndChinese() {
    assertThat(parser.parse("message:\"a \\\"b\\\" *\""))
        .isEqualTo(new Match("message", "a \"b\" *"));
    assertThat(parser.parse("user.name:a\\*b\\ c")).isEqualTo(new Match("user.name", "a*b c"));
    assertThat(parser.parse("user.name:a\\*b*")).isEqualTo(new Wildcard("user.name", "a\\*b*"));
    assertThat(parser.parse("张三　登录失败"))
        .isEqualTo(new And(List.of(new Words("张三"), new Words("登录失败"))));
    assertThat(parser.parse("（gov.department.name：“数据 局”）"))
        .isEqualTo(new Match("gov.department.name", "数据 局"));
    assertThat(parser.parse("labels.单位:公安局")).isEqualTo(new Match("labels.单位", "公安局"));
    assertThat(parser.parse("or 10:30 not"))
        .isEqualTo(new And(List.of(new Words("or"), new Words("10:30"), new Words("not"))));
  }

  @Test
  void readsEntryKindsWhateverTheirCase() {
    assertThat(parser.parse("entry.kind:State_Change"))
        .isEqualTo(new Match("entry.kind", "state_change"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user.nam:x                | 1  | did you mean user.name",
        "a AND nmae:x              | 7  | unknown field nmae",
        "user.name:                | 11 | expected a value",
        "user.name:x AND           | 16 | expected a word",
        "(a OR b                   | 8  | expected a closing parenthesis",
        "a)                        | 2  | closes nothing",
        "OR a                      | 1  | expected a word",
        "a \"b                     | 3  | closing quotation mark",
        "gov.data.level:high       | 16 | whole number",
        "gov.data.level:4..3       | 16 | ends before it begins",
        "gov.data.level:>9223372036854775807 | 16 | beyond this number",
        "@timestamp:yesterday      | 12 | expected a time",
        "source.ip:10.0.*          | 11 | expected an address",
        "source.ip:10.0.0.0/33     | 11 | expected an address",
        "user.name:>5              | 11 | has no order",
        "event.id:xyz              | 10 | 32 hexadecimal digits",
        "entry.kind:nothing        | 12 | expected one of event, decision",
        "event.original:x          | 16 | use free words",
        "fail*                     | 1  | wildcards need a field",
        "user.name:*a*a*a*a*a*a*a*a*a* | 11 | at most 256 characters and 8 stars",
        "a\\                       | 2  | after the backslash",
        "张三:x                    | 1  | no field has this name",
      })
  void saysWhereAndWhatWasExpected(String text, int position, String problem) {
    assertThatThrownBy(() -> parser.parse(text.strip()))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.position()).isEqualTo(position);
              assertThat(e.problem()).contains(problem);
              assertThat(e.code()).isEqualTo(AuditErrorCode.QUERY_INVALID);
            });
  }

  @Test
  void neverRepeatsAValueInAnError() {
    assertThatThrownBy(() -> parser.parse("gov.data.level:33010219900307123X"))
        .hasMessageStartingWith("AUD-0030 at character 16")
        .hasMessageNotContaining("19900307");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "NOT ", "user.name:("})
  void refusesDeepNestingBeforeItHurts(String opening) {
    assertThatThrownBy(() -> parser.parse(opening.repeat(300)))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.problem()).containsAnyOf("32 deep", "expected a value"));
  }

  @Test
  void refusesLongQueriesAndManyTerms() {
    assertThatThrownBy(() -> parser.parse("a".repeat(4097))).isInstanceOf(QueryException.class);
    assertThatThrownBy(() -> parser.parse("a ".repeat(257))).isInstanceOf(QueryException.class);
    assertThat(parser.parse("a ".repeat(256))).isInstanceOf(And.class);
  }

  @RandomizedTest(iterations = 300)
  void printsWhatItReadsBackAsTheSameQuery(RandomGenerator random) {
    Query query = new RandomQueries(random).any(4);

    String text = QueryPrinter.print(query);

    assertThat(parser.parse(text)).as(text).isEqualTo(query);
  }

  @RandomizedTest(iterations = 500)
  void readsOrRefusesAnyTextAndPrintsWhatItRead(RandomGenerator random) {
    String text = noise(random);

    Query query;
    try {
      query = parser.parse(text);
    } catch (QueryException e) {
      assertThat(e.position()).isBetween(1, text.length() + 1);
      return;
    }

    assertThat(parser.parse(QueryPrinter.print(query))).as(text).isEqualTo(query);
  }

  private static String noise(RandomGenerator random) {
    List<String> pieces =
        List.of(
            "user.name:",
            "gov.data.level:",
            "message:",
            "source.ip:",
            "@timestamp:",
            "labels.x:",
            "(",
            ")",
            " ",
            "\"",
            "\\",
            "*",
            "?",
            "..",
            ">",
            "<=",
            "AND",
            " OR ",
            "NOT ",
            "a",
            "3",
            "张三",
            "：",
            "“",
            "”",
            "10.0.0.1",
            "/8",
            "-1h",
            "\ud83d\ude00",
            "\u0000");
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  private static Range range(String field, String from, String to) {
    return new Range(field, Micros.of(Instant.parse(from)), Micros.of(Instant.parse(to)));
  }
}

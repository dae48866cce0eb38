// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each modifier against values that pass and values that almost do. */
class ModifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          f: 'abc'                      | ABC               | true
          f: 'abc'                      | abcd              | false
          f: 'a*c'                      | a--C              | true
          f: 'a?c'                      | ac                | false
          f: 'a?c'                      | a\ud83d\ude00c   | true
          f: 'a??c'                     | a\ud83d\ude00c   | false
          f: 'a\\*c'                    | abc               | false
          f: 'a\\*c'                    | a*c               | true
          f: 'C:\\dir\\x'               | c:\\dir\\x        | true
          f: 'C:\\\\dir'                | c:\\dir           | true
          f: '\\\\*x'                   | \\abcx            | true
          f: '\\\\\\*x'                 | \\*x              | true
          f: '\\\\\\*x'                 | \\abcx            | false
          f: '\\\\\\\\host'             | \\\\host          | true
          f: 4624                       | 4624              | true
          f: true                       | True              | true
          "f#contains: 'b*d'"           | abcde             | true
          "f#startswith: 'ab'"          | abc               | true
          "f#startswith: 'b'"           | abc               | false
          "f#endswith: 'bc'"            | abc               | true
          "f#cased: 'Abc'"              | abc               | false
          "f#cased: 'Abc'"              | Abc               | true
          "f#contains#cased: 'B'"       | aBc               | true
          "f#contains#cased: 'B'"       | abc               | false
          "f#contains#all: [a, c]"      | abc               | true
          "f#contains#all: [a, d]"      | abc               | false
          "f#re: 'a.c'"                 | xabcx             | true
          "f#re: 'A.c'"                 | xabcx             | false
          "f#re#i: 'A.c'"               | xabcx             | true
          "f#cidr: '10.0.0.0/9'"        | 10.127.255.255    | true
          "f#cidr: '10.0.0.0/9'"        | 10.128.0.0        | false
          "f#cidr: 'fe80::/10'"         | febf::1           | true
          "f#cidr: 'fe80::/10'"         | fec0::1           | false
          "f#cidr: '10.0.0.0/8'"        | 10.0.0            | false
          "f#gt: 5"                     | 5                 | false
          "f#gte: 5"                    | 5                 | true
          "f#lt: 5"                     | 4.9               | true
          "f#lte: 5"                    | 0x5               | true
          "f#lt: 5"                     | four              | false
          "f#neq: abc"                  | abd               | true
          "f#neq: [abc, abd]"           | abd               | false
          "f#exists: true"              | x                 | true
          "f#exists: false"             | x                 | false
          "f#contains#windash: ' -l'"   | x /l              | true
          "f#contains#windash: ' -l'"   | x \u2014l         | true
          "f#contains#windash: ' -l'"   | x +l              | false
          "f#contains#windash: 'a-l'"   | a/l               | false
          "f#hour: 22"                  | 2026-01-02T22:15:00+08:00 | true
          "f#hour#gte: 22"              | 2026-01-02 21:59:59       | false
          "f#minute: 15"                | 2026-01-02 22:15:07.123   | true
          "f#day: 2"                    | 2026-01-02T22:15:00Z      | true
          "f#week: 1"                   | 2026-01-02T22:15:00Z      | true
          "f#month: 1"                  | 1767391200                | true
          "f#year#lt: 2026"             | 2026-01-02T22:15:00Z      | false
          """)
  void comparesAsTheSpecificationSays(String test, String value, boolean passes) {
    SigmaMatcher matcher = RuleText.selecting(test.replace('#', '|'));

    assertThat(matcher.match(event(value))).hasSize(passes ? 1 : 0);
  }

  @Test
  void findsTextInBase64AtAnyOffset() {
    SigmaMatcher matcher = RuleText.selecting("f|base64offset|contains: 'http://'");

    for (String before : List.of("", "x", "xy", "xyz")) {
      assertThat(matcher.match(event(base64(before + "http://host", StandardCharsets.UTF_8))))
          .hasSize(1);
    }
    assertThat(matcher.match(event(base64("https//host", StandardCharsets.UTF_8)))).isEmpty();
  }

  @Test
  void findsWideTextInBase64() {
    SigmaMatcher offset = RuleText.selecting("f|wide|base64offset|contains: 'IEX'");
    SigmaMatcher whole = RuleText.selecting("f|utf16le|base64: 'IEX'");
    SigmaMatcher big = RuleText.selecting("f|utf16be|base64: 'IEX'");
    SigmaMatcher marked = RuleText.selecting("f|utf16|base64: 'IEX'");

    assertThat(offset.match(event(base64("-IEX-", StandardCharsets.UTF_16LE)))).hasSize(1);
    assertThat(whole.match(event(base64("IEX", StandardCharsets.UTF_16LE)))).hasSize(1);
    assertThat(big.match(event(base64("IEX", StandardCharsets.UTF_16BE)))).hasSize(1);
    assertThat(marked.match(event(base64("\ufeffIEX", StandardCharsets.UTF_16LE)))).hasSize(1);
    assertThat(whole.match(event(base64("IEX", StandardCharsets.UTF_16BE)))).isEmpty();
  }

  @Test
  void tellsNullFromEmptyText() {
    SigmaMatcher isNull = RuleText.selecting("f: null");
    SigmaMatcher isEmpty = RuleText.selecting("f: ''");

    assertThat(isNull.match(SigmaEvent.of(Map.of("g", List.of("x"))))).hasSize(1);
    assertThat(isNull.match(SigmaEvent.of(Map.of("f", List.of())))).hasSize(1);
    assertThat(isNull.match(event(""))).isEmpty();
    assertThat(isEmpty.match(event(""))).hasSize(1);
    assertThat(isEmpty.match(SigmaEvent.of(Map.of("f", List.of())))).isEmpty();
  }

  @Test
  void comparesTwoFieldsOfOneEvent() {
    SigmaMatcher same = RuleText.selecting("f|fieldref: g");
    SigmaMatcher ends = RuleText.selecting("f|fieldref|endswith: g");

    assertThat(same.match(SigmaEvent.of(Map.of("f", List.of("aB"), "g", List.of("Ab")))))
        .hasSize(1);
    assertThat(same.match(SigmaEvent.of(Map.of("f", List.of("ab"))))).isEmpty();
    assertThat(ends.match(SigmaEvent.of(Map.of("f", List.of("xab"), "g", List.of("ab")))))
        .hasSize(1);
    assertThat(ends.match(SigmaEvent.of(Map.of("f", List.of("xac"), "g", List.of("ab")))))
        .isEmpty();
  }

  @Test
  void looksForKeywordsInEveryField() {
    SigmaMatcher any = RuleText.selecting("- 'one'\n- 't?o'");
    SigmaMatcher all = RuleText.selecting("'|all': ['one', 'two']");

    assertThat(any.match(event("xTWOx"))).hasSize(1);
    assertThat(any.match(event("three"))).isEmpty();
    assertThat(all.match(event("two one"))).hasSize(1);
    assertThat(all.match(event("two"))).isEmpty();
  }

  private static SigmaEvent event(String value) {
    return SigmaEvent.of(Map.of("f", List.of(value)));
  }

  private static String base64(String text, Charset charset) {
    return Base64.getEncoder().encodeToString(text.getBytes(charset));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckReaderTest {

  private static final String GOOD =
      """
      checks:
        - id: site.banner
          version: 1
          title: {zh: 有登录警示, en: There is a banner}
          items: [L3-CES1-02]
          severity: low
          source: ours
          remediation: {zh: 设置, en: Set one.}
          applies: {path: kind, equals: host}
          collect: {files: {paths: [/etc/issue.net]}}
          assert: {each: files, meet: {path: size, at-least: 1}, at-least: 1}
          fixtures:
            - {name: there, facts: {files: [{name: /etc/issue.net, size: 1}]}, expect: conform}
            - {name: empty, facts: {files: [{name: /etc/issue.net, size: 0}]}, expect: nonconform}
            - {name: none, facts: {files: []}, expect: nonconform}
            - {name: a database, target: {kind: postgresql}, expect: not-applicable}
      """;

  @Test
  void aCheckOfTheSiteIsReadAndHoldsOnItsFixtures() {
    Check check = CheckReader.read("site.yaml", GOOD).getFirst();

    assertThat(check.items()).containsExactly("L3-CES1-02");
    assertThat(check.collector().name()).isEqualTo("files");
    assertThat(Trial.problems(check)).isEmpty();
  }

  @Test
  void aMistakeThatNoFixtureNoticesIsToldOf() {
    String lax = GOOD.replace("size: 1}", "size: 9}");

    assertThat(Trial.problems(CheckReader.read("site.yaml", lax).getFirst()))
        .singleElement()
        .asString()
        .startsWith("no fixture notices: ");
  }

  @Test
  void aFixtureThatComesOutOtherwiseIsToldOf() {
    String wrong = GOOD.replace("size: 0", "size: 5");

    assertThat(Trial.problems(CheckReader.read("site.yaml", wrong).getFirst()))
        .contains("empty: CONFORM where NONCONFORM was due");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at-least: 1}, at-least: 1} | atleast: 1}, at-least: 1}       | assert/meet: atleast is no comparison
          size, at-least: 1          | size, at-least: big             | cannot compare with "big"
          collect: {files            | collect: {shell                 | no collector
          paths: [/etc               | paths: [etc                     | no absolute path
          /etc/issue.net]            | /etc/../root/x]                 | no absolute path
          severity: low              | severity: minor                 | minor is none of the words
          L3-CES1-02                 | L2-CES1-02                      | no item such as
          version: 1                 | version: 0                      | is from 1 on
          source: ours               | sources: ours                   | sources is not known here
          expect: conform            | expect: passes                  | passes is none of the words
          assert: {each: files,      | assert: {each: files, some: 1,  | some is not known here
          """)
  void whatIsNotUnderstoodIsRefusedWithItsPlace(String before, String after, String reason) {
    assertThat(GOOD).contains(before);
    assertThatThrownBy(() -> CheckReader.read("site.yaml", GOOD.replace(before, after)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.CHECK_INVALID))
        .hasMessageContaining("site.yaml")
        .hasMessageContaining(reason);
  }
}

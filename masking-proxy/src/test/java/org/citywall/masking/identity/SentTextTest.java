// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.identity.OwnSetting.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 /*citywall='T'*/                                    | SELECT 1       | T",
        "SELECT 1/*citywall='T'*/                                     | SELECT 1       | T",
        "SELECT 1 /* citywall='T' */ ; ;                              | SELECT 1       | T",
        "SELECT 1; SELECT 2 /*citywall='T'*/                          | SELECT 1; SELECT 2 | T",
        "SELECT 1 /*action='%2Fpeople',citywall='T',route='a\\'b'*/   | SELECT 1       | T",
        "SELECT 1 /*citywall='T%2E1'*/                                | SELECT 1       | T.1",
        "SELECT 1 /*citywall='T'*/ -- and so on                       | SELECT 1       | T",
        "SELECT '/*citywall=''X''*/' /*citywall='T'*/                 | SELECT '/*citywall=''X''*/' | T",
        "SELECT 1 /*citywall='T',citywall='U'*/                       | SELECT 1       | ``",
        "SELECT 1 /*citywall='%'*/                                    | SELECT 1       | ``",
      })
  void takesTheTokenOfTheLastComment(String sql, String bare, String token) {
    SentText sent = SentText.read(sql, true);

    assertThat(sent.fault()).isNull();
    assertThat(sent.token()).isEqualTo(token);
    assertThat(sent.sql()).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '/*citywall=''T''*/'",
        "SELECT $$ /*citywall='T'*/ $$",
        "SELECT $a$ /*citywall='T'*/ $a$",
        "SELECT E'\\'/*citywall=' 'T*/'",
        "SELECT 1 AS \"/*citywall='T'*/\"",
        "SELECT 1 /* /*citywall='T'*/ */",
        "SELECT 1 /*citywall='T' /* more */ */",
        "SELECT 1 -- /*citywall='T'*/",
        "SELECT 1 /*citywall='T*/",
        "SELECT 1 /*citywall=T*/",
        "SELECT 1 /*mycitywall='T'*/",
        "SELECT 1 /*a='citywall=\\'T\\''*/",
        "SELECT 1 /*CITYWALL='T'*/",
        "SELECT 1 /*citywall='T' but not only*/",
      })
  void takesNoTokenFromAnythingElse(String sql) {
    SentText sent = SentText.read(sql, true);

    assertThat(sent).isEqualTo(SentText.plain(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 /*citywall='T'*/ /*citywall='U'*/",
        "/*citywall='T'*/ SELECT 1 /*citywall='T'*/",
        "/*citywall='T'*/ SELECT 1",
        "SELECT /*citywall='T'*/ 1",
        "SELECT 1 /*citywall='T'*/; SELECT 2",
      })
  void findsFaultWithASecondCommentAndOneAtAnotherPlace(String sql) {
    assertThat(SentText.read(sql, true).fault()).isNotNull();
    assertThat(SentText.read(sql, true).token()).isNull();
  }

  @Test
  void readsNoCommentsOfAPerson() {
    String sql = "SELECT 1 /*citywall='T'*/";

    assertThat(SentText.read(sql, false)).isEqualTo(SentText.plain(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SET citywall.identity = 'T'                                        | false | false",
        "set session Citywall.IDENTITY to 'T' ;                             | false | false",
        "SET LOCAL citywall.identity TO 'T'                                 | true  | false",
        "/* x */ SET \"citywall\".\"identity\" = 'T' -- y                   | false | false",
        "SELECT set_config('citywall.identity', 'T', false)                 | false | true",
        "SELECT pg_catalog.set_config('citywall.identity', 'T', true);      | true  | true",
      })
  void readsASetting(String sql, boolean local, boolean function) {
    SentText sent = SentText.read(sql, true);

    assertThat(sent.setting())
        .isEqualTo(new OwnSetting.Change(Name.IDENTITY, "T", local, function));
    assertThat(sent.sql()).doesNotContain("'T'");
    assertThat(sent.toString()).doesNotContain("'T'");
    assertThat(String.valueOf(sent.setting())).doesNotContain("'T'");
  }

  @Test
  void readsWhatResetsAndShowsASetting() {
    assertThat(SentText.read("RESET citywall.purpose", false).setting())
        .isEqualTo(new OwnSetting.Reset(Name.PURPOSE, false));
    assertThat(SentText.read("SET LOCAL citywall.purpose TO DEFAULT", false).setting())
        .isEqualTo(new OwnSetting.Reset(Name.PURPOSE, true));
    assertThat(SentText.read("SHOW citywall.session;", false).setting())
        .isEqualTo(new OwnSetting.Show(Name.SESSION));
    assertThat(SentText.read("SET citywall.purpose = 'it''s'", false).setting())
        .isEqualTo(new OwnSetting.Change(Name.PURPOSE, "it's", false, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET citywall.identity = E'T'",
        "SET citywall.identity = $$T$$",
        "SET citywall.identity = 'T', 'U'",
        "SET citywall.identity TO T",
        "SET citywall.identity = 'T'\n'U'",
        "SET citywall.identity = 'T'; SELECT 1",
        "SET citywall.session = 'S'",
        "SET citywall.other = 'S'",
        "SHOW citywall.other",
        "RESET citywall.session",
        "SELECT set_config('citywall.identity', 'T', false), 1",
        "SELECT set_config('citywall.identity', $1, false)",
        "SELECT set_config('citywall.session', 'T', false)",
      })
  void leavesNoOtherFormOfASettingToTheDatabase(String sql) {
    assertThat(SentText.read(sql, true).setting()).isEqualTo(new OwnSetting.Unclear());
  }

  @RandomizedTest(iterations = 2000)
  void readsAnyTextAndTakesTokensFromOneCommentAtMost(RandomGenerator random) {
    String[] parts = {
      "SELECT 1", "'", "\"", "$$", "/*", "*/", "--", "\n", ";", "citywall='T'", "\\", "E'", "=", " "
    };
    StringBuilder sql = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      sql.append(parts[random.nextInt(parts.length)]);
    }

    SentText sent = SentText.read(sql.toString(), true);

    assertThat(sql.toString()).startsWith(sent.sql());
    if (sent.token() != null) {
      assertThat(sql.substring(sent.sql().length())).contains("/*citywall='T'*/");
    }
  }
}

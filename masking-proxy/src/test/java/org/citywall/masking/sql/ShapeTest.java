// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SELECT abalance FROM t WHERE aid = 12;     | SELECT abalance FROM t WHERE aid = <i>;",
        "UPDATE t SET a = a + -5, b='x' WHERE id=7  | UPDATE t SET a = a + -<i>, b=<t> WHERE id=<i>",
        "INSERT INTO t(a,b) VALUES (1,'x'), (2,'y') | INSERT INTO t(a,b) VALUES (<i>,<t>), (<i>,<t>)",
        "SELECT 1 FROM t WHERE a IN (1, 2, 3)       | SELECT 1 FROM t WHERE a IN (<i>, <i>, <i>)",
        "SELECT a FROM t LIMIT 5 OFFSET 2           | SELECT a FROM t LIMIT <i> OFFSET <i>",
        "SELECT a FROM t WHERE b BETWEEN 1 AND 2.5  | SELECT a FROM t WHERE b BETWEEN <i> AND <d>",
        "SELECT a FROM t WHERE b LIKE '张%' /* 5 */ | SELECT a FROM t WHERE b LIKE <t> /* 5 */",
        "SELECT CASE WHEN a = 2 THEN 'x' ELSE 'y' END FROM t"
            + "| SELECT CASE WHEN a = <i> THEN <t> ELSE <t> END FROM t",
        "SELECT a FROM t WHERE (b = 2147483647 OR (b = 2147483648))"
            + "| SELECT a FROM t WHERE (b = <i> OR (b = <l>))",
      })
  void leavesOutWhatIsAnOperandAndNothingElse(String sql, String shape) {
    assertThat(shown(sql)).isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'person'::regclass",
        "SELECT a FROM t WHERE b = 'person'::regclass::oid",
        "SELECT a FROM t WHERE b = CAST('person' AS regclass)",
        "SELECT a FROM t WHERE b = regclass 'person'",
        "SELECT a FROM t WHERE b > interval '1' day",
        "SELECT a FROM t WHERE b = f('person')",
        "SELECT a FROM t WHERE b = f(c = 'person')",
        "SELECT a FROM t WHERE b = f((SELECT c FROM u WHERE d = 'person' AND e IN (1, 2)))",
        "SELECT a FROM t WHERE b = \"in\"('person')",
        "SELECT a FROM t WHERE b = ANY ('{1,2}')",
        "SELECT a FROM t WHERE b = ANY (ARRAY[1, 2])",
        "SELECT a FROM t WHERE b[1] IS NULL",
        "SELECT a FROM t WHERE b = 'x' COLLATE \"C\"",
        "SELECT a FROM t WHERE b LIKE 'x' ESCAPE '!'",
        "SELECT a FROM t WHERE b = E'x'",
        "SELECT a FROM t WHERE b = U&'x' UESCAPE '!'",
        "SELECT a FROM t WHERE b = U&'x'",
        "SELECT a FROM t WHERE b = B'1'",
        "SELECT a FROM t WHERE b = N'x'",
        "SELECT a FROM t WHERE b = $$x$$",
        "SELECT a FROM t WHERE b = 'it''s'",
        "SELECT a FROM t WHERE b = 'back\\slash'",
        "SELECT a FROM t WHERE b = 'x'\n'y'",
        "SELECT a FROM t WHERE b = 'two\nlines'",
        "SELECT a FROM t WHERE b = 0",
        "SELECT a FROM t WHERE b = 0.0",
        "SELECT a FROM t WHERE b = 1e5",
        "SELECT a FROM t WHERE b = .5",
        "SELECT a FROM t WHERE b = 5.",
        "SELECT a FROM t WHERE b = 1234567890123456789",
        "SELECT a FROM t WHERE b = $1",
        "SELECT a::numeric(10, 2), b::varchar(5) FROM t",
        "SELECT a FROM t TABLESAMPLE system (5)",
        "SELECT a FROM t FETCH FIRST 5 ROWS ONLY",
        "SELECT a FROM t ORDER BY 1",
        "SELECT 5, 'x'",
        "SELECT set_config('work_mem', '64kB', true)",
        "SET statement_timeout TO 5",
        "SELECT 'unreadable",
      })
  void keepsWhateverElseAConstantMayMean(String sql) {
    assertThat(Shape.of(sql)).isEmpty();
  }

  @Test
  void isAnotherOneForAnotherSpaceOrComment() {
    assertThat(shown("SELECT a FROM t WHERE b = 5"))
        .isNotEqualTo(shown("SELECT a FROM t WHERE b  = 5"))
        .isNotEqualTo(shown("SELECT a FROM t WHERE b = 5 -- x"))
        .isEqualTo(shown("SELECT a FROM t WHERE b = 66"));
  }

  private static String shown(String sql) {
    return Shape.of(sql).orElseThrow().text().replaceAll("\0(.)", "<$1>");
  }
}

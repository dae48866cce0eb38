// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a whole row that is compared to texts, where its table is replaced. */
class WholeRowsTest {

  private final FakeSchema schema =
      new FakeSchema()
          .table("public.person", "id integer", "phone text")
          .table("public.p_holder", "id integer", "p text")
          .table("public.orders", "id integer");
  private final TestRights rights =
      new TestRights()
          .know("public.orders")
          .know("public.p_holder")
          .mask("public.person", "phone", new CharacterMask.KeepFirstLast(3, 4, '*'));

  private List<String> rewritten(String sql) {
    List<StatementAnalyser> analysers = new ArrayList<>(List.of(new GrammarAnalyser()));
    if (PostgresLibrary.isInstalled()) {
      analysers.add(PostgresLibrary.analyser());
    }
    return analysers.stream()
        .map(SqlGate::new)
        .map(gate -> ((Verdict.Allowed) PatientGate.judge(gate, sql, schema, rights)).sql())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT 1 FROM person p WHERE p IN ('(1,x)', $1)"
            + "; p::\"public\".\"person\" IN ('(1,x)', $1)",
        "SELECT 1 FROM person p WHERE p IN (ROW(1, 'x')::person, '(1,x)')"
            + "; p::\"public\".\"person\" IN (ROW(1, 'x')::person, '(1,x)')",
        "SELECT 1 FROM person WHERE id = 1 AND person NOT IN ($1, $2)"
            + "; id = 1 AND person::\"public\".\"person\" NOT IN ($1, $2)",
        "SELECT 1 FROM person AS \"P\"(a) WHERE \"P\" IN ('', '')"
            + "; \"P\"::\"public\".\"person\" IN ('', '')",
      })
  void isCastToTheTypeOfItsTable(String sql, String condition) {
    assertThat(rewritten(sql)).allSatisfy(one -> assertThat(one).endsWith("WHERE " + condition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM person p WHERE p.phone IN ('x', 'y')",
        "SELECT 1 FROM person p WHERE p = '(1,x)'",
        "SELECT 1 FROM person p WHERE p IN (ROW(1, 'x'))",
        "SELECT 1 FROM person p, p_holder WHERE p IN ('x', 'y')",
        "SELECT 1 FROM person p, (SELECT 'x' AS p) s WHERE p IN ('x', 'y')",
        "SELECT 1 FROM person p, generate_series(1, 2) AS s(p) WHERE p IN ('1', '2')",
        "SELECT 1 FROM person p WHERE EXISTS (SELECT 1 FROM person p WHERE p IN ('', ''))",
        "SELECT 1 FROM orders WHERE orders IN ('(1)', '(2)')",
        "SELECT 1 FROM person p, person q WHERE p = q",
      })
  void isLeftAloneOtherwise(String sql) {
    String condition = sql.substring(sql.lastIndexOf(" WHERE"));

    assertThat(rewritten(sql)).allSatisfy(one -> assertThat(one).endsWith(condition));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that somebody made of a function, and the ways of writing that call them. */
class CalledOperatorsTest {

  private static List<SqlGate> gates() {
    List<StatementAnalyser> analysers = new ArrayList<>(List.of(new GrammarAnalyser()));
    if (PostgresLibrary.isInstalled()) {
      analysers.add(PostgresLibrary.analyser());
    }
    return analysers.stream().map(SqlGate::new).toList();
  }

  private static Verdict judged(SqlGate gate, FakeSchema schema, String sql) {
    return PatientGate.judge(gate, sql, schema, new TestRights().know("public.orders"));
  }

  private static FakeSchema schema() {
    return new FakeSchema().table("public.orders", "id integer", "note text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "~~   ; SELECT note LIKE 3 FROM orders",
        "!~~  ; SELECT note NOT LIKE 3 FROM orders",
        "~~*  ; SELECT note ILIKE 3 FROM orders",
        "!~~* ; SELECT note NOT ILIKE 3 FROM orders",
        "~    ; SELECT id FROM orders WHERE id SIMILAR TO 'a'",
        "!~   ; SELECT id FROM orders WHERE id NOT SIMILAR TO 'a'",
        ">=   ; SELECT id FROM orders WHERE note BETWEEN 1 AND 2",
        "<    ; SELECT id FROM orders WHERE note NOT BETWEEN 1 AND 2",
        "=    ; SELECT id FROM orders WHERE note IN (1, 2)",
        "<>   ; SELECT id FROM orders WHERE note NOT IN (1, 2)",
        "=    ; SELECT id FROM orders WHERE note IN (SELECT id FROM orders)",
        "=    ; SELECT id FROM orders WHERE note IS DISTINCT FROM 1",
        "=    ; SELECT nullif(note, 1) FROM orders",
        "=    ; SELECT CASE note WHEN 1 THEN 2 END FROM orders",
        "=    ; SELECT 1 FROM orders a JOIN orders b USING (id)",
        "=    ; SELECT 1 FROM orders a NATURAL JOIN orders b",
        "<>   ; SELECT id FROM orders WHERE note != 1",
        "+    ; SELECT id + 1 FROM orders",
      })
  void refusesEachWayToCallOne(String operator, String sql) {
    for (SqlGate gate : gates()) {
      assertThat(judged(gate, schema(), sql)).as(sql).isInstanceOf(Verdict.Allowed.class);
      assertThat(judged(gate, schema().operator(operator), sql))
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(MaskingErrorCode.FUNCTION_REFUSED);
                assertThat(refused.reason()).isEqualTo(operator);
                assertThat(refused.position()).isPositive();
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "~~ ; SELECT note ILIKE 'a' FROM orders",
        "=  ; SELECT 'x LIKE y', \"like\" FROM (SELECT 1 AS \"like\") x",
        "!= ; SELECT id FROM orders WHERE id IN (1)",
      })
  void letsPassWhatCallsAnother(String operator, String sql) {
    for (SqlGate gate : gates()) {
      assertThat(judged(gate, schema().operator(operator), sql))
          .as(sql)
          .isInstanceOf(Verdict.Allowed.class);
    }
  }
}

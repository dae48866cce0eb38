// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions on true values move to where the table is read; all others see masked ones. */
class LookUpTest {

  private static final Map<String, SqlGate> GATES = gates();
  private static final String READ =
      "(SELECT \"id\", CAST(NULL AS text) AS \"phone\", CAST(NULL AS bigint) AS \"tel\", \"dept\""
          + " FROM \"public\".\"person\" WHERE (%s))";

  private final FakeSchema schema =
      new FakeSchema()
          .table("public.person", "id integer", "phone text", "tel bigint", "dept text")
          .table("public.orders", "id integer", "person_id integer", "note text")
          .table("public.visit", "id integer", "phone character varying(20)");
  private final TestRights rights =
      new TestRights()
          .know("public.orders")
          .treat("public.person", "phone", new Treatment.Hidden("above clearance"))
          .treat("public.person", "tel", new Treatment.Hidden("above clearance"))
          .treat("public.visit", "phone", new Treatment.Hidden("above clearance"))
          .lookUp("public.person", "phone", IdentifierKind.MOBILE_NUMBER)
          .lookUp("public.person", "tel", IdentifierKind.MOBILE_NUMBER);

  private static Map<String, SqlGate> gates() {
    StatementAnalyser grammar = new GrammarAnalyser();
    return PostgresLibrary.isInstalled()
        ? Map.of(
            "grammar", new SqlGate(grammar), "postgres", new SqlGate(PostgresLibrary.analyser()))
        : Map.of("grammar", new SqlGate(grammar));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "phone = '13900000000'                    | \"phone\" OPERATOR(pg_catalog.=) CAST('13900000000' AS pg_catalog.text)",
        "'13900000000' = person.phone             | \"phone\" OPERATOR(pg_catalog.=) CAST('13900000000' AS pg_catalog.text)",
        "public.person.phone = '13900000000'      | \"phone\" OPERATOR(pg_catalog.=) CAST('13900000000' AS pg_catalog.text)",
        "phone = '13900000000'::varchar           | \"phone\" OPERATOR(pg_catalog.=) CAST('13900000000' AS pg_catalog.text)",
        "phone = CAST($1 AS character varying)    | \"phone\" OPERATOR(pg_catalog.=) CAST($1 AS pg_catalog.text)",
        "phone = text '13900000000'               | \"phone\" OPERATOR(pg_catalog.=) CAST('13900000000' AS pg_catalog.text)",
        "phone = $7                               | \"phone\" OPERATOR(pg_catalog.=) CAST($7 AS pg_catalog.text)",
        "tel = 13900000000                        | \"tel\" OPERATOR(pg_catalog.=) 13900000000",
        "tel = $1                                 | \"tel\" OPERATOR(pg_catalog.=) CAST($1 AS pg_catalog.int8)",
        "tel = '13900000000'                      | \"tel\" OPERATOR(pg_catalog.=) CAST('13900000000' AS pg_catalog.int8)",
      })
  void movesTheConditionToWhereTheTableIsRead(String condition, String inside) {
    for (SqlGate gate : GATES.values()) {
      assertThat(allowed(gate, "SELECT dept FROM person WHERE " + condition).sql())
          .isEqualTo(
              "SELECT dept FROM "
                  + String.format(java.util.Locale.ROOT, READ, inside)
                  + " AS \"person\"  WHERE TRUE");
    }
  }

  @Test
  void countsEachValueOfAList() {
    for (SqlGate gate : GATES.values()) {
      Verdict.Allowed verdict =
          allowed(
              gate, "SELECT id FROM person p WHERE p.phone IN ('13900000000', $2) AND tel = $1");

      assertThat(verdict.sql())
          .contains(
              "\"phone\" OPERATOR(pg_catalog.=) ANY (ARRAY[CAST('13900000000' AS pg_catalog.text),"
                  + " CAST($2 AS pg_catalog.text)])")
          .endsWith(" p WHERE TRUE AND TRUE");
      assertThat(verdict.lookUps())
          .extracting(one -> one.right().column())
          .containsExactly("phone", "phone", "tel");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM person WHERE phone = '13900000000' OR id = 1",
        "SELECT 1 FROM person WHERE NOT phone = '13900000000'",
        "SELECT 1 FROM person WHERE phone <> '13900000000'",
        "SELECT 1 FROM person WHERE phone LIKE '13900000000'",
        "SELECT 1 FROM person WHERE phone > '13900000000'",
        "SELECT 1 FROM person WHERE lower(phone) = '13900000000'",
        "SELECT 1 FROM person WHERE phone = lower('13900000000')",
        "SELECT 1 FROM person WHERE phone = '1390000' || '0000'",
        "SELECT 1 FROM person WHERE phone = '13900000000999'::varchar(11)",
        "SELECT 1 FROM person WHERE phone = NULL",
        "SELECT 1 FROM person WHERE (phone) = '13900000000'",
        "SELECT 1 FROM person WHERE CASE WHEN phone = '13900000000' THEN true END",
        "SELECT 1 FROM person GROUP BY phone HAVING phone = '13900000000'",
        "SELECT phone = '13900000000' FROM person",
        "SELECT 1 FROM orders o LEFT JOIN person p ON p.phone = '13900000000'",
        "SELECT 1 FROM orders o LEFT JOIN person p ON true WHERE p.phone = '13900000000'",
        "SELECT 1 FROM person p, visit v WHERE phone = '13900000000'",
        "SELECT 1 FROM visit WHERE phone = '13900000000'",
        "SELECT 1 FROM person, (SELECT 1 AS phone) q WHERE phone = '13900000000'",
        "SELECT 1 FROM person AS p(a, b, c, d) WHERE p.b = '13900000000'",
        "SELECT 1 FROM person p WHERE EXISTS (SELECT 1 FROM orders WHERE p.phone = '13900000000')",
        "SELECT 1 FROM person WHERE tel = '13900000000'::text",
        "SELECT 1 FROM person WHERE phone = E'13900000000'",
        "PREPARE s AS SELECT 1 FROM person WHERE phone = '13900000000'",
        "EXPLAIN SELECT 1 FROM person WHERE phone = '13900000000'",
        "CREATE TEMP VIEW w AS SELECT 1 FROM person WHERE phone = '13900000000'",
      })
  void leavesEveryOtherConditionToMaskedValues(String sql) {
    for (SqlGate gate : GATES.values()) {
      Verdict.Allowed verdict = allowed(gate, sql);

      assertThat(verdict.lookUps()).as(verdict.sql()).isEmpty();
      assertThat(verdict.sql()).doesNotContain("OPERATOR(pg_catalog.=)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1390000", "139%", "139****0000", "23900000000", " 13900000000"})
  void refusesWhatIsNoWholeValue(String value) {
    for (SqlGate gate : GATES.values()) {
      assertThat(
              PatientGate.judge(
                  gate, "SELECT 1 FROM person WHERE phone = '" + value + "'", schema, rights))
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(MaskingErrorCode.LOOK_UP_VALUE_REFUSED);
                assertThat(refused.reason()).isEqualTo("public.person.phone");
                assertThat(refused.position()).isEqualTo(27);
              });
    }
  }

  @Test
  void keepsTheConditionWhereTheTableIsWritten() {
    for (SqlGate gate : GATES.values()) {
      assertThat(
              allowed(gate, "UPDATE person p SET dept = 'x' WHERE p.phone = $1 AND id > 1").sql())
          .isEqualTo(
              "UPDATE \"public\".\"person\" p SET dept = 'x' WHERE p.phone OPERATOR(pg_catalog.=)"
                  + " CAST($1 AS pg_catalog.text) AND id > 1");
      assertThat(allowed(gate, "DELETE FROM person WHERE phone = '13900000000'").lookUps())
          .hasSize(1);
      for (String refused :
          List.of(
              "UPDATE person SET dept = phone WHERE phone = '13900000000'",
              "DELETE FROM person WHERE phone = '13900000000' OR id = 1",
              "DELETE FROM person WHERE phone = '13900000000' RETURNING phone")) {
        assertThat(PatientGate.judge(gate, refused, schema, rights))
            .isInstanceOfSatisfying(
                Verdict.Refused.class,
                one -> assertThat(one.code()).isEqualTo(MaskingErrorCode.WRITE_REFUSED));
      }
    }
  }

  @Test
  void looksUpAmongTheRowsThatThePersonSees() {
    rights.filter("public.person", "dept = 'east'");
    for (SqlGate gate : GATES.values()) {
      assertThat(allowed(gate, "SELECT id FROM person WHERE phone = $1").sql())
          .contains("'east'", "AND (\"phone\" OPERATOR(pg_catalog.=) CAST($1 AS pg_catalog.text))")
          .endsWith(" OFFSET 0) AS \"person\"  WHERE TRUE");
      assertThat(allowed(gate, "DELETE FROM person WHERE phone = $1").sql())
          .contains("'east'", "THEN ( phone OPERATOR(pg_catalog.=) CAST($1 AS pg_catalog.text))");
    }
  }

  @Test
  void neverPrintsAValue() {
    Verdict verdict =
        GATES.get("grammar").judge("SELECT 1 FROM person WHERE tel = 13900000000", schema, rights);

    assertThat(((Verdict.Allowed) verdict).lookUps().toString()).doesNotContain("139");
  }

  @Test
  void looksUpUnderEveryCondition() {
    for (SqlGate gate : GATES.values()) {
      List<LookUp> found =
          Stream.of(
                  "SELECT 1 FROM orders o JOIN person p ON p.id = o.id AND p.phone = $1",
                  "SELECT 1 FROM person p LEFT JOIN orders o ON true WHERE (id = 1 AND phone = $1)",
                  "WITH e AS (SELECT * FROM person WHERE phone = $1) SELECT 1 FROM e",
                  "SELECT 1 FROM orders o WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.tel = $1"
                      + " AND p.id = o.person_id)",
                  "INSERT INTO orders(id) SELECT id FROM person WHERE phone = $1",
                  "SELECT 1 FROM ONLY person TABLESAMPLE system (100) WHERE phone = $1")
              .flatMap(sql -> lookUps(gate, sql))
              .toList();

      assertThat(found).hasSize(6);
    }
  }

  private Stream<LookUp> lookUps(SqlGate gate, String sql) {
    return allowed(gate, sql).lookUps().stream();
  }

  private Verdict.Allowed allowed(SqlGate gate, String sql) {
    Verdict verdict = PatientGate.judge(gate, sql, schema, rights);
    assertThat(verdict).as(sql).isInstanceOf(Verdict.Allowed.class);
    return (Verdict.Allowed) verdict;
  }
}

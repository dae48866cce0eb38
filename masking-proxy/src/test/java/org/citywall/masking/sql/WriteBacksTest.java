// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.policy.MaskedForm;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mask left of a value does not get into the column again. */
class WriteBacksTest {

  private static final Map<String, SqlGate> GATES = gates();
  private static final CharacterMask ENDS = new CharacterMask.KeepFirstLast(3, 4, '*');

  private final FakeSchema schema =
      new FakeSchema()
          .table("public.person", "id integer", "name text", "phone character varying(20)")
          .table("public.orders", "id integer", "note text", "tel bigint");
  private final TestRights rights =
      new TestRights()
          .form("public.person", "phone", new MaskedForm(ENDS, IdentifierKind.MOBILE_NUMBER))
          .form("public.orders", "tel", new MaskedForm(ENDS, null));

  private static Map<String, SqlGate> gates() {
    SqlGate grammar = new SqlGate(new GrammarAnalyser());
    return PostgresLibrary.isInstalled()
        ? Map.of("grammar", grammar, "postgres", new SqlGate(PostgresLibrary.analyser()))
        : Map.of("grammar", grammar);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO person(id, phone) VALUES (1, '138****5678')",
        "INSERT INTO person VALUES (1, 'a', '13900000001'), (2, 'b', '138****5678')",
        "INSERT INTO person(phone) VALUES ('138****5678'::varchar) ON CONFLICT DO NOTHING",
        "INSERT INTO person(id) VALUES (1) ON CONFLICT (id) DO UPDATE SET phone = E'138****5678'",
        "UPDATE person SET name = '***', phone = '***********'",
        "UPDATE person SET (id, phone) = (1, $x$138****5678$x$)",
        "WITH w AS (UPDATE person SET phone = '138****5678' RETURNING id) SELECT id FROM w",
        "PREPARE p AS UPDATE person SET phone = '138****5678' WHERE id = $1",
        "EXPLAIN UPDATE person SET phone = '138****5678'",
      })
  void refusesAConstantAndNamesItsColumnAlone(String sql) {
    GATES.forEach(
        (name, gate) -> {
          Verdict verdict = PatientGate.judge(gate, sql, schema, rights);
          assertThat(verdict).as(name).isInstanceOf(Verdict.Refused.class);
          Verdict.Refused refused = (Verdict.Refused) verdict;
          assertThat(refused.code()).as(name).isEqualTo(MaskingErrorCode.MASKED_TEXT_WRITTEN);
          assertThat(refused.reason()).isEqualTo("public.person.phone");
          assertThat(sql.substring(refused.position())).contains("***");
        });
  }

  @Test
  @EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
  void refusesAConstantInAMerge() {
    for (String action :
        List.of(
            "MATCHED THEN UPDATE SET phone = '138****5678'",
            "NOT MATCHED THEN INSERT (id, phone) VALUES (1, '138****5678')",
            "NOT MATCHED THEN INSERT VALUES (1, 'a', '138****5678')")) {
      String sql = "MERGE INTO person p USING orders o ON o.id = p.id WHEN " + action;
      assertThat(PatientGate.judge(GATES.get("postgres"), sql, schema, rights))
          .as(action)
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused ->
                  assertThat(refused.code()).isEqualTo(MaskingErrorCode.MASKED_TEXT_WRITTEN));
    }
  }

  @Test
  void refusesAConstantWhereAWholeValueHasPassedInItsPlace() {
    for (String sql :
        List.of(
            "INSERT INTO person(id, phone) VALUES (1, '?')",
            "INSERT INTO person VALUES (1, 'x', '13900000001'), (2, 'x', '?')",
            "UPDATE person SET phone = '?' WHERE id = 1")) {
      GATES.forEach(
          (name, gate) -> {
            assertThat(PatientGate.judge(gate, sql.replace("?", "13900000001"), schema, rights))
                .as(name)
                .isInstanceOf(Verdict.Allowed.class);
            assertThat(PatientGate.judge(gate, sql.replace("?", "138****5678"), schema, rights))
                .as(name)
                .isInstanceOf(Verdict.Refused.class);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO person(id, phone) VALUES (1, '13900000001')",
        "INSERT INTO person VALUES (1, '138****5678', NULL)",
        "INSERT INTO orders VALUES (1, '138****5678', 1)",
        "UPDATE person SET phone = '138***' || '*5678'",
        "UPDATE person SET name = 'x' WHERE phone = '138****5678'",
        "INSERT INTO person(phone) SELECT '138****5678'",
      })
  void passesWholeValuesAndWhatIsNoPlainConstant(String sql) {
    GATES.forEach(
        (name, gate) ->
            assertThat(PatientGate.judge(gate, sql, schema, rights))
                .as(name)
                .isInstanceOf(Verdict.Allowed.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO person VALUES ($1, $2, $3)               | 3",
        "INSERT INTO person(phone) VALUES ($1::varchar), ($2)  | 1 2",
        "UPDATE person SET phone = CAST($2 AS text)            | 2",
        "UPDATE person SET phone = $1::int, name = $2          | ''",
        "UPDATE orders SET tel = $1                            | ''",
      })
  void namesParametersThatHaveToBeCheckedWhenTheyAreBound(String sql, String numbers) {
    GATES.forEach(
        (name, gate) ->
            assertThat(((Verdict.Allowed) PatientGate.judge(gate, sql, schema, rights)).written())
                .as(name)
                .extracting(one -> ((WrittenText.Parameter) one).number())
                .map(String::valueOf)
                .containsExactlyInAnyOrder(
                    numbers.isEmpty() ? new String[0] : numbers.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "COPY person FROM STDIN                                                  | 2 | TEXT | ~\t~ | ~\\N~ | false",
        "COPY person(phone, id) FROM STDIN WITH (FORMAT csv, HEADER, NULL '-')   | 0 | CSV | , | - | true",
        "COPY person(id, phone) FROM STDIN (FORMAT 'csv', DELIMITER ';', HEADER off) | 1 | CSV | ; | ~~ | false",
        "COPY person(id, phone) FROM STDIN WITH (FORMAT binary)                  | 1 | BINARY | ~\t~ | ~\\N~ | false",
        "~COPY person(id, phone) FROM STDIN WITH DELIMITER AS '|' NULL AS 'x'~     | 1 | TEXT | ~|~ | x | false",
        "COPY person(id, phone) FROM STDIN CSV HEADER QUOTE '`'                  | 1 | CSV | , | ~~ | true",
        "COPY person(id, phone) FROM STDIN WITH (DELIMITER E'\\t')               | 1 | TEXT | ~\t~ | ~\\N~ | false",
      })
  void namesTheFieldsOfACopyThatHaveToBeChecked(
      String sql, int place, CopyFormat.Kind kind, String delimiter, String none, boolean header) {
    GATES.forEach(
        (name, gate) -> {
          Verdict verdict = PatientGate.judge(gate, sql, schema, rights);
          if (verdict instanceof Verdict.Refused refused) {
            // the grammar without PostgreSQL's library knows fewer writings
            assertThat(name).as(refused.reason()).isEqualTo("grammar");
            return;
          }
          WrittenText.Copied copied =
              (WrittenText.Copied) ((Verdict.Allowed) verdict).written().getFirst();
          assertThat(copied.columns()).as(name).containsOnlyKeys(place);
          assertThat(copied.format().kind()).isEqualTo(kind);
          assertThat(copied.format().delimiter()).isEqualTo(delimiter.charAt(0));
          assertThat(copied.format().nullText()).isEqualTo(none == null ? "" : none);
          assertThat(copied.format().header()).isEqualTo(header);
        });
  }
}

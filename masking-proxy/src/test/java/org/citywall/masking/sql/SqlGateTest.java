// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
class SqlGateTest {

  private final FakeSchema schema =
      new FakeSchema()
          .table("public.person", "id integer", "phone text", "dept text")
          .table("public.orders", "id integer", "person_id integer");
  private final TestRights rights =
      new TestRights()
          .know("public.orders")
          .treat("public.person", "phone", new Treatment.Hidden("above clearance"));
  private final SqlGate gate = new SqlGate(PostgresLibrary.analyser());

  @Test
  void readsADerivedTableInThePlaceOfAProtectedOne() {
    assertThat(allowed("SELECT p.phone FROM person p WHERE p.id = $1").sql())
        .isEqualTo(
            "SELECT p.phone FROM (SELECT \"id\", CAST(NULL AS text) AS \"phone\", \"dept\" FROM"
                + " \"public\".\"person\")  p WHERE p.id = $1");
  }

  @Test
  void writesThroughNoViewOfWhatIsSeenByAGrantAlone() {
    schema.view("public.v", "SELECT id, phone FROM public.person", "id integer", "phone text");
    rights.treat("public.person", "phone", new Treatment.Granted(List.of()));

    assertThat(gate.judge("SELECT phone FROM v", schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Allowed.class, verdict -> assertThat(verdict.masked()).isFalse());
    assertThat(gate.judge("UPDATE v SET phone = 'x' WHERE id = 1", schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            verdict -> assertThat(verdict.code()).isEqualTo(MaskingErrorCode.WRITE_REFUSED));
  }

  @Test
  void givesTheOtherTablesTheirSchemaAndLeavesTheRestAlone() {
    assertThat(allowed("SELECT/* of */ * FROM orders AS \"O\" -- all").sql())
        .isEqualTo("SELECT/* of */ * FROM \"public\".\"orders\" AS \"O\" -- all");
  }

  @Test
  void tellsWhichColumnsOfWhichTablesAreUsed() {
    Verdict.Allowed verdict = allowed("SELECT dept, person_id FROM person, orders");

    assertThat(verdict.tables())
        .containsExactlyInAnyOrder(
            new TableName("public", "person"), new TableName("public", "orders"));
    assertThat(verdict.uses())
        .extracting(ColumnUse::column)
        .containsExactlyInAnyOrder("dept", "person_id");
    assertThat(verdict.masked()).isTrue();
    assertThat(verdict.kind()).isEqualTo(StatementKind.SELECT);
  }

  @Test
  void countsEveryColumnOfAStarAsUsed() {
    assertThat(allowed("SELECT * FROM person").uses())
        .extracting(ColumnUse::column)
        .containsExactly("id", "phone", "dept");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STATEMENT_UNREADABLE   | 9  | SELECT ( FROM orders",
        "STATEMENT_UNREADABLE   | 7  | SELECT 'orders",
        "FUNCTION_REFUSED       | 7  | SELECT pg_read_file('x')",
        "RELATION_UNKNOWN       | 14 | SELECT * FROM nothing",
        "STATEMENT_KIND_REFUSED | 0  | DROP TABLE orders",
        "SETTING_REFUSED        | 0  | SET role TO postgres",
        "WRITE_REFUSED          | 7  | UPDATE person SET phone = 'x'",
      })
  void refusesWithCodeAndPosition(MaskingErrorCode code, int position, String sql) {
    assertThat(gate.judge(sql, schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.position()).isEqualTo(position);
            });
  }

  @Test
  void countsPositionsInCharactersWhateverTheirBytes() {
    assertThat(gate.judge("SELECT '某𠮷' FROM nothing", schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.position()).isEqualTo(18));
  }

  @Test
  void neverRepeatsAValueInAReason() {
    assertThat(gate.judge("SELECT '13847195678' FROM nothing", schema, rights).toString())
        .doesNotContain("13847195678");
  }

  @Test
  void refusesATableThatTheAnalyserMissed() {
    SqlGate blind = new SqlGate(new Blind());

    assertThat(blind.judge("SELECT phone FROM person", schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(MaskingErrorCode.NAME_UNACCOUNTED);
              assertThat(refused.position()).isEqualTo(18);
            });
  }

  @Test
  void judgesAnewAfterTheSchemaOrTheRightsChanged() {
    String sql = "SELECT dept FROM person";
    assertThat(allowed(sql).masked()).isTrue();

    schema.table("public.person", "id integer", "dept text");

    assertThat(allowed(sql).masked()).isFalse();
    assertThat(gate.judge(sql, schema, new TestRights()))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused ->
                assertThat(refused.code()).isEqualTo(MaskingErrorCode.RELATION_UNCATALOGUED));
  }

  @Test
  void lastsOverParserBombs() {
    for (String bomb :
        List.of(
            "SELECT " + "(".repeat(100_000),
            "SELECT 1" + "+1".repeat(100_000),
            "SELECT " + "NOT ".repeat(100_000) + "true",
            "SELECT 1" + " UNION SELECT 1, 2".repeat(40_000),
            "SELECT " + "a[".repeat(20_000),
            "SELECT " + "CASE WHEN true THEN ".repeat(20_000),
            "SELECT 1" + "::int".repeat(60_000),
            "SELECT * FROM orders" + " CROSS JOIN orders".repeat(30_000))) {
      assertThat(gate.judge(bomb, schema, rights))
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused ->
                  assertThat(refused.code()).isEqualTo(MaskingErrorCode.STATEMENT_TOO_LARGE));
    }
  }

  @Test
  void readsTheDeepestStatementsWithinTheLimits() {
    for (String deep :
        List.of(
            "SELECT " + "(".repeat(199) + "1" + ")".repeat(199),
            "SELECT 1" + "+1".repeat(2_400),
            "SELECT " + "NOT ".repeat(4_900) + "true",
            "SELECT 1" + " UNION SELECT 1".repeat(1_600),
            "SELECT 1" + "::int".repeat(2_400))) {
      assertThat(gate.judge(deep, schema, rights)).isInstanceOf(Verdict.Allowed.class);
    }
  }

  @Test
  void refusesWhatItCannotJudge() {
    SqlGate broken =
        new SqlGate(
            new Blind() {
              @Override
              public List<StatementFacts> analyse(String sql) {
                throw new IllegalStateException(sql);
              }
            });

    assertThat(broken.judge("SELECT '13847195678'", schema, rights))
        .isEqualTo(
            new Verdict.Refused(
                MaskingErrorCode.ANALYSER_FAILED, "java.lang.IllegalStateException", -1));
  }

  @Test
  void asksAgainWhetherAColumnIsShownOnlyWhereItWasNotOrSomethingChanged() {
    schema.view("public.v", "SELECT id FROM public.orders", "id integer");
    Relation view = schema.relation(null, "v").orElseThrow();
    CountingAnalyser analyser = new CountingAnalyser(PostgresLibrary.analyser());
    SqlGate asked = new SqlGate(analyser);
    assertThat(asked.shows(view, "id", schema, rights)).isTrue();
    assertThat(asked.shows(view, "id", schema, rights)).isTrue();
    assertThat(analyser.count()).isEqualTo(1);

    rights.treat("public.orders", "id", new Treatment.Hidden("above clearance"));

    assertThat(asked.shows(view, "id", schema, rights)).isFalse();
    assertThat(asked.shows(view, "id", schema, rights)).isFalse();
    assertThat(analyser.count()).isEqualTo(3);
  }

  @Test
  void judgesAlikeOnManyThreads() {
    List<String> statements =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "SELECT p.phone, o.id FROM person p, orders o WHERE o.id = " + i)
            .toList();

    assertThat(statements.parallelStream().map(this::allowed).map(Verdict.Allowed::sql))
        .containsExactlyElementsOf(
            statements.stream()
                .map(
                    sql ->
                        sql.replace(
                                "person p",
                                "(SELECT \"id\", CAST(NULL AS text) AS \"phone\", \"dept\" FROM"
                                    + " \"public\".\"person\")  p")
                            .replace("orders o", "\"public\".\"orders\" o"))
                .toList());
  }

  @Test
  void readsNoStatementThatDiffersInAConstantAlone() {
    CountingAnalyser analyser = new CountingAnalyser(PostgresLibrary.analyser());
    SqlGate known = new SqlGate(analyser);
    known.judge("SELECT id FROM orders WHERE person_id = 1 AND id IN (2, 3)", schema, rights);

    assertThat(
            known.judge(
                "SELECT id FROM orders WHERE person_id = 77 AND id IN (4, 5)", schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Allowed.class,
            verdict ->
                assertThat(verdict.sql())
                    .isEqualTo(
                        "SELECT id FROM \"public\".\"orders\" WHERE person_id = 77 AND id IN"
                            + " (4, 5)"));
    assertThat(known.known("SELECT id FROM orders WHERE person_id = 8", schema, rights)).isEmpty();
    assertThat(analyser.count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SELECT dept FROM person WHERE id = 1         | SELECT dept FROM person WHERE id = 2",
        "UPDATE person SET dept = 'x' WHERE id = 1    | UPDATE person SET dept = 'x' WHERE id = 2",
        "EXPLAIN SELECT id FROM orders WHERE id = 1   | EXPLAIN SELECT id FROM orders WHERE id = 2",
        "PREPARE p AS SELECT id FROM orders WHERE id = 1"
            + "| PREPARE p AS SELECT id FROM orders WHERE id = 2",
        "SELECT id FROM orders WHERE id = 1; SELECT 5 | SELECT id FROM orders WHERE id = 2; SELECT 5",
        "SELECT id FROM orders WHERE id = 1           | SELECT id FROM orders WHERE id = '1'",
        "SELECT id FROM orders WHERE id = 1           | SELECT id FROM orders WHERE id = 0",
      })
  void readsWhatMayMeanSomethingElse(String first, String second) {
    CountingAnalyser analyser = new CountingAnalyser(PostgresLibrary.analyser());
    SqlGate known = new SqlGate(analyser);
    known.judge(first, schema, rights);

    known.judge(second, schema, rights);

    assertThat(analyser.count()).isEqualTo(2);
  }

  @Test
  void forgetsWhatItKnowsOfAShapeWithTheSchemaAndTheRights() {
    String statement = "SELECT id FROM orders WHERE person_id = ";
    gate.judge(statement + 1, schema, rights);
    assertThat(gate.known(statement + 2, schema, rights)).isPresent();

    rights.treat("public.orders", "person_id", new Treatment.Hidden("above clearance"));
    assertThat(gate.known(statement + 2, schema, rights)).isEmpty();
    assertThat(gate.judge(statement + 2, schema, rights))
        .isInstanceOfSatisfying(
            Verdict.Allowed.class, verdict -> assertThat(verdict.masked()).isTrue());
    schema.table("public.bills", "id integer");
    assertThat(gate.known(statement + 2, schema, rights)).isEmpty();
  }

  private Verdict.Allowed allowed(String sql) {
    return (Verdict.Allowed) gate.judge(sql, schema, rights);
  }

  /** An analyser that sees no table anywhere. */
  private static class Blind implements StatementAnalyser {

    @Override
    public StatementLimits limits() {
      return StatementLimits.USUAL;
    }

    @Override
    public List<StatementFacts> analyse(String sql) {
      return List.of(
          new StatementFacts(
              StatementKind.SELECT,
              StatementKind.SELECT,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              Set.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of()));
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a catalogue keeps from a person, in statements. */
class RowFilterTest {

  private static final StatementAnalyser GRAMMAR = new GrammarAnalyser();
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final String ROWS =
      """
      scheme: zhejiang-4
      tables:
        - name: public.case_file
          rows:
            - {column: unit, equals: person.department, unless: {departments: [HQ]}}
            - {column: state, in: [open, "it's"]}
          columns:
            id: {level: 1}
            unit: {level: 1}
            state: {level: 1}
            clerk: {level: 1}
      """;

  private final FakeSchema schema =
      new FakeSchema()
          .table("public.case_file", "id integer", "unit text", "state text", "clerk text")
          .table("citywall.usage", "key text", "used bigint");
  private final SqlGate gate = new SqlGate(PostgresLibrary.analyser());

  private static Catalogue catalogue(String yaml) {
    return Catalogue.parse(
        "catalogue.yaml",
        yaml,
        new SecretReferences(Path.of("catalogue.yaml"), Map.of(), Optional.empty()));
  }

  private static Catalogue withSql(String condition) {
    return catalogue(
        ROWS.replace(
            "{column: state, in: [open, \"it's\"]}",
            "{sql: '" + condition.replace("'", "''") + "'}"));
  }

  private static Person clerk(String name, @Nullable String department) {
    return new Person(name, 4, department, null, Set.of(), null);
  }

  private String rewritten(String yaml, Person person, String sql) {
    Policy policy = new Policy(catalogue(yaml), UnknownTable.DENY);
    return switch (gate.judge(sql, schema, policy.rights(person, NOW))) {
      case Verdict.Allowed allowed -> allowed.sql();
      case Verdict.Refused refused -> refused.code().id() + " " + refused.reason();
    };
  }

  @Test
  void showsRowsOfThePersonsDepartmentInOneOfTheStates() {
    assertThat(rewritten(ROWS, clerk("ana", "o'east"), "SELECT id FROM case_file"))
        .contains(
            "FROM \"public\".\"case_file\" WHERE"
                + " (( \"unit\" = 'o''east' ) AND ( \"state\" IN ( 'open' , 'it''s' ) )) OFFSET 0");
  }

  @Test
  void showsNoRowToWhoHasNoDepartment() {
    assertThat(rewritten(ROWS, clerk("ana", null), "SELECT id FROM case_file"))
        .contains("WHERE (( false ) AND");
  }

  @Test
  void bindsNobodyWhoMeetsTheException() {
    assertThat(rewritten(ROWS, clerk("ana", "HQ"), "SELECT id FROM case_file"))
        .contains("WHERE (( \"state\" IN")
        .doesNotContain("\"unit\" =");
  }

  @Test
  void showsEachClerkTheirOwnCasesWhereTheCatalogueSaysSo() {
    String yaml = ROWS.replace("equals: person.department", "equals: person.name");

    assertThat(rewritten(yaml, clerk("ana", "HQ2"), "SELECT id FROM case_file"))
        .contains("\"unit\" = 'ana'");
    assertThat(rewritten(yaml, clerk("bo", "HQ2"), "SELECT id FROM case_file"))
        .contains("\"unit\" = 'bo'");
  }

  @Test
  void asksThePersonAndTheApplicationTheyComeThrough() {
    Policy policy = new Policy(catalogue(ROWS), UnknownTable.DENY);
    Person portal = clerk("portal", null);
    Person narrow = clerk("narrow", "west");

    assertThat(filter(policy, clerk("ana", "east"), portal)).contains("'east'");
    assertThat(filter(policy, clerk("ana", "east"), narrow)).contains("'east'", "'west'");
    assertThat(filter(policy, clerk("ana", null), portal)).contains("(false)");
  }

  private static String filter(Policy policy, Person person, Person application) {
    return policy
        .rights(new StatementContext(person, null, null, application), NOW)
        .rowFilter(new TableName("public", "case_file"))
        .orElseThrow();
  }

  @Test
  void refusesToWriteRowsByACursorOrPastTheFilter() {
    Person ana = clerk("ana", "east");

    assertThat(rewritten(ROWS, ana, "DELETE FROM case_file WHERE CURRENT OF c"))
        .startsWith("MSK-0028");
    assertThat(rewritten(ROWS, ana, "UPDATE case_file SET unit = 'west'")).startsWith("MSK-0028");
    assertThat(rewritten(ROWS, ana, "INSERT INTO case_file(id) VALUES (1)")).startsWith("MSK-0028");
  }

  @Test
  void keepsEverybodyOffTheCountsOfGrants() {
    Policy open = new Policy(catalogue(ROWS), UnknownTable.OBSERVE);
    for (String sql :
        List.of(
            "SELECT * FROM citywall.usage",
            "UPDATE citywall.usage SET used = 0",
            "TABLE citywall.usage",
            "SELECT citywall.take_usage('x', 1, 1, 1, now())")) {
      assertThat(gate.judge(sql, schema, open.rights(clerk("ana", "HQ"), NOW)))
          .as(sql)
          .isInstanceOf(Verdict.Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unit = 'a'; DELETE FROM case_file",
        "true) OR (true",
        "unit = (SELECT 'a')",
        "id IN (TABLE other)",
        "other.x = 1",
        "case_file.unit = 'x'",
        "nowhere = 1",
        "pg_read_file('x') = ''",
        "unit = $1",
        "public.own(unit)",
        "unit = 'a",
        "(case_file).unit = 'a'",
        "case_file IS NULL",
        "-- nothing",
      })
  void refusesWhatIsNoConditionOverTheTablesOwnColumns(String condition) {
    for (StatementAnalyser analyser : List.of(PostgresLibrary.analyser(), GRAMMAR)) {
      assertThatExceptionOfType(PlatformException.class)
          .as(condition)
          .isThrownBy(() -> RowFilterCheck.check(() -> analyser, withSql(condition)))
          .withMessageContaining("MSK-0033 catalogue.yaml:6: tables[0].rows[1].sql")
          .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.ROW_FILTER_INVALID));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unit = 'a' -- of ours",
        "id BETWEEN 1 AND 5 OR \"state\" IS NULL",
        "lower(unit) LIKE 'a%' AND id::text <> ''",
        "unit IN ('a', U&'\\0041', $q$x$q$)",
      })
  void readsConditionsOverTheTablesOwnColumns(String condition) {
    for (StatementAnalyser analyser : List.of(PostgresLibrary.analyser(), GRAMMAR)) {
      assertThatCode(() -> RowFilterCheck.check(() -> analyser, withSql(condition)))
          .as(condition)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{column: nowhere, equals: a}",
        "{column: unit}",
        "{equals: a}",
        "{column: unit, equals: a, in: [b]}",
        "{column: unit, sql: 'true'}",
        "{column: unit, equals: person.clearance}",
        "{column: unit, in: []}",
        "{column: unit, equals: a, unless: {}}",
      })
  void refusesRulesWithoutSense(String rule) {
    String yaml = ROWS.replace("{column: state, in: [open, \"it's\"]}", rule);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> catalogue(yaml))
        .withMessageContaining("catalogue.yaml:6: tables[0].rows[1]");
  }
}

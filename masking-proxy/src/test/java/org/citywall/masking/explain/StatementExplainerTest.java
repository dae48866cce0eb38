// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.grant.Grants;
import org.citywall.masking.policy.Granting;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.Reason;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementExplainerTest {

  private static final String KEY = "a key of sixteen bytes";

  private static final Catalogue CATALOGUE =
      Catalogue.parse(
          "city.yaml",
          """
          scheme: zhejiang-4
          defaults:
            personal.phone: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}
            personal.id: {mask: {type: KEYED_HASH, key: "${env:KEY}"}}
          tables:
            - name: public.person
              columns:
                id: {level: 1}
                phone: {level: 3, category: personal.phone}
                income: {level: 3}
            - name: public.visit
              columns:
                day: {level: 1}
                id_card: {level: 4, category: personal.id}
            - name: public.street
              columns: {name: {level: 1}}
            - name: archive.person
              columns: {phone: {level: 1}}
          """,
          new SecretReferences(Path.of("city.yaml"), Map.of("KEY", KEY), Optional.empty()));

  private Optional<StatementAnalyser> analyser = Optional.empty();

  @BeforeEach
  void find() {
    analyser = PostgresAnalyser.installed();
    assumeThat(analyser).as("the library of libpg-query1504.0").isPresent();
  }

  @Test
  void tellsWhatIsMaskedAndWhy() {
    Explanation explanation = explain("SELECT id, phone, income FROM person", 2);

    assertThat(explanation.decision()).isEqualTo(Explanation.Decision.MASK);
    assertThat(explanation.reason()).isEqualTo("phone: above clearance, income: above clearance");
    assertThat(explanation.rewritten()).contains("CAST(NULL AS text) AS \"income\"");
    assertThat(explanation.tables()).containsExactly(new TableName("public", "person"));
    assertThat(explanation.columns())
        .extracting(
            Explanation.Column::name,
            column -> column.decision().level(),
            column -> column.decision().treatment().getClass(),
            column -> column.decision().reason())
        .containsExactlyInAnyOrder(
            tuple("id", 1, Treatment.Plain.class, Reason.WITHIN_CLEARANCE),
            tuple("phone", 3, Treatment.Masked.class, Reason.ABOVE_CLEARANCE),
            tuple("income", 3, Treatment.Hidden.class, Reason.ABOVE_CLEARANCE));
  }

  @Test
  void tellsWhatIsLookedUpAndCounted() {
    Grants grants =
        Grants.parse(
            "grants.yaml",
            """
            grants:
              - id: G-1
                person: ana
                columns: [public.person.phone]
                kind: look-up
                look-ups: {values: 50, period: PT24H}
                valid-from: 2020-01-01T00:00:00+08:00
                valid-until: 2099-01-01T00:00:00+08:00
                approver: lin
                reason: counter
            """,
            CATALOGUE);
    StatementContext ana = StatementContext.of(new Person("ana", 1, null, null, Set.of(), null));
    Instant now = Instant.parse("2026-11-24T02:00:00Z");
    PersonRights rights =
        new Policy(CATALOGUE, UnknownTable.DENY)
            .rights(
                ana,
                now,
                new Granting(
                    grants.holding(ana, now),
                    grants.version(),
                    limited -> {
                      throw new IllegalStateException("nothing runs");
                    }));

    Explanation explanation =
        new StatementExplainer(new SqlGate(analyser.orElseThrow()), SchemaSource.of(CATALOGUE))
            .explain("SELECT id FROM person WHERE phone IN ('13800000000', $2)", rights);

    assertThat(explanation.lookUps())
        .extracting(
            Explanation.LookUp::operand, one -> one.right().column(), one -> one.right().grant())
        .containsExactly(tuple("constant", "phone", "G-1"), tuple("$2", "phone", "G-1"));
    assertThat(explain("SELECT id FROM person WHERE phone = '1'", 2).lookUps()).isEmpty();
  }

  @Test
  void saysThatATableIsMaskedOfWhichNothingMaskedIsRead() {
    Explanation explanation = explain("SELECT id FROM person", 2);

    assertThat(explanation.decision()).isEqualTo(Explanation.Decision.MASK);
    assertThat(explanation.reason()).contains("a table that it reads has columns above clearance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALLOW |          | SELECT name FROM street",
        "ALLOW |          | SELECT phone FROM archive.person",
        "ALLOW |          | SELECT relname FROM pg_class",
        "DENY  | MSK-0026 | SELECT * FROM nothing",
        "DENY  | MSK-0024 | SELECT pg_read_file('x')",
        "DENY  | MSK-0022 | DROP TABLE person",
        "DENY  | MSK-0021 | SELECT FROM FROM",
        "DENY  | MSK-0028 | UPDATE person SET phone = '1'",
      })
  void decidesAsTheGateDoes(Explanation.Decision decision, String code, String sql) {
    Explanation explanation = explain(sql, 2);

    assertThat(explanation.decision()).isEqualTo(decision);
    assertThat(explanation.code()).isEqualTo(code);
    assertThat(explanation.rewritten() == null).isEqualTo(decision == Explanation.Decision.DENY);
  }

  @Test
  void letsUnknownTablesPassUnderObserveAndProtectsTheOthers() {
    Person person = new Person("ana", 2, null, null, Set.of(), null);
    PersonRights observing =
        new Policy(CATALOGUE, UnknownTable.OBSERVE).rights(person, Instant.EPOCH);
    StatementExplainer explainer =
        new StatementExplainer(new SqlGate(analyser.orElseThrow()), SchemaSource.of(CATALOGUE));

    assertThat(explainer.explain("SELECT 1 FROM nothing", observing).decision())
        .isEqualTo(Explanation.Decision.ALLOW);
    assertThat(explainer.explain("SELECT phone FROM nothing, person", observing).decision())
        .isEqualTo(Explanation.Decision.MASK);
  }

  @Test
  void masksNothingForWhomIsClearedForAll() {
    assertThat(explain("SELECT * FROM person, visit", 4).decision())
        .isEqualTo(Explanation.Decision.ALLOW);
  }

  @Test
  void keepsTheKeyOfAHashToItself() {
    Explanation explanation = explain("SELECT day FROM visit", 2);

    assertThat(explanation.rewritten())
        .contains("sha256(decode('***', 'hex')")
        .doesNotContainPattern("[0-9a-f]{32}");
  }

  private Explanation explain(String sql, int clearance) {
    Person person = new Person("ana", clearance, null, null, Set.of(), null);
    return new StatementExplainer(new SqlGate(analyser.orElseThrow()), SchemaSource.of(CATALOGUE))
        .explain(sql, new Policy(CATALOGUE, UnknownTable.DENY).rights(person, Instant.EPOCH));
  }
}

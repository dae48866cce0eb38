// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.sql.facts.Equality;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.Grouping;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Write;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two grammars see the same tables, writes and functions in what both read. */
@EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
class AnalysersAgreeTest {

  private static final List<String> VALUES = List.of("13847195678", "13947206789");

  private static final List<String> CONDITIONS =
      List.of(
          "SELECT 1 FROM person WHERE phone = 'x'",
          "SELECT 1 FROM person p WHERE (p.phone = 'x' AND (id = 5 AND 'y' = name)) AND dept = $1",
          "SELECT 1 FROM person WHERE phone IN ('x', $1, $2::text) AND NOT id = 1",
          "SELECT 1 FROM person WHERE phone = CAST('x' AS varchar(11)) AND name = text 'y'",
          "SELECT 1 FROM person WHERE (phone) = ('x') AND id = 0 AND salary = -5 AND id = 1.5",
          "SELECT 1 FROM person WHERE phone = 'x' OR id = 1",
          "SELECT 1 FROM person WHERE phone = 'x' IS TRUE AND name = 'y' || 'z' AND 'z' || id = 'q'",
          "SELECT 1 FROM person WHERE phone = 'x' COLLATE \"C\" AND phone <> 'y' AND phone LIKE 'z'",
          "SELECT 1 FROM person WHERE lower(phone) = 'x' AND phone = lower('x') AND phone = name",
          "SELECT 1 FROM person WHERE id BETWEEN 1 AND 2 AND phone = 'x'",
          "SELECT 1 FROM person WHERE CASE WHEN phone = 'x' THEN true END AND phone = NULL",
          "SELECT 1 FROM person p JOIN orders o ON o.person_id = p.id AND p.phone = 'x'",
          "SELECT 1 FROM person p LEFT JOIN orders o ON o.contact_phone = 'x' WHERE p.phone = 'x'",
          "SELECT 1 FROM orders o LEFT JOIN person p ON true WHERE p.phone = 'x'",
          "SELECT 1 FROM orders o RIGHT JOIN person p ON true WHERE p.phone = 'x'",
          "SELECT 1 FROM orders o CROSS JOIN person p FULL JOIN visit v ON true WHERE p.phone = 'x'",
          "SELECT 1 FROM a CROSS JOIN b NATURAL JOIN c, ONLY d, e TABLESAMPLE system (1) WHERE x = 'x'",
          "SELECT 1 FROM a LEFT JOIN (b JOIN c ON b.x = 'x') ON true, (d JOIN e ON d.y = 'y')",
          "SELECT 1 FROM (a JOIN b USING (x)) AS j, c AS k(m, n) WHERE y = 'y' AND k.m = 'm'",
          "SELECT 1 FROM person, LATERAL (SELECT 1 WHERE name = 'x') q WHERE phone = 'x'",
          "WITH person AS (SELECT * FROM public.person WHERE phone = 'x') SELECT 1 FROM person"
              + " WHERE phone = 'y'",
          "SELECT 1 FROM orders WHERE EXISTS (SELECT 1 FROM person WHERE phone = 'x') GROUP BY id"
              + " HAVING id = 5",
          "SELECT 1 FROM person WHERE phone = 'x' UNION SELECT 1 FROM orders WHERE id = 7",
          "UPDATE person p SET dept = 'x' FROM orders o WHERE p.phone = 'x' AND o.id = 1",
          "DELETE FROM person USING orders WHERE phone = 'x'",
          "INSERT INTO person_copy SELECT * FROM person WHERE phone = 'x'",
          "SELECT 1 FROM person WHERE public.person.phone = 'x' AND demo.public.person.name = 'y'",
          "SELECT 1 FROM person WHERE phone = E'x' AND name = $$y$$ AND dept = B'1'");

  /** Each writes two constants or parameters. */
  private static final List<String> WRITTEN =
      List.of(
          "INSERT INTO person_copy(id, phone) VALUES (1, 'x')",
          "INSERT INTO person_copy VALUES (1, 'x'::text)",
          "INSERT INTO person_copy(phone, name) VALUES (upper('x'), $1), (CAST($2 AS text), NULL)",
          "INSERT INTO person_copy(phone, arr[1]) VALUES (('x'), NULL) ON CONFLICT (id) DO UPDATE"
              + " SET phone = $1",
          "UPDATE person_copy SET phone = 'x', name = name || 'y', id = 5",
          "UPDATE person_copy SET (phone, name, id) = ($1, 'x', NULL)",
          "UPDATE person_copy SET (phone, name) = ROW('x', $$y$$) WHERE id = 1",
          "WITH w AS (INSERT INTO person_copy(phone) SELECT 'z') UPDATE orders SET a = 'x', b = $2");

  private final StatementAnalyser postgres = PostgresLibrary.analyser();
  private final StatementAnalyser grammar = new GrammarAnalyser();

  @Test
  void onTheCorpora() throws IOException {
    int compared = 0;
    List<CorpusCase> cases =
        new ArrayList<>(CorpusCase.read(DemoDatabase.resource("bypass-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("more-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("hostile-corpus.sql")));
    for (CorpusCase one : cases) {
      for (String step : one.steps()) {
        compared += compare(step) ? 1 : 0;
      }
    }
    assertThat(compared).isGreaterThan(300);
  }

  @RandomizedTest(iterations = 5)
  void onRandomStatements(RandomGenerator random) {
    int compared = 0;
    for (int i = 0; i < 30; i++) {
      for (String step : new RandomSql(random, VALUES).steps()) {
        compared += compare(step) ? 1 : 0;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void onConditionsThatColumnsEqualConstants() {
    int found = 0;
    for (String sql : CONDITIONS) {
      assertThat(compare(sql)).as(sql).isTrue();
      found += equalities(postgres.analyse(sql)).size();
    }
    assertThat(found).isGreaterThan(CONDITIONS.size() / 2);
  }

  @Test
  void onWhatIsWrittenAsItStands() {
    for (String sql : WRITTEN) {
      assertThat(compare(sql)).as(sql).isTrue();
      assertThat(postgres.analyse(sql).getFirst().writes())
          .flatExtracting(Write::assignments)
          .as(sql)
          .hasSize(2);
    }
  }

  /** Whether both read the statement. */
  private boolean compare(String sql) {
    Optional<List<StatementFacts>> ours = facts(postgres, sql);
    Optional<List<StatementFacts>> theirs = facts(grammar, sql);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return false;
    }
    assertThat(tables(theirs.get())).as(sql).isEqualTo(tables(ours.get()));
    assertThat(writes(theirs.get())).as(sql).isEqualTo(writes(ours.get()));
    assertThat(equalities(theirs.get())).as(sql).isEqualTo(equalities(ours.get()));
    assertThat(groupings(ours.get())).as(sql).containsAll(groupings(theirs.get()));
    assertThat(calls(theirs.get(), sql)).as(sql).containsAll(calls(ours.get(), sql));
    return true;
  }

  private static Optional<List<StatementFacts>> facts(StatementAnalyser analyser, String sql) {
    try {
      analyser.limits().read(sql);
      return Optional.of(analyser.analyse(sql));
    } catch (StatementRefused refused) {
      return Optional.empty();
    }
  }

  private static Set<TableReference> tables(List<StatementFacts> statements) {
    return statements.stream().flatMap(one -> one.tables().stream()).collect(Collectors.toSet());
  }

  private static Set<Grouping> groupings(List<StatementFacts> statements) {
    return statements.stream().flatMap(one -> one.groupings().stream()).collect(Collectors.toSet());
  }

  private static Set<Equality> equalities(List<StatementFacts> statements) {
    return statements.stream()
        .flatMap(one -> one.equalities().stream())
        .collect(Collectors.toSet());
  }

  private static Set<List<Object>> writes(List<StatementFacts> statements) {
    return statements.stream()
        .flatMap(one -> one.writes().stream())
        .map(
            write ->
                List.<Object>of(
                    write.kind(),
                    write.target(),
                    write.columns(),
                    write.everyColumn(),
                    write.returning(),
                    Set.copyOf(write.assignments())))
        .collect(Collectors.toSet());
  }

  /** Calls that the grammar itself makes are no risk, and no two grammars name them alike. */
  private static Set<FunctionUse> calls(List<StatementFacts> statements, String sql) {
    return statements.stream()
        .flatMap(one -> one.functions().stream())
        .filter(call -> !call.syntax())
        .filter(call -> call.schema() == null || sql.startsWith(call.schema(), call.at()))
        .collect(Collectors.toSet());
  }
}

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
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two grammars see the same tables, writes and functions in what both read. */
@EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
class AnalysersAgreeTest {

  private final StatementAnalyser postgres = PostgresLibrary.analyser();
  private final StatementAnalyser grammar = new GrammarAnalyser();

  @Test
  void onTheCorpora() throws IOException {
    int compared = 0;
    List<CorpusCase> cases =
        new ArrayList<>(CorpusCase.read(DemoDatabase.resource("bypass-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("more-corpus.sql")));
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
      for (String step : new RandomSql(random).steps()) {
        compared += compare(step) ? 1 : 0;
      }
    }
    assertThat(compared).isPositive();
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
                    write.returning()))
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

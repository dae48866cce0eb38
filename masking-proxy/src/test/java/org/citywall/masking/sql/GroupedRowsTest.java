// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a GROUP BY the primary key of a table that is replaced. */
class GroupedRowsTest {

  private final FakeSchema schema =
      new FakeSchema()
          .table("public.person", "id integer", "name text", "phone text", "dept text", "file json")
          .key("public.person", "id")
          .table("public.orders", "id integer", "person_id integer", "dept text")
          .key("public.orders", "id")
          .table("public.stay", "id integer", "phone text")
          .table("public.visitor", "phone text", "name text")
          .key("public.visitor", "phone");
  private final TestRights rights =
      new TestRights()
          .know("public.orders")
          .mask("public.person", "phone", new CharacterMask.KeepFirstLast(3, 4, '*'))
          .mask("public.stay", "phone", new CharacterMask.KeepFirstLast(3, 4, '*'))
          .mask("public.visitor", "phone", new CharacterMask.KeepFirstLast(3, 4, '*'));

  private static List<SqlGate> gates() {
    List<StatementAnalyser> analysers = new ArrayList<>(List.of(new GrammarAnalyser()));
    if (PostgresLibrary.isInstalled()) {
      analysers.add(PostgresLibrary.analyser());
    }
    return analysers.stream().map(SqlGate::new).toList();
  }

  private List<String> rewritten(String sql) {
    return gates().stream()
        .map(gate -> PatientGate.judge(gate, sql, schema, rights))
        .map(verdict -> ((Verdict.Allowed) verdict).sql())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT p.phone FROM person p GROUP BY p.id | p.id, \"p\".\"phone\"",
        "SELECT phone, upper(name) FROM person GROUP BY id"
            + " | id, \"person\".\"name\", \"person\".\"phone\"",
        "SELECT phone FROM person GROUP BY dept, id | dept, id, \"person\".\"phone\"",
        "SELECT id FROM person p GROUP BY id HAVING p.phone <> 'x'"
            + " | id, \"p\".\"phone\" HAVING p.phone <> 'x'",
        "SELECT id FROM person GROUP BY id ORDER BY name | id, \"person\".\"name\" ORDER BY name",
        "SELECT p.*, count(*) FROM person p GROUP BY p.id"
            + " | p.id, \"p\".\"name\", \"p\".\"phone\", \"p\".\"dept\"",
        "SELECT p.phone, o.dept FROM person p JOIN orders o ON o.person_id = p.id GROUP BY p.id,"
            + " o.id | p.id, o.id, \"p\".\"phone\"",
        "SELECT public.person.phone FROM person GROUP BY public.person.id"
            + " | \"person\".id, \"person\".\"phone\""
      })
  void groupsByWhatTheKeyDecides(String sql, String grouped) {
    assertThat(rewritten(sql))
        .allSatisfy(
            one ->
                assertThat(one.replace("person.id", "\"person\".id"))
                    .endsWith("GROUP BY " + grouped));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT phone FROM stay GROUP BY id",
        "SELECT name FROM visitor GROUP BY phone",
        "SELECT phone FROM person GROUP BY dept",
        "SELECT p.phone FROM person p, orders o GROUP BY id",
        "SELECT p.phone FROM person p, (SELECT 1 AS one) s GROUP BY id",
        "SELECT p.phone FROM person p JOIN orders o USING (id) GROUP BY id",
        "SELECT phone FROM person GROUP BY (id)",
        "SELECT phone FROM person GROUP BY id + 1",
        "SELECT phone FROM person GROUP BY 1",
        "SELECT phone FROM person GROUP BY ROLLUP (id)",
        "SELECT file FROM person GROUP BY id",
        "SELECT dept FROM orders GROUP BY id"
      })
  void leavesAloneWhatItDoesNotDecide(String sql) {
    String grouped = sql.substring(sql.indexOf("GROUP BY"));

    assertThat(rewritten(sql)).allSatisfy(one -> assertThat(one).endsWith(grouped));
  }

  @Test
  void leavesAloneTablesWhoseRowsOthersInherit() {
    schema.inherit("public.person", "public.stay");

    assertThat(rewritten("SELECT name FROM person GROUP BY id"))
        .allSatisfy(one -> assertThat(one).endsWith("GROUP BY id"));
  }
}

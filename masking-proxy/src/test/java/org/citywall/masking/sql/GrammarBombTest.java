// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;

/** Statements that would keep ShardingSphere's grammar busy for minutes. */
class GrammarBombTest {

  private final SqlGate gate = new SqlGate(new GrammarAnalyser());
  private final FakeSchema schema = new FakeSchema().table("public.orders", "id integer");
  private final TestRights rights = new TestRights().know("public.orders");

  @Test
  void areRefusedBeforeTheGrammarSeesThem() {
    for (String bomb :
        List.of(
            "SELECT " + "(SELECT ".repeat(9) + "1" + ")".repeat(9),
            "SELECT " + "((SELECT ".repeat(6) + "1" + "))".repeat(6),
            "SELECT " + "EXISTS (SELECT * FROM (".repeat(5) + "VALUES (1)" + ") x)".repeat(5),
            "SELECT " + "(".repeat(17) + "1" + ")".repeat(17),
            "SELECT 1" + "+1".repeat(20_000))) {
      assertThat(gate.judge(bomb, schema, rights))
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused ->
                  assertThat(refused.code()).isEqualTo(MaskingErrorCode.STATEMENT_TOO_LARGE));
    }
  }

  @Test
  void leaveRoomForOrdinaryOnes() {
    String nested = "SELECT (SELECT max(id) FROM (SELECT id FROM (SELECT id FROM orders) a) b)";

    assertThat(gate.judge(nested, schema, rights)).isInstanceOf(Verdict.Allowed.class);
  }
}

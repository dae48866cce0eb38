// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.citywall.masking.MaskingErrorCode;
import org.junit.jupiter.api.Test;

class StatementLimitsTest {

  private static final StatementLimits LIMITS = new StatementLimits(1 << 20, 100_000, 40, 10, 100);

  private static String repeated(String text, int times) {
    return String.join("", Collections.nCopies(times, text));
  }

  private static void refuses(String sql) {
    assertThatThrownBy(() -> LIMITS.read(sql))
        .isInstanceOfSatisfying(
            StatementRefused.class,
            refused -> assertThat(refused.code()).isEqualTo(MaskingErrorCode.STATEMENT_TOO_LARGE));
  }

  /** The JDBC driver asks for types by a CASE of hundreds of branches. */
  @Test
  void countsTheBranchesOfACaseApart() {
    assertThat(LIMITS.read("SELECT CASE " + repeated("WHEN a = 1 THEN 2 ", 300) + "ELSE 3 END"))
        .hasSize(1805);
  }

  @Test
  void countsWhatFollowsABranch() {
    refuses("SELECT CASE WHEN a THEN b ELSE c" + repeated(" + 1", 60) + " END");
    refuses("SELECT CASE WHEN a THEN b END" + repeated(" + 1", 60));
    refuses(
        "SELECT 1" + repeated(" + 1", 45) + " + CASE WHEN 2" + repeated(" + 2", 5) + " THEN 1 END");
  }

  @Test
  void countsCasesWithinEachOther() {
    refuses("SELECT " + repeated("CASE WHEN a THEN ", 41) + "1" + repeated(" END", 41));
    refuses("SELECT " + repeated("CASE WHEN a + b + c + d THEN ", 15) + "1" + repeated(" END", 15));
  }

  @Test
  void takesAFieldNamedEndForNoEnd() {
    String chain = "a" + repeated(" + 1", 30);

    refuses("SELECT CASE WHEN " + chain + " + t.end + " + chain + " THEN 1 END");
    refuses("SELECT CASE WHEN " + chain + " + t.when + " + chain + " THEN 1 END");
  }

  @Test
  void endsTheCasesThatABracketHolds() {
    assertThat(LIMITS.read("SELECT " + repeated("(CASE WHEN a THEN b), ", 50) + "1")).isNotEmpty();
  }
}

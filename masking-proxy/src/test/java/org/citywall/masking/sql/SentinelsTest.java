// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as shown, since every corpus hangs on it. */
class SentinelsTest {

  @Test
  void findsWhatIsHiddenInEveryWriting() {
    for (String shown :
        List.of("13847195678", "x4719", "9174", "34373139", "4,7,1,9", "司马样例", "MTM4NDcxOTU2Nz")) {
      assertThat(Sentinels.in(List.of("a", shown), List.of("SELECT 1"))).as(shown).isPresent();
    }
  }

  @Test
  void digitsOfTheTimeAreNotAValue() {
    List<String> output = List.of("2026-11-28 00:05:11.917406+00");

    assertThat(Sentinels.in(output, List.of("SELECT now()"))).isEmpty();
    assertThat(Sentinels.in(List.of("1970-01-01 00:00:00.917406"), List.of("SELECT 1")))
        .isPresent();
  }

  @Test
  void processesAndPortsAreNotAValueWhereAStatementAsksForThem() {
    List<String> output = List.of("[16384, demo, 4719, 127.0.0.1, null, 44719]");

    assertThat(Sentinels.in(output, List.of("SELECT * FROM pg_stat_activity"))).isEmpty();
    assertThat(Sentinels.in(output, List.of("SELECT * FROM person"))).isPresent();
    assertThat(
            Sentinels.in(
                List.of("phone = '13847195678'"), List.of("SELECT query FROM pg_stat_activity")))
        .isPresent();
  }

  @Test
  void whatAStatementNamesShowsNothing() {
    assertThat(Sentinels.in(List.of("'13847195678'"), List.of("SELECT '13847195678'"))).isEmpty();
  }
}

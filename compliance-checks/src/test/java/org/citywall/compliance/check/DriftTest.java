// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.citywall.compliance.check.Drift.Outcome;
import org.citywall.compliance.check.Drift.Subject;
import org.citywall.compliance.check.Drift.Way;
import org.citywall.compliance.score.Result;
import org.junit.jupiter.api.Test;

class DriftTest {

  private static final Subject ONE = new Subject("host", "a.b");

  private static Outcome outcome(Result result) {
    return new Outcome(result, 1, result == Result.CONFORM || result == Result.NOT_APPLICABLE);
  }

  private static Way way(Outcome before, Outcome after) {
    return Drift.between(Map.of(ONE, before), Map.of(ONE, after)).getFirst().way();
  }

  @Test
  void whatCannotBeToldAnyMoreIsWorse() {
    assertThat(way(outcome(Result.CONFORM), outcome(Result.ERROR))).isEqualTo(Way.WORSE);
    assertThat(way(outcome(Result.CONFORM), outcome(Result.PARTIAL))).isEqualTo(Way.WORSE);
    assertThat(way(outcome(Result.PARTIAL), outcome(Result.NONCONFORM))).isEqualTo(Way.WORSE);
    assertThat(way(outcome(Result.NONCONFORM), outcome(Result.CONFORM))).isEqualTo(Way.BETTER);
    assertThat(way(outcome(Result.NONCONFORM), outcome(Result.ERROR))).isEqualTo(Way.OTHERWISE);
    assertThat(way(outcome(Result.CONFORM), outcome(Result.NOT_APPLICABLE)))
        .isEqualTo(Way.OTHERWISE);
  }

  @Test
  void theEndOfAWaiverIsWorse() {
    assertThat(
            way(new Outcome(Result.NONCONFORM, 1, true), new Outcome(Result.NONCONFORM, 1, false)))
        .isEqualTo(Way.WORSE);
  }

  @Test
  void whatStaysIsLeftOutAndWhatComesAndGoesIsTold() {
    Subject two = new Subject("host", "c.d");
    Subject three = new Subject("host", "e.f");
    Map<Subject, Outcome> before =
        Map.of(ONE, outcome(Result.CONFORM), two, outcome(Result.CONFORM));
    Map<Subject, Outcome> after =
        Map.of(ONE, outcome(Result.CONFORM), three, outcome(Result.CONFORM));

    assertThat(Drift.between(before, after))
        .extracting(Drift.Change::subject, Drift.Change::way)
        .containsExactly(tuple(two, Way.GONE), tuple(three, Way.NEW));
  }

  @Test
  void anotherVersionOfTheCheckIsSaid() {
    assertThat(
            Drift.between(
                Map.of(ONE, new Outcome(Result.CONFORM, 1, true)),
                Map.of(ONE, new Outcome(Result.NONCONFORM, 2, false))))
        .allMatch(Drift.Change::checkChanged)
        .hasSize(1);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.junit.jupiter.api.Test;

class RecordWalkTest {

  private static final String TABLE = "housing.property";

  private final Story story = new Story("2026-03-10T02:00:00Z");

  private static Context.Builder city() {
    return Context.builder("1")
        .persons(List.of(new Person("portal", "门户", PersonType.SERVICE, null, null, null)))
        .dataSets(List.of(new DataSet(TABLE, 3, "U1", null)));
  }

  private void look(String account, int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      story.read(account, TABLE, 1).pass(apart);
    }
  }

  @Test
  void raisesTheHundredthLookWithinTenMinutes() {
    look("clerk", 99, Duration.ofSeconds(5));
    assertThat(story.alerts(city().build())).isEmpty();

    look("clerk", 1, Duration.ofSeconds(5));
    assertThat(story.alerts(city().build()))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.ruleId()).isEqualTo("record-walk");
              assertThat(alert.total()).isEqualTo(100);
            });
  }

  @Test
  void leavesValuesThatAreTriedOnAColumnToTheRuleAboutThem() {
    for (int i = 0; i < 120; i++) {
      List<String> tried = List.of("digest" + i);
      story.event(e -> Story.access(e, "clerk", TABLE, 1).put(Field.GOV_LOOK_UP_DIGESTS, tried));
      story.pass(Duration.ofSeconds(1));
    }
    story.pass(Duration.ofMinutes(5)).tick();

    assertThat(story.alerts(city().build()))
        .extracting(Alert::ruleId)
        .containsExactly("column-probing");
  }

  @Test
  void leavesAClerkAloneWhoLooksUpACaseEveryTenSeconds() {
    look("clerk", 600, Duration.ofSeconds(10));

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void leavesApplicationsAndApprovedStatementsAlone() {
    look("portal", 300, Duration.ofSeconds(1));
    assertThat(story.alerts(city().build())).isEmpty();

    look("clerk", 300, Duration.ofSeconds(1));
    assertThat(story.alerts(city().approvedStatements(Set.of("d1")).build())).isEmpty();
  }

  @Test
  void doesNotTakeLongAnswersForLooks() {
    for (int i = 0; i < 200; i++) {
      story.read("clerk", TABLE, 3).pass(Duration.ofSeconds(1));
    }

    assertThat(story.alerts(city().build())).isEmpty();
  }
}

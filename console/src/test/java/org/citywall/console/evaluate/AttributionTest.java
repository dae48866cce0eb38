// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.event.EventId;
import org.citywall.console.generate.Kind;
import org.citywall.console.generate.Truth;
import org.citywall.correlation.Alert;
import org.citywall.correlation.AlertId;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.Test;

class AttributionTest {

  private static final Instant NOON = Instant.parse("2026-03-20T04:00:00Z");
  private static final Truth ATTACK = truth(4, "4-attack-1", List.of("zhang"), List.of());

  private static Truth truth(int scenario, String name, List<String> actors, List<Integer> also) {
    EventId event = new EventId(scenario, 1);
    return new Truth(
        scenario, name, Kind.ATTACK, actors, NOON, NOON, event, also, Map.of(), List.of(event));
  }

  private static RaisedAlert alert(int scenario, String entity) {
    Alert alert =
        new Alert(
            new AlertId("0".repeat(32)),
            "rule",
            1,
            "form",
            Severity.HIGH,
            "group",
            entity,
            NOON,
            NOON,
            7,
            List.of(),
            0,
            new TreeMap<>(),
            List.of());
    return new RaisedAlert("rule", scenario, NOON, alert);
  }

  private static RaisedAlert with(RaisedAlert alert, int of, int others) {
    for (int i = 0; i < of; i++) {
      alert.entry(i, List.of("4-attack-1"), NOON.plusSeconds(i));
    }
    for (int i = 0; i < others; i++) {
      alert.entry(1000 + i, null, NOON);
    }
    return alert;
  }

  @Test
  void takesAnAlertAboutAnActorWithOneOfItsEntries() {
    assertThat(Attribution.finds(with(alert(4, "user:zhang"), 1, 500), ATTACK)).isTrue();
  }

  @Test
  void takesAnAlertAboutSomethingElseOfWhichHalfIsItsOwn() {
    assertThat(Attribution.finds(with(alert(4, "source:10.0.0.1"), 5, 5), ATTACK)).isTrue();
    assertThat(Attribution.finds(with(alert(4, "source:10.0.0.1"), 5, 6), ATTACK)).isFalse();
  }

  @Test
  void refusesAnAlertThatOnlyNamesTheActor() {
    assertThat(Attribution.finds(with(alert(4, "user:zhang"), 0, 3), ATTACK)).isFalse();
    assertThat(Attribution.belongs(with(alert(4, "user:zhang"), 0, 3), ATTACK)).isFalse();
  }

  @Test
  void refusesARuleOfAnotherScenarioAndOneOfNone() {
    assertThat(Attribution.belongs(with(alert(5, "user:zhang"), 9, 0), ATTACK)).isFalse();
    assertThat(Attribution.belongs(with(alert(0, "user:zhang"), 9, 0), ATTACK)).isFalse();
  }

  @Test
  void doesNotTakeANameThatBeginsTheSame() {
    assertThat(Attribution.finds(with(alert(4, "user:zhang2"), 1, 500), ATTACK)).isFalse();
    assertThat(Attribution.finds(with(alert(4, "user:zhan"), 1, 500), ATTACK)).isFalse();
  }

  @Test
  void countsAnAlertOfAScenarioThatIsSatisfiedTooAsRightButNotAsFound() {
    Truth also = truth(38, "4-attack-1", List.of("zhang"), List.of(1));
    RaisedAlert alert = with(alert(1, "user:zhang"), 2, 0);

    assertThat(Attribution.belongs(alert, also)).isTrue();
    assertThat(Attribution.finds(alert, also)).isFalse();
  }

  @Test
  void countsAnEntryOnceHoweverOftenItIsTold() {
    RaisedAlert alert = with(alert(4, "user:zhang"), 1, 2);
    alert.entry(0, List.of("4-attack-1"), NOON.plus(Duration.ofHours(1)));

    assertThat(alert.entries()).isEqualTo(3);
    assertThat(alert.shared("4-attack-1")).isEqualTo(1);
    assertThat(alert.since("4-attack-1")).isEqualTo(NOON);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.citywall.audit.testing.Golden.assertGolden;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.masking.catalogue.DataLevel;
import org.citywall.masking.catalogue.DataSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCityTest {

  private static final Instant END = Instant.parse("2026-11-20T02:00:00Z");
  private static final DemoCity CITY = DemoCity.of(7, END);

  @Test
  void hasTheUnitsAndDataSetsOfAMiddlingCity() {
    assertThat(CITY.units()).hasSize(55);
    assertThat(CITY.dataSets()).hasSize(568);
    assertThat(CITY.persons()).hasSizeBetween(300, 400);
    assertThat(CITY.vendors()).hasSize(8);
  }

  @Test
  void givesEveryUnitItsPlaceInBothTrees() {
    Map<String, Unit> byCode =
        CITY.units().stream().collect(Collectors.toMap(Unit::code, unit -> unit));

    assertThat(byCode).hasSize(55);
    for (Unit unit : CITY.units()) {
      Set<String> above = new HashSet<>();
      for (Unit at = unit; at.territory() != null; at = byCode.get(at.territory())) {
        assertThat(above.add(at.code())).as("no circle at %s", at).isTrue();
      }
      if (unit.sector() != null) {
        assertThat(byCode.get(unit.sector()).bureau()).isEqualTo(unit.bureau());
        assertThat(byCode.get(unit.sector()).ofCity()).isTrue();
      }
    }
    assertThat(CITY.units().stream().filter(unit -> unit.territory() == null)).hasSize(1);
  }

  @Test
  void describesEveryDataSetOnceWithAnOwnerAndEveryLevel() {
    Set<String> codes = CITY.units().stream().map(Unit::code).collect(Collectors.toSet());

    assertThat(CITY.dataSets()).extracting(DataSet::id).doesNotHaveDuplicates();
    assertThat(CITY.dataSets()).extracting(DataSet::qualifiedTable).doesNotHaveDuplicates();
    assertThat(CITY.dataSets()).extracting(DataSet::owner).isSubsetOf(codes);
    assertThat(CITY.dataSets()).extracting(DataSet::level).contains(DataLevel.values());
  }

  @Test
  void laysOutTheSameCityForTheSameSeedAndAnotherForAnother() {
    DemoCity again = DemoCity.of(7, END);
    DemoCity other = DemoCity.of(8, END);

    assertThat(again.persons()).isEqualTo(CITY.persons());
    assertThat(again.dataSets()).isEqualTo(CITY.dataSets());
    assertThat(again.stories()).isEqualTo(CITY.stories());
    assertThat(other.persons()).isNotEqualTo(CITY.persons());
    assertThat(other.units()).isEqualTo(CITY.units());
  }

  @Test
  void givesNobodyAnAccountOrAddressOfSomebodyElse() {
    assertThat(CITY.persons()).extracting(Person::account).doesNotHaveDuplicates();
    assertThat(CITY.persons()).extracting(Person::id).doesNotHaveDuplicates();
    assertThat(CITY.persons()).extracting(Person::address).doesNotHaveDuplicates();
  }

  @Test
  void letsOneAgreementExpireWhileItsContractRunsOn() {
    LocalDate walk =
        CITY.story(StoryKind.EXPIRED_AGREEMENT_WALK).from().atZone(CityCalendar.ZONE).toLocalDate();

    assertThat(CITY.vendors())
        .filteredOn(vendor -> vendor.agreementUntil().isBefore(walk))
        .singleElement()
        .satisfies(
            vendor -> {
              assertThat(vendor.id()).isEqualTo(CITY.cast().walker().vendor());
              assertThat(vendor.contractUntil()).isAfter(walk);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T02:00:00Z",
        "2026-11-20T15:41:00Z",
        "2026-11-20T16:05:00Z",
        "2026-11-20T16:16:00Z",
        "2026-03-01T00:00:00Z",
        "2027-01-04T01:00:00Z"
      })
  void endsEveryStoryBeforeTheHistoryEnds(Instant end) {
    DemoCity city = DemoCity.of(7, end);

    assertThat(city.stories()).hasSize(StoryKind.values().length);
    for (Story story : city.stories()) {
      assertThat(story.until()).as(story.toString()).isBefore(end);
      assertThat(story.from()).as(story.toString()).isAfter(end.minus(DemoHistory.LENGTH));
    }
  }

  @Test
  void knowsTheHolidaysThatMoveTheWorkingWeek() {
    CityCalendar calendar = new CityCalendar(CITY.holidays());

    assertThat(calendar.works(LocalDate.of(2026, 10, 1))).isFalse();
    assertThat(calendar.works(LocalDate.of(2026, 10, 10))).isTrue();
    assertThat(calendar.works(LocalDate.of(2026, 11, 20))).isTrue();
    assertThat(calendar.works(LocalDate.of(2026, 11, 21))).isFalse();
    assertThat(calendar.workdayBefore(LocalDate.of(2026, 11, 23), 1))
        .isEqualTo(LocalDate.of(2026, 11, 20));
  }

  @Test
  void refusesToFindWhatTheCityLacks() {
    assertThatIllegalArgumentException().isThrownBy(() -> CITY.person("nobody"));
    assertThatIllegalArgumentException().isThrownBy(() -> CITY.unit("339900-XXX"));
  }

  @Test
  void keepsItsOutline() {
    StringBuilder outline = new StringBuilder();
    Map<String, Map<DataLevel, Integer>> levels = new HashMap<>();
    for (DataSet dataSet : CITY.dataSets()) {
      levels
          .computeIfAbsent(dataSet.owner(), owner -> new EnumMap<>(DataLevel.class))
          .merge(dataSet.level(), 1, Integer::sum);
    }
    for (Unit unit : CITY.units()) {
      outline
          .append(
              String.join(
                  " ",
                  unit.code(),
                  unit.name(),
                  "territory=" + unit.territory(),
                  "sector=" + unit.sector(),
                  "levels=" + levels.get(unit.code())))
          .append('\n');
    }
    for (Story story : CITY.stories()) {
      outline.append(story.kind()).append(' ').append(story.actor()).append(' ');
      outline.append(story.from()).append(' ').append(story.until()).append('\n');
    }

    assertGolden("demo-city.txt", outline.toString());
  }
}

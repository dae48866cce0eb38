// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.Ticket;
import org.citywall.correlation.Context.TicketKind;
import org.citywall.correlation.Context.Vendor;
import org.junit.jupiter.api.Test;

class OffHoursAccessTest {

  private static final String PAYMENTS = "social_security.payment";

  // 2026-03-10 is a Tuesday; 15:40Z is 23:40 in Shanghai.
  private final Story story = new Story("2026-03-10T15:40:00Z");

  private static Context.Builder city() {
    return Context.builder("1")
        .calendar(
            new WorkCalendar(
                ZoneId.of("Asia/Shanghai"),
                LocalTime.of(8, 30),
                LocalTime.of(17, 30),
                Set.of(LocalDate.parse("2026-03-11")),
                Set.of(LocalDate.parse("2026-03-14"))))
        .rosters(
            List.of(
                new Roster(
                    "night",
                    List.of(
                        new Roster.Shift(
                            Roster.Days.EVERY_DAY, LocalTime.of(22, 0), LocalTime.of(6, 0))))))
        .vendors(
            List.of(
                new Vendor("V1", "甲公司", LocalDate.parse("2027-01-01"), null),
                new Vendor("V2", "乙公司", LocalDate.parse("2026-02-28"), null)))
        .persons(
            List.of(
                new Person("eng1", "工程师一", PersonType.OUTSOURCED, "U1", "V1", null),
                new Person("eng2", "工程师二", PersonType.OUTSOURCED, "U1", "V2", null),
                new Person("watch", "工程师三", PersonType.OUTSOURCED, "U1", "V1", "night"),
                new Person("staff", "科员", PersonType.STAFF, "U1", null, null)))
        .dataSets(
            List.of(
                new DataSet(PAYMENTS, 4, "U1", null),
                new DataSet("social_security.*", 3, "U1", null),
                new DataSet("open.*", 1, "U1", null)));
  }

  @Test
  void raisesAnAccessOfOutsourcedStaffAtNight() {
    story.read("eng1", PAYMENTS, 7);

    Alert alert = story.alerts(city().build()).getFirst();

    assertThat(alert.ruleId()).isEqualTo("off-hours-access");
    assertThat(alert.variant()).isEqualTo("off-hours");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.entity()).isEqualTo("user:eng1");
    assertThat(alert.parameters())
        .containsEntry("rows", "7")
        .containsEntry("level", "4")
        .containsEntry("distance", "PT6H10M");
  }

  @Test
  void isGravestWhereTheConfidentialityAgreementHasExpired() {
    story.read("eng2", PAYMENTS, 1);

    Alert alert = story.alerts(city().build()).getFirst();

    assertThat(alert.variant()).isEqualTo("agreement-expired");
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.parameters())
        .containsEntry("vendor", "乙公司")
        .containsEntry("until", "2026-02-28");
  }

  @Test
  void takesTheLastDayOfTheAgreementForValid() {
    story.at("2026-02-28T15:59:59Z").read("eng2", PAYMENTS, 1);
    story.at("2026-02-28T16:00:00Z").read("eng2", PAYMENTS, 1);

    List<AlertUpdate> updates = story.updates(city().build());

    assertThat(updates)
        .extracting(update -> update.alert().variant())
        .containsExactly("off-hours", "agreement-expired");
    assertThat(Story.last(updates)).hasSize(1);
  }

  @Test
  void followsTheWorkCalendarWithHolidaysAndMovedWorkdays() {
    story.at("2026-03-10T02:00:00Z").read("eng1", PAYMENTS, 1);
    assertThat(story.alerts(city().build())).as("Tuesday").isEmpty();

    Story holiday = new Story("2026-03-11T02:00:00Z").read("eng1", PAYMENTS, 1);
    assertThat(holiday.alerts(city().build())).as("a holiday").hasSize(1);

    Story moved = new Story("2026-03-14T02:00:00Z").read("eng1", PAYMENTS, 1);
    assertThat(moved.alerts(city().build())).as("a Saturday that is worked").isEmpty();

    Story saturday = new Story("2026-03-21T02:00:00Z").read("eng1", PAYMENTS, 1);
    assertThat(saturday.alerts(city().build())).as("a Saturday").hasSize(1);
  }

  @Test
  void forgivesTheMinutesOfGrace() {
    // 17:40:00 is the last moment of grace, the duty ended at 17:30.
    Story within = new Story("2026-03-10T09:40:00Z").read("eng1", PAYMENTS, 1);
    Story beyond = new Story("2026-03-10T09:40:01Z").read("eng1", PAYMENTS, 1);

    assertThat(within.alerts(city().build())).isEmpty();
    assertThat(beyond.alerts(city().build())).hasSize(1);
  }

  @Test
  void knowsTheNightShift() {
    story.read("watch", PAYMENTS, 1);
    Story early = new Story("2026-03-10T21:00:00Z").read("watch", PAYMENTS, 1);
    Story noon = new Story("2026-03-10T04:00:00Z").read("watch", PAYMENTS, 1);

    assertThat(story.alerts(city().build())).isEmpty();
    assertThat(early.alerts(city().build())).as("05:00 of the shift begun yesterday").isEmpty();
    assertThat(noon.alerts(city().build())).hasSize(1);
  }

  @Test
  void acceptsAnOnCallTicketWhileItIsValid() {
    Instant now = story.now();
    Ticket onCall = new Ticket("T1", TicketKind.ON_CALL, "eng1", 0, now, now.plusSeconds(60));
    Context context = city().tickets(List.of(onCall)).build();
    story.read("eng1", PAYMENTS, 1);
    Story after = new Story("2026-03-10T15:41:00Z").read("eng1", PAYMENTS, 1);

    assertThat(story.alerts(context)).isEmpty();
    assertThat(after.alerts(context)).hasSize(1);
  }

  @Test
  void leavesStaffAndUnclassifiedDataAlone() {
    story.read("staff", PAYMENTS, 1);
    story.read("eng1", "open.holiday", 1);
    story.read("eng1", "unknown.table", 1);

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void believesTheEventWhereTheContextKnowsNothing() {
    story.event(
        e ->
            Story.access(e, "stranger", "x.y", 1)
                .put(Field.GOV_PERSON_TYPE, "outsourced")
                .put(Field.GOV_DATA_LEVEL, 3));

    assertThat(story.alerts(Context.empty())).hasSize(1);
  }

  @Test
  void makesOneIncidentOfTheWalkThroughFourThousandResidents() {
    for (int i = 0; i < 4812; i++) {
      story.read("eng2", PAYMENTS, 1).pass(Duration.ofMillis(436));
      if (i % 2 == 0) {
        story.tick();
      }
    }
    story.tick();

    List<AlertUpdate> updates = story.updates(city().build());
    List<Alert> alerts = Story.last(updates);

    assertThat(alerts)
        .extracting(Alert::ruleId)
        .containsExactly("off-hours-access", "record-walk", "bulk-export");
    assertThat(alerts).extracting(Alert::entity).containsOnly("user:eng2");
    Alert night = alerts.getFirst();
    assertThat(night.total()).isEqualTo(4812);
    assertThat(night.leaves()).hasSize(Alert.MAX_LEAVES);
    assertThat(night.parameters()).containsEntry("rows", "4812");
    assertThat(
            updates.stream()
                .filter(update -> update.alert().id().equals(night.id()))
                .mapToLong(update -> update.added().size())
                .sum())
        .isEqualTo(4812);
  }
}

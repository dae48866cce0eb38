// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.RowLimit;
import org.citywall.correlation.Context.Ticket;
import org.citywall.correlation.Context.TicketKind;
import org.junit.jupiter.api.Test;

class BulkExportTest {

  private static final String TABLE = "population.person";

  private final Story story = new Story("2026-03-10T02:00:30Z");

  private static Context.Builder city() {
    return Context.builder("1")
        .persons(
            List.of(
                new Person("analyst", "分析员", PersonType.STAFF, "U1", null, null),
                new Person("etl", "夜间作业", PersonType.SERVICE, "U1", null, null)))
        .dataSets(List.of(new DataSet(TABLE, 3, "U1", null)))
        .limits(
            List.of(
                new RowLimit(PersonType.STAFF, 3, 1000),
                new RowLimit(PersonType.SERVICE, 3, 50_000)));
  }

  @Test
  void raisesTheSumThatExceedsTheLimitWithEveryEntryBehindIt() {
    for (int i = 0; i < 11; i++) {
      story.read("analyst", TABLE, 100).pass(Duration.ofMinutes(5));
    }

    List<AlertUpdate> updates = story.updates(city().build());

    assertThat(updates).hasSize(1);
    Alert alert = updates.getFirst().alert();
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.total()).isEqualTo(11);
    assertThat(alert.firstSeen()).isEqualTo(Instant.parse("2026-03-10T02:00:30Z"));
    assertThat(alert.parameters())
        .containsEntry("rows", "1100")
        .containsEntry("limit", "1000")
        .containsEntry("excess", "100");
  }

  @Test
  void staysSilentAtTheLimit() {
    story.read("analyst", TABLE, 400).read("analyst", TABLE, 600);

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void forgetsWhatIsOlderThanAnHour() {
    story.read("analyst", TABLE, 600).pass(Duration.ofMinutes(60)).read("analyst", TABLE, 600);

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void keepsLevelsAndAccountsApart() {
    story.read("analyst", TABLE, 600);
    story.read("other", TABLE, 600);
    story.event(e -> Story.access(e, "analyst", "a.b", 600).put(Field.GOV_DATA_LEVEL, 2));

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void raisesTheLimitByTheQuotaOfAValidTicket() {
    Instant now = story.now();
    Ticket ticket = new Ticket("T1", TicketKind.EXPORT, "analyst", 500, now, now.plusSeconds(600));
    Context context = city().tickets(List.of(ticket)).build();
    story.read("analyst", TABLE, 1500);
    Story more = new Story("2026-03-10T02:00:30Z").read("analyst", TABLE, 1501);
    Story later = new Story("2026-03-10T02:10:30Z").read("analyst", TABLE, 1500);

    assertThat(story.alerts(context)).isEmpty();
    assertThat(more.alerts(context))
        .singleElement()
        .extracting(a -> a.parameters().get("quota"))
        .isEqualTo("500");
    assertThat(later.alerts(context)).as("the ticket has run out").hasSize(1);
  }

  @Test
  void givesServiceAccountsTheirOwnLimit() {
    story.read("etl", TABLE, 50_000);
    assertThat(story.alerts(city().build())).isEmpty();

    story.read("etl", TABLE, 1);
    assertThat(story.alerts(city().build()))
        .singleElement()
        .extracting(Alert::severity)
        .isEqualTo(Severity.MEDIUM);
  }

  @Test
  void usesTheRulesOwnLimitsWhereTheContextHasNone() {
    story.read("somebody", TABLE, 5000);
    assertThat(story.alerts(Context.builder("1").dataSets(city().build().dataSets()).build()))
        .isEmpty();

    story.read("somebody", TABLE, 1);
    assertThat(story.alerts(Context.builder("1").dataSets(city().build().dataSets()).build()))
        .hasSize(1);
  }

  @Test
  void countsARowOnceThoughDecisionAndCompletionAreBothLogged() {
    for (int i = 0; i < 2; i++) {
      story.entry(
          EntryKind.DECISION,
          story.now(),
          e -> e.put(Field.USER_NAME, "analyst").put(Field.DB_TABLE, List.of(TABLE)));
      story.entry(EntryKind.COMPLETION, story.now(), e -> Story.access(e, "analyst", TABLE, 500));
    }

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void countsADuplicateOnce() {
    story.read("analyst", TABLE, 600).again();

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void readsNothingThatDetectionItselfWrote() {
    story.entry(EntryKind.STATE_CHANGE, story.now(), e -> Story.access(e, "analyst", TABLE, 5000));

    assertThat(story.alerts(city().build())).isEmpty();
  }

  @Test
  void cutsADateInTheFutureToTheReceipt() {
    story.read("analyst", TABLE, 600);
    story.entry(
        EntryKind.EVENT,
        story.now().plus(Duration.ofDays(400)),
        e -> Story.access(e, "analyst", TABLE, 600));

    assertThat(story.alerts(city().build())).hasSize(1);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.Ticket;
import org.citywall.correlation.Context.TicketKind;
import org.junit.jupiter.api.Test;

class SilentSourceTest {

  private static final String ORIGIN = "syslog/db-1";
  private static final Context NOBODY = Context.empty();

  private final Story story = new Story("2026-03-10T08:00:00Z");

  @Test
  void raisesASilenceOfFiveMinutesAndTellsOfItsEnd() {
    story.source("source-silent", ORIGIN, 300);
    story.pass(Duration.ofMinutes(35)).source("source-resumed", ORIGIN, 2400);

    List<AlertUpdate> updates = story.updates(NOBODY);

    assertThat(Story.last(updates)).hasSize(1);
    assertThat(updates.getFirst().alert().severity()).isEqualTo(Severity.HIGH);
    assertThat(updates.getLast().alert().parameters())
        .containsEntry("silence", "PT40M")
        .containsEntry("state", "ended");
    assertThat(updates.getLast().alert().leaves()).containsExactly(0L, 1L);
  }

  @Test
  void waitsUntilAShorterSilenceIsLongEnough() {
    story.source("source-silent", ORIGIN, 60);
    story.pass(Duration.ofSeconds(239)).tick();
    assertThat(story.alerts(NOBODY)).isEmpty();

    story.pass(Duration.ofSeconds(1)).tick();
    assertThat(story.updates(NOBODY))
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.triggerLeaf()).isEqualTo(2);
              assertThat(update.alert().leaves()).containsExactly(0L);
            });
  }

  @Test
  void staysSilentWhenTheSourceResumesInTime() {
    story.source("source-silent", ORIGIN, 60);
    story.pass(Duration.ofSeconds(200)).source("source-resumed", ORIGIN, 260);
    story.pass(Duration.ofHours(3)).tick();

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void growsGraveAfterAnHourOfSilence() {
    story.source("source-silent", ORIGIN, 300);
    for (int i = 0; i < 60; i++) {
      story.pass(Duration.ofMinutes(1)).tick();
    }

    List<Alert> alerts = story.alerts(NOBODY);

    assertThat(alerts).hasSize(1);
    assertThat(alerts.getFirst().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alerts.getFirst().variant()).isEqualTo("long-silent");
  }

  @Test
  void acceptsAMaintenanceTicket() {
    Ticket maintenance =
        new Ticket(
            "M1",
            TicketKind.MAINTENANCE,
            ORIGIN,
            0,
            story.now().minusSeconds(60),
            story.now().plusSeconds(3600));
    story.source("source-silent", ORIGIN, 300).source("source-silent", "syslog/db-2", 300);

    assertThat(story.alerts(Context.builder("1").tickets(List.of(maintenance)).build()))
        .singleElement()
        .extracting(Alert::groupKey)
        .isEqualTo("syslog/db-2");
  }

  @Test
  void countsTheRecordsThatAreMissing() {
    for (long from : new long[] {5, 100}) {
      story.event(
          e ->
              e.put(Field.EVENT_ACTION, "source-gap")
                  .put(Field.GOV_ORIGIN_ID, ORIGIN)
                  .put(Field.GOV_GAP_FROM, from)
                  .put(Field.GOV_GAP_TO, from + 4));
    }

    assertThat(story.alerts(NOBODY))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alert.parameters()).containsEntry("missing", "10");
            });
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.Hash;
import org.junit.jupiter.api.Test;

class DemoHistoryTest {

  private static final Instant END = Instant.parse("2026-11-20T02:00:00Z");
  private static final DemoCity CITY = DemoCity.of(7, END);
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6,}");
  private static final List<Entry> ENTRIES = all(CITY);
  private static final List<Event> EVENTS =
      ENTRIES.stream().filter(entry -> entry.kind() == EntryKind.EVENT).map(Entry::event).toList();

  @Test
  void fillsThirtyDaysWithoutAQuietMinute() {
    assertThat(EVENTS).hasSizeBetween(60_000, 120_000);
    assertThat(ENTRIES.size() - EVENTS.size()).as("ticks").isBetween(5_000, 43_200);

    Duration longest = Duration.ZERO;
    Instant previous = END.minus(DemoHistory.LENGTH);
    for (Entry entry : ENTRIES) {
      Duration pause = Duration.between(previous, entry.event().timestamp());
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      previous = entry.event().timestamp();
    }
    assertThat(longest).isLessThanOrEqualTo(Duration.ofMinutes(2));
    assertThat(Duration.between(previous, END)).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void givesTheSameBytesForTheSameCity() {
    Hash digest = digest(ENTRIES);

    assertThat(digest(all(DemoCity.of(7, END)))).isEqualTo(digest);
    assertThat(digest(all(DemoCity.of(8, END)))).isNotEqualTo(digest);
  }

  @Test
  void countsEverySourceWithoutAGapAndInOrderOfReceipt() {
    Map<String, Long> last = new HashMap<>();
    long received = 0;
    for (Entry entry : ENTRIES) {
      Event event = entry.event();
      long expected = last.merge(event.position().source(), 1L, Long::sum);
      if (event.receivedMicros() <= Math.max(received, event.timestampMicros())
          || event.position().sequence() != expected) {
        fail("out of order: " + event);
      }
      received = event.receivedMicros();
    }
    assertThat(last).hasSizeGreaterThan(20);
  }

  @Test
  void marksEveryEntryAsDemoAndKeepsItsRawRecord() {
    for (Event event : EVENTS) {
      byte[] original = event.bytes(Field.EVENT_ORIGINAL);
      boolean kept =
          original == null
              ? DemoHistory.COLLECTOR.equals(event.position().source())
              : Hash.sha256(original).hex().equals(event.text(Field.GOV_RAW_HASH));
      if (!kept || !event.texts(Field.TAGS).equals(List.of("demo"))) {
        fail("not as it was received: " + event);
      }
    }
  }

  @Test
  void writesNoValueIntoStatements() {
    Set<String> statements = new HashSet<>();
    for (Event event : EVENTS) {
      String statement = event.text(Field.DB_STATEMENT);
      if (statement != null && statements.add(statement)) {
        assertThat(LONG_NUMBER.matcher(statement.replaceAll("_3399[0-9]{2}", "")).find())
            .as(statement)
            .isFalse();
        assertThat(statement).doesNotContain("'");
      }
    }
    assertThat(statements).hasSizeGreaterThan(500);
  }

  @Test
  void walksThroughTheResidentsInManySmallSteps() {
    Story story = CITY.story(StoryKind.EXPIRED_AGREEMENT_WALK);
    List<Event> walk = eventsOf(story, event -> event.has(Field.DB_STATEMENT));

    assertThat(walk.stream().mapToLong(event -> event.number(Field.GOV_SUBJECTS_COUNT, 0)).sum())
        .isEqualTo(4_812);
    assertThat(walk).hasSizeGreaterThan(1_000);
    assertThat(walk)
        .allSatisfy(
            event -> {
              assertThat(event.number(Field.GOV_DATA_LEVEL, 0)).isGreaterThanOrEqualTo(3);
              assertThat(event.text(Field.GOV_PERSON_TYPE)).isEqualTo("outsourced");
              assertThat(event.texts(Field.DB_TABLE).getFirst()).startsWith("social_security.");
              assertThat(event.has(Field.GOV_TICKET_ID)).isFalse();
            });
    assertThat(walk.getFirst().timestamp().atZone(CityCalendar.ZONE).toLocalTime())
        .isBetween(LocalTime.of(23, 40), LocalTime.of(23, 42));
  }

  @Test
  void keepsOutsourcedEngineersWithinWorkingHoursElsewhere() {
    Story walk = CITY.story(StoryKind.EXPIRED_AGREEMENT_WALK);
    Story repair = CITY.story(StoryKind.ON_CALL_REPAIR);

    assertThat(EVENTS)
        .filteredOn(event -> "outsourced".equals(event.text(Field.GOV_PERSON_TYPE)))
        .filteredOn(event -> !within(walk, event) && !within(repair, event))
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(event.timestamp().atZone(CityCalendar.ZONE).getHour()).isBetween(9, 16));
  }

  @Test
  void silencesTheSourceBetweenItsTwoReports() {
    Story story = CITY.story(StoryKind.SILENT_SOURCE);

    assertThat(EVENTS)
        .filteredOn(event -> event.position().source().equals(story.actor()))
        .isNotEmpty()
        .noneMatch(event -> within(story, event));
    assertThat(EVENTS)
        .filteredOn(event -> story.actor().equals(event.text(Field.GOV_ORIGIN_ID)))
        .extracting(event -> event.text(Field.EVENT_ACTION))
        .containsExactly("source-silent", "source-resumed");
  }

  @Test
  void guessesThePasswordAfterManyFailures() {
    List<Event> guesses =
        eventsOf(CITY.story(StoryKind.BRUTE_FORCE), event -> event.has(Field.SOURCE_IP));

    assertThat(guesses).extracting(e -> e.text(Field.EVENT_OUTCOME)).startsWith("failure");
    assertThat(guesses).hasSize(25);
    assertThat(guesses.getLast().text(Field.EVENT_OUTCOME)).isEqualTo("success");
    assertThat(new String(guesses.getLast().bytes(Field.EVENT_ORIGINAL), StandardCharsets.UTF_8))
        .startsWith("<86>1 ")
        .contains(" sshd ")
        .contains("Accepted password for ");
  }

  @Test
  void exportsAsMuchWithATicketAsWithout() {
    List<Event> without =
        eventsOf(CITY.story(StoryKind.BULK_EXPORT), e -> "COPY".equals(e.text(Field.DB_OPERATION)));
    List<Event> with =
        eventsOf(
            CITY.story(StoryKind.LICENSED_EXPORT), e -> "COPY".equals(e.text(Field.DB_OPERATION)));

    assertThat(without).hasSize(3).noneMatch(event -> event.has(Field.GOV_TICKET_ID));
    assertThat(with).hasSize(3).allMatch(event -> event.has(Field.GOV_TICKET_ID));
    assertThat(with).allMatch(event -> event.number(Field.DB_ROWS_RETURNED, 0) == 20_000);
  }

  private static List<Event> eventsOf(Story story, Predicate<Event> wanted) {
    return EVENTS.stream()
        .filter(event -> within(story, event))
        .filter(event -> story.actor().equals(event.text(Field.USER_NAME)))
        .filter(wanted)
        .toList();
  }

  private static boolean within(Story story, Event event) {
    return !event.timestamp().isBefore(story.from()) && event.timestamp().isBefore(story.until());
  }

  private static List<Entry> all(DemoCity city) {
    return new DemoHistory(city).days().flatMap(List::stream).toList();
  }

  private static Hash digest(List<Entry> entries) {
    Hash hash = Hash.sha256(new byte[0]);
    for (Entry entry : entries) {
      byte[] event = entry.event().encode();
      byte[] chain = new byte[event.length + Hash.BYTES];
      System.arraycopy(hash.bytes(), 0, chain, 0, Hash.BYTES);
      System.arraycopy(event, 0, chain, Hash.BYTES, event.length);
      hash = Hash.sha256(chain);
    }
    return hash;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.testing.RandomizedTest;
import org.jspecify.annotations.Nullable;

/** An event of the log is read in place and says the same as all of its fields written out. */
final class SigmaEventTest {

  private static final Instant TIME = Instant.parse("2026-03-10T08:15:30.123456Z");

  /** Labels may go by the names of fields, of other labels and of the time. */
  private static final List<String> NAMES =
      List.of(
          "user.name",
          "db.table",
          "db.rows.returned",
          "event.start",
          "event.original",
          "@timestamp",
          "tenant",
          "labels.tenant",
          "labels.user.name",
          "labels.labels.tenant",
          "nowhere");

  @RandomizedTest(iterations = 300)
  void tellsEachFieldAsAllOfThemTogetherDo(RandomGenerator random) {
    Event event = event(random);
    Map<String, List<String>> together = texts(SigmaEvent.of(event));

    SigmaEvent inPlace = SigmaEvent.of(event);
    for (String name : NAMES) {
      assertThat(inPlace.get(name) == null).as(name).isEqualTo(!together.containsKey(name));
      assertThat(inPlace.texts(name)).as(name).isEqualTo(together.getOrDefault(name, List.of()));
    }
  }

  @RandomizedTest(iterations = 300)
  void fillsSlotsAsAllOfItsFieldsTogetherDo(RandomGenerator random) {
    Event event = event(random);
    FieldSlots slots = new FieldSlots();
    for (int i = 0; i < 6; i++) {
      slots.slot(List.of(any(random), any(random) + (random.nextBoolean() ? "" : "x")));
    }

    assertThat(filled(slots, SigmaEvent.of(event)))
        .isEqualTo(filled(slots, SigmaEvent.of(texts(SigmaEvent.of(event)))));
  }

  private static Map<String, List<String>> texts(SigmaEvent event) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    event.fields().forEach((name, value) -> texts.put(name, List.copyOf(value.texts())));
    return texts;
  }

  private static Map<Integer, List<String>> filled(FieldSlots slots, SigmaEvent event) {
    @Nullable FieldValue[] values = new FieldValue[slots.size()];
    slots.fill(event, values, new int[slots.size()]);
    Map<Integer, List<String>> filled = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        filled.put(i, List.copyOf(Objects.requireNonNull(values[i]).texts()));
      }
    }
    return filled;
  }

  private static String any(RandomGenerator random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static Event event(RandomGenerator random) {
    Event.Builder event = Event.builder(new SourcePosition("proxy", 1, 1), TIME, TIME);
    if (random.nextBoolean()) {
      event.put(Field.USER_NAME, "Wang" + random.nextInt(3));
    }
    if (random.nextBoolean()) {
      event.put(Field.DB_TABLE, new ArrayList<>(List.of("a", "B")));
    }
    if (random.nextBoolean()) {
      event.put(Field.DB_ROWS_RETURNED, random.nextInt(100));
    }
    if (random.nextBoolean()) {
      event.put(Field.EVENT_ORIGINAL, new byte[] {1});
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      event.label(any(random), "label" + random.nextInt(3));
    }
    return event.build();
  }
}

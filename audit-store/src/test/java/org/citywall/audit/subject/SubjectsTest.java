// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Hash;
import org.citywall.audit.secrets.Sensitive;
import org.junit.jupiter.api.Test;

class SubjectsTest {

  private static final String PERSON = "11010519491231002X";

  private final SubjectKey key = SubjectKey.of(Sensitive.of("k".repeat(32)));

  @Test
  void hashesByKeyAndNotByIdentifierAlone() {
    SubjectKey other = SubjectKey.of(Sensitive.of("l".repeat(32)));

    assertThat(key.hash(PERSON)).isEqualTo(key.hash(PERSON)).isNotEqualTo(other.hash(PERSON));
    assertThat(key.name()).matches("[0-9a-f]{8}").isNotEqualTo(other.name());
    String unkeyed = Hash.sha256(PERSON.getBytes(StandardCharsets.UTF_8)).hex();
    assertThat(unkeyed).doesNotContain(SubjectKey.text(key.hash(PERSON)));
  }

  /** HMAC-SHA256 by {@code openssl dgst -sha256 -mac HMAC}. */
  @Test
  void hashesAsTheFormatSays() {
    assertThat(SubjectKey.text(key.hash(PERSON))).isEqualTo("f90fbb3e195190ce");
    assertThat(key.name()).isEqualTo("09a62fe1");
  }

  @Test
  void refusesAKeyThatCanBeTried() {
    assertThatThrownBy(() -> SubjectKey.of(Sensitive.of("k".repeat(31))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("kkkk");
  }

  @Test
  void listsFewPersonsWithoutASketch() {
    SubjectTally tally = new SubjectTally(key);
    tally.person(PERSON);
    tally.person(PERSON);
    tally.person("440308199901010012");
    tally.rows(3);

    Event event = event(tally.gathered());

    assertThat(event.texts(Field.GOV_SUBJECTS_DIGESTS))
        .hasSize(2)
        .contains(SubjectKey.text(key.hash(PERSON)));
    assertThat(event.number(Field.GOV_SUBJECTS_COUNT)).isEqualTo(2);
    assertThat(event.number(Field.GOV_SUBJECTS_ROWS)).isEqualTo(3);
    assertThat(event.has(Field.GOV_SUBJECTS)).isFalse();
    assertThat(Subjects.of(event)).contains(tally.gathered());
  }

  @Test
  void listsTheFirstOfManyAndSaysHowManyMoreThereAre() {
    SubjectTally tally = new SubjectTally(key);
    for (int i = 0; i < 1000; i++) {
      tally.person("person " + i);
    }
    tally.rows(1000);

    Subjects read = Subjects.of(event(tally.gathered())).orElseThrow();

    assertThat(read.listed()).hasSize(SubjectSketch.MOST_EXACT);
    assertThat(read.count()).isBetween(880L, 1120L);
    assertThat(read.spilled()).isEqualTo(read.count() - SubjectSketch.MOST_EXACT);
    assertThat(read.holds(key.hash("person 0"))).contains(true);
    assertThat(read.holds(key.hash("person 999"))).as("cannot be told").isEmpty();
  }

  @Test
  void toldWhoIsNotAmongThem() {
    SubjectTally tally = new SubjectTally(key);
    tally.person(PERSON);

    assertThat(tally.gathered().holds(key.hash("440308199901010012"))).contains(false);
  }

  @Test
  void takesNothingThatASourceMadeUp() {
    Event.Builder many = builder();
    many.put(Field.GOV_SUBJECTS_KEY, "00000000");
    many.put(Field.GOV_SUBJECTS_DIGESTS, Collections.nCopies(257, "0123456789abcdef"));
    Event.Builder odd = builder();
    odd.put(Field.GOV_SUBJECTS_KEY, "00000000");
    odd.put(Field.GOV_SUBJECTS_DIGESTS, List.of("0123456789abcde"));
    Event.Builder sketch = builder();
    sketch.put(Field.GOV_SUBJECTS_KEY, "00000000");
    sketch.put(Field.GOV_SUBJECTS, new byte[] {1, 2, 3});

    assertThat(Subjects.of(many.build())).isEmpty();
    assertThat(Subjects.of(odd.build())).isEmpty();
    assertThat(Subjects.of(sketch.build())).isEmpty();
    assertThat(Subjects.of(builder().build())).isEmpty();
  }

  @Test
  void printsNoHash() {
    SubjectTally tally = new SubjectTally(key);
    tally.person(PERSON);

    assertThat(Objects.toString(tally.gathered()) + key)
        .doesNotContain(SubjectKey.text(key.hash(PERSON)), Long.toString(key.hash(PERSON)))
        .doesNotContain(PERSON);
  }

  private static Event event(Subjects subjects) {
    Event.Builder event = builder();
    subjects.put(event);
    return Event.decode(event.build().encode());
  }

  private static Event.Builder builder() {
    Instant now = Instant.parse("2026-03-02T04:00:00Z");
    return Event.builder(new SourcePosition("test", 1, 1), now, now);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectInquiryTest {

  private static final String ANNA = "11010519491231002X";
  private static final String BERT = "440308199901010012";
  private static final Actor AUDITOR = new Actor("auditor", "10.0.0.9");
  private static final SubjectKey NEW =
      SubjectKey.of(Sensitive.of("the key that is in use at this time"));
  private static final SubjectKey OLD =
      SubjectKey.of(Sensitive.of("the key that was in use before" + " that one"));

  @TempDir private Path folder;

  private final MutableClock clock = MutableClock.at("2026-03-02T04:00:00Z");
  private final MemoryLog log = new MemoryLog();
  private ConsoleFixture console;
  private SubjectInquiry inquiry;

  @BeforeEach
  void start() {
    console = ConsoleFixture.start(new StateDatabase.Embedded(folder.resolve("state")), log, clock);
    inquiry = new SubjectInquiry(new SubjectKeys(List.of(NEW, OLD)), console.changes, log);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void recordsWhoAsksAndWhyBeforeItAnswers() {
    SubjectInquiry.Asked asked = ask(ANNA, "complaint 2026-17");

    Event entry = log.read(asked.leaf()).event();
    assertThat(entry.text(Field.EVENT_ACTION)).isEqualTo("subject-looked-up");
    assertThat(entry.text(Field.USER_NAME)).isEqualTo("auditor");
    assertThat(entry.text(Field.GOV_NOTE)).isEqualTo("complaint 2026-17");
    assertThat(entry.texts(Field.GOV_SUBJECTS_DIGESTS))
        .containsExactly(SubjectKey.text(NEW.hash(ANNA)));
    assertThat(asked.hashes()).hasSize(2).containsEntry(OLD.name(), OLD.hash(ANNA));
  }

  @Test
  void answersNothingThatCannotBeRecorded() {
    log.refuseAppends(true);

    assertThatThrownBy(() -> ask(ANNA, "complaint 2026-17")).isInstanceOf(PlatformException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "110105194912310021", "R33990000", "11010519491231002X; DROP"})
  void takesNoNumberOfNobody(String text) {
    refused(ConsoleErrorCode.SUBJECT_INVALID, text, "complaint 2026-17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "of 11010519491231002x himself"})
  void wantsAReasonWithoutTheNumberInIt(String reason) {
    refused(ConsoleErrorCode.SUBJECT_REASON_MISSING, ANNA, reason);
  }

  @Test
  void tellsEveryAccessUnderEveryKeyAndEveryQuestionBefore() {
    completed("wang", NEW, "purpose", ANNA, BERT);
    completed("li", OLD, "", ANNA);
    completed("zhao", NEW, "", BERT);
    long first = ask(ANNA, "first question").leaf();

    SubjectAnswer answer = answer(ask("110105491231002", "complaint 2026-17"));

    assertThat(answer.accesses()).extracting(SubjectAccess::who).containsExactly("li", "wang");
    assertThat(answer.accesses())
        .extracting(SubjectAccess::lawfulness)
        .containsExactly(Lawfulness.NO_PURPOSE, Lawfulness.BY_POLICY);
    assertThat(answer.accesses().getLast().shown()).containsExactly("public.person.id_card");
    assertThat(answer.accesses().getLast().masked()).containsExactly("public.person.phone");
    assertThat(answer.certain()).isEqualTo(2);
    assertThat(answer.complete()).isTrue();
    assertThat(answer.inquiries())
        .containsExactly(
            new SubjectAnswer.Inquiry(first, clock.instant(), "auditor", "first question"));
  }

  @Test
  void saysThatItCannotTellOfALargeExport() {
    SubjectTally tally = new SubjectTally(NEW);
    for (int i = 0; i < 5000; i++) {
      tally.person("another " + i);
    }
    tally.person(ANNA);
    completed("wang", tally, "");

    SubjectAnswer answer = answer(ask(ANNA, "complaint 2026-17"));

    assertThat(answer.certain()).isZero();
    assertThat(answer.possible()).isEqualTo(1);
    assertThat(answer.accesses().getFirst().persons()).isBetween(4400L, 5600L);
  }

  /** Whoever has log, index, state and output, and not the key, cannot try numbers. */
  @Test
  void leavesNeitherTheNumberNorAnUnkeyedHashOfItAnywhere() throws IOException {
    completed("wang", NEW, "purpose", ANNA);
    SubjectInquiry.Asked asked = ask(ANNA, "complaint 2026-17");
    SubjectAnswer answer = answer(asked);
    console.close();

    byte[] number = ANNA.getBytes(StandardCharsets.UTF_8);
    List<String> secrets =
        List.of(
            ANNA,
            ANNA.substring(0, 17),
            Hash.sha256(number).hex().substring(0, 16),
            Hash.sm3(number).hex().substring(0, 16),
            Hash.sha256(number).base64().substring(0, 10),
            "the key that is in use");
    StringBuilder everything = new StringBuilder(SubjectFacts.of(answer, asked.leaf()).toString());
    for (LoggedEntry entry : log.read(0, 1000)) {
      everything.append(new String(entry.event().encode(), StandardCharsets.ISO_8859_1));
    }
    int files = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        everything.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        files++;
      }
    }

    assertThat(files).as("index and state are searched").isGreaterThan(3);
    assertThat(everything).contains(SubjectKey.text(NEW.hash(ANNA)));
    secrets.forEach(secret -> assertThat(everything.indexOf(secret)).as(secret).isNegative());
  }

  private void refused(ConsoleErrorCode code, String subject, String reason) {
    long before = log.size();

    assertThatThrownBy(() -> ask(subject, reason))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining(ANNA)
        .hasMessageNotContaining("110105194912310021");
    assertThat(log.size()).isEqualTo(before);
  }

  private SubjectInquiry.Asked ask(String subject, String reason) {
    return inquiry.ask(AUDITOR, Sensitive.of(subject), reason);
  }

  private SubjectAnswer answer(SubjectInquiry.Asked asked) {
    try (LuceneIndex index = LuceneIndex.open(folder.resolve("index"), log)) {
      index.index(log.read(index.nextLeaf(), 1000));
      index.commit();
      index.refresh();
      return new SubjectSearch(log, index, clock).find(asked.hashes(), asked.leaf());
    }
  }

  private void completed(String user, SubjectKey key, String purpose, String... persons) {
    SubjectTally tally = new SubjectTally(key);
    for (String person : persons) {
      tally.person(person);
      tally.rows(1);
    }
    completed(user, tally, purpose);
  }

  private void completed(String user, SubjectTally tally, String purpose) {
    Instant at = clock.instant().plusSeconds(log.size());
    Event.Builder event =
        Event.builder(new SourcePosition("proxy", 1, log.size() + 1), at, at)
            .put(Field.EVENT_DATASET, "citywall.masking_proxy")
            .put(Field.EVENT_ACTION, "access-completed")
            .put(Field.EVENT_OUTCOME, "success")
            .put(Field.GOV_DECISION, "mask")
            .put(Field.GOV_PURPOSE, purpose)
            .put(Field.USER_NAME, user)
            .put(Field.DB_COLUMNS, List.of("public.person.id_card", "public.person.phone"))
            .put(Field.GOV_MASK_APPLIED, List.of("public.person.phone"))
            .put(Field.DB_ROWS_RETURNED, 1);
    tally.gathered().put(event);
    log.append(List.of(new Entry(EntryKind.COMPLETION, event.build())));
  }
}

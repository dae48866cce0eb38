// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Completed;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.HoldPlaced;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.retention.RetentionStatement.Withdrawn;
import org.citywall.audit.testing.RandomizedTest;

/** What people say about retention is read back as it was said, or not at all. */
class RetentionStatementTest {

  private static final String ALPHABET = "ab 01-_.*:\t\u6d59\u6c5f\ud83d\udd12\u00e9=\"'\\";

  @RandomizedTest(iterations = 400)
  void isReadAsItWasWritten(RandomGenerator random) {
    RetentionStatement made = statement(random);

    assertThat(RetentionStatement.of(EntryKind.RETENTION, event(made.act(), made.text())))
        .contains(made);
    assertThat(RetentionStatement.of(EntryKind.CONTROL, event(made.act(), made.text()))).isEmpty();
  }

  @RandomizedTest(iterations = 400)
  void isAnotherOneOrNoneWhereAByteWasChanged(RandomGenerator random) {
    RetentionStatement made = statement(random);
    byte[] text = made.text();
    int at = random.nextInt(text.length);
    text[at] ^= (byte) (1 + random.nextInt(255));

    Optional<RetentionStatement> read = StatementText.read(text);

    assertThat(read).isNotEqualTo(Optional.of(made));
    read.ifPresent(other -> assertThat(other.text()).isEqualTo(text));
  }

  @RandomizedTest(iterations = 400)
  void hasNoEffectWhereItWouldNotBeReadAsItWasMeant(RandomGenerator random) {
    String broken = text(random) + (random.nextBoolean() ? "\n" : "\r") + text(random);
    List<RetentionStatement> made =
        List.of(
            new HoldPlaced(List.of(new HoldScope(broken, null, null)), "", "li", "case"),
            new HoldPlaced(List.of(new HoldScope("a", null, null)), broken, "li", "case"),
            new DestructionProposed(new Payloads(broken, YearMonth.of(2020, 1)), "li", "rule"),
            new PolicySet(new RetentionPolicy(180, Map.of(broken, 200), 7), "li"));

    assertThat(made)
        .allMatch(
            statement ->
                new RetentionLedger()
                    .refusal(statement, Instant.EPOCH.plusSeconds(1L << 31))
                    .isPresent());
  }

  private static RetentionStatement statement(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> new PolicySet(policy(random), text(random));
      case 1 ->
          new HoldPlaced(
              Stream.generate(() -> scope(random)).limit(1 + random.nextInt(3)).toList(),
              random.nextBoolean() ? "" : text(random),
              text(random),
              text(random));
      case 2 -> new LiftProposed(leaf(random), text(random), text(random));
      case 3 -> new DestructionProposed(payloads(random), text(random), text(random));
      case 4 -> new Approved(leaf(random), text(random));
      case 5 -> new Withdrawn(leaf(random), text(random));
      case 6 ->
          new Destroyed(
              payloads(random),
              IntStream.range(0, random.nextInt(4)).mapToObj(i -> random.nextInt(999)).toList(),
              leaf(random));
      default ->
          new Completed(
              leaf(random),
              IntStream.range(0, random.nextInt(4)).mapToObj(i -> text(random)).toList());
    };
  }

  private static RetentionPolicy policy(RandomGenerator random) {
    Map<String, Integer> groups =
        random.nextBoolean() ? Map.of() : Map.of(text(random), 180 + random.nextInt(999));
    return new RetentionPolicy(180 + random.nextInt(999), groups, 1 + random.nextInt(30));
  }

  private static HoldScope scope(RandomGenerator random) {
    return new HoldScope(
        random.nextBoolean() ? null : text(random),
        random.nextBoolean() ? null : month(random),
        random.nextBoolean() ? null : month(random));
  }

  private static Payloads payloads(RandomGenerator random) {
    return new Payloads(text(random), month(random));
  }

  private static YearMonth month(RandomGenerator random) {
    return YearMonth.of(1970 + random.nextInt(200), 1 + random.nextInt(12));
  }

  private static long leaf(RandomGenerator random) {
    return random.nextLong(1L << random.nextInt(1, 62));
  }

  private static String text(RandomGenerator random) {
    int[] letters = ALPHABET.codePoints().toArray();
    return random
        .ints(1 + random.nextInt(12), 0, letters.length)
        .map(at -> letters[at])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Event event(String act, byte[] text) {
    return Event.builder(new SourcePosition("s", 1, 1), Instant.EPOCH, Instant.EPOCH)
        .put(Field.EVENT_ACTION, act)
        .put(Field.EVENT_ORIGINAL, text)
        .build();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.collect.internal.intake.NumberSet.Range;
import org.junit.jupiter.api.Test;

class SequenceWatchTest {

  private static final SourceState SOURCE =
      new SourceState("syslog-tcp/10.0.0.7", new HostPlaces(10, 10).share());

  private final SequenceWatch watch = new SequenceWatch();
  private final Channel a = new Channel(SOURCE);
  private final Channel b = new Channel(SOURCE);
  private Instant now = Instant.parse("2026-03-04T08:00:00Z");

  @Test
  void findsNothingMissingInOneCountThatRises() {
    arrive(a, 1, 2, 3, 4);

    assertThat(missing()).isEmpty();
  }

  @Test
  void findsWhatOneConnectionSkips() {
    arrive(a, 1, 2, 7, 8, 11);

    assertThat(missing()).containsExactly(new Range(3, 6), new Range(9, 10));
    assertThat(missing()).isEmpty();
  }

  @Test
  void waitsForNumbersThatAreOnTheirWayOverAnotherConnection() {
    arrive(a, 1);
    arrive(b, 2);
    arrive(a, 4);
    now = now.plus(SequenceWatch.GRACE);
    assertThat(watch.missing(now)).isEmpty();
    arrive(b, 3);

    assertThat(missing()).isEmpty();
  }

  @Test
  void takesACounterThatBeginsAnewForARestart() {
    arrive(a, 8, 9, 1, 2, 3, 9);

    assertThat(missing()).containsExactly(new Range(4, 8));
  }

  @Test
  void goesOnFromAConnectionThatHasEnded() {
    arrive(a, 1, 2);
    watch.ended(a, true);
    arrive(b, 3, 4);
    watch.ended(b, false);
    arrive(new Channel(SOURCE), 7);

    assertThat(missing()).containsExactly(new Range(5, 6));
  }

  @Test
  void acceptsThatRecordsAreSentAgainOverANewConnection() {
    arrive(a, 1, 2, 3, 4, 5);
    watch.ended(a, false);
    arrive(b, 3, 5, 6);

    assertThat(missing()).isEmpty();
  }

  @Test
  void holdsBackWhatIsMissingBehindAConnectionThatMayBeBroken() {
    arrive(a, 1, 2);
    arrive(b, 6);
    assertThat(missing()).isEmpty();
    watch.ended(a, false);

    assertThat(missing()).containsExactly(new Range(3, 5));
  }

  @Test
  void countsNothingAsMissingBehindAConnectionThatGoesOnOrEndsInOrder() {
    arrive(a, 1, 2);
    arrive(b, 1000);
    arrive(a, 3);
    watch.ended(b, true);
    arrive(new Channel(SOURCE), 2000);
    watch.ended(a, true);

    assertThat(missing()).containsExactly(new Range(1001, 1999));
  }

  @Test
  void remembersWhereCountersStood() {
    arrive(a, 1, 2, 3);
    arrive(b, 1001, 1002);
    SequenceWatch restarted = new SequenceWatch();
    restarted.restore(watch.marks());
    restarted.arrived(new Channel(SOURCE), 5);
    restarted.arrived(new Channel(SOURCE), 1003);

    assertThat(missing(restarted)).containsExactly(new Range(4, 4));
  }

  @Test
  void staysBoundedUnderASenderThatJumpsAllTheTime() {
    for (int i = 0; i < 10_000; i++) {
      watch.arrived(a, 1 + i * 1000L);
      watch.arrived(new Channel(SOURCE), 500 + i * 1000L);
    }

    assertThat(missing()).hasSizeLessThanOrEqualTo(2048).isNotEmpty();
    assertThat(watch.marks()).hasSizeLessThanOrEqualTo(8);
  }

  /** However one counter is spread over connections, all that is missing is found, and no more. */
  @RandomizedTest(iterations = 300)
  void findsExactlyWhatIsLostOfACounterOverSeveralConnections(RandomGenerator random) {
    List<Channel> channels = List.of(new Channel(SOURCE), new Channel(SOURCE), new Channel(SOURCE));
    List<List<Long>> queues = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Long> lost = new ArrayList<>();
    long end = random.nextLong(3, 2000);
    for (long number = 1; number <= end; number++) {
      boolean outer = number == 1 || number == end;
      if (!outer && random.nextInt(10) == 0) {
        lost.add(number);
      } else {
        queues.get(outer ? 0 : random.nextInt(3)).add(number);
      }
    }
    watch.arrived(channels.getFirst(), queues.getFirst().removeFirst());
    while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
      int next = random.nextInt(3);
      List<Long> queue = queues.get(next);
      for (int batch = random.nextInt(500); batch > 0 && !queue.isEmpty(); batch--) {
        watch.arrived(channels.get(next), queue.removeFirst());
      }
    }

    List<Long> found = new ArrayList<>();
    for (Range range : missing()) {
      for (long number = range.first(); number <= range.last(); number++) {
        found.add(number);
      }
    }
    assertThat(found).isEqualTo(lost);
  }

  private void arrive(Channel channel, long... numbers) {
    for (long number : numbers) {
      watch.arrived(channel, number);
    }
  }

  private List<Range> missing() {
    return missing(watch);
  }

  /** What is missing when all time for late numbers has passed. */
  private List<Range> missing(SequenceWatch asked) {
    List<Range> missing = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      now = now.plus(SequenceWatch.GRACE_OF_SEVERAL);
      missing.addAll(asked.missing(now));
    }
    return missing;
  }
}

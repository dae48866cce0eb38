// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Entry;
import org.citywall.audit.testing.MutableClock;
import org.citywall.collect.CollectorConfig.SourceLimits;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.SilencePolicy;
import org.citywall.collect.internal.spool.Spool;
import org.citywall.collect.internal.spool.Spooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickerTest {

  /** The record's text is the host that the event is about. */
  private static final Parser HOST_NAME =
      record ->
          new ParseResult.Parsed(
              Event.builder(record.position(), record.receivedAt(), record.receivedAt())
                  .put(Field.HOST_NAME, new String(record.bytes(), UTF_8))
                  .build());

  @TempDir Path folder;
  private final MutableClock clock = MutableClock.at("2026-03-04T00:00:00Z");
  private Spool spool;
  private final Map<String, Channel> channels = new HashMap<>();
  private Intake intake;

  @BeforeEach
  void open() {
    spool = Spool.open(folder, 1 << 20);
    intake =
        new Intake(
            spool,
            new SourceRegistry(new SourceLimits(10, 10, 100, 10)),
            new ClientIds(10),
            clock,
            1);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Test
  void ticksEachSecondUnderLoadAndEachMinuteWhenIdle() throws Exception {
    Ticker ticker = ticker(Map.of());
    for (int second = 0; second < 180; second++) {
      if (second < 10) {
        hear("syslog-tcp/a", "h");
      }
      ticker.beat();
      clock.advance(Duration.ofSeconds(1));
    }

    List<Entry> ticks = entries().stream().filter(e -> e.kind() == EntryKind.TICK).toList();

    assertThat(ticks).hasSize(12);
    assertThat(ticks.getLast().event().timestamp()).isEqualTo("2026-03-04T00:02:09Z");
  }

  @Test
  void reportsASourceOnceWhenItFallsSilentAndOnceWhenItIsBack() throws Exception {
    Ticker ticker = ticker(Map.of());
    for (int i = 0; i < 10; i++) {
      hear("syslog-tcp/a", "h");
      clock.advance(Duration.ofSeconds(10));
    }
    for (int i = 0; i < 60; i++) {
      clock.advance(Duration.ofSeconds(10));
      ticker.beat();
    }
    hear("syslog-tcp/a", "h");
    ticker.beat();

    List<Event> reports = reports();

    assertThat(reports)
        .extracting(e -> e.text(Field.EVENT_ACTION))
        .containsExactly("source-silent", "source-resumed");
    assertThat(reports).extracting(e -> e.text(Field.GOV_ORIGIN_ID)).containsOnly("syslog-tcp/a");
    assertThat(reports.getFirst().number(Field.GOV_SILENCE_SECONDS)).isEqualTo(310);
    assertThat(reports.getLast().number(Field.GOV_SILENCE_SECONDS)).isEqualTo(610);
  }

  @Test
  void waitsLongerForASourceThatSpeaksSeldom() throws Exception {
    Ticker ticker = ticker(Map.of());
    for (int i = 0; i < 10; i++) {
      hear("syslog-tcp/a", "h");
      clock.advance(Duration.ofMinutes(10));
      ticker.beat();
    }
    assertThat(reports()).isEmpty();

    clock.advance(Duration.ofMinutes(50));
    ticker.beat();

    assertThat(reports())
        .extracting(e -> e.text(Field.EVENT_ACTION))
        .containsExactly("source-silent");
  }

  @Test
  void doesNotExpectASourceThatHasSpokenFewTimes() throws Exception {
    hear("syslog-tcp/a", "h");
    clock.advance(Duration.ofDays(1));
    ticker(Map.of()).beat();

    assertThat(reports()).isEmpty();
  }

  @Test
  void reportsAnExpectedSourceThatNeverSpeaks() throws Exception {
    Ticker ticker = ticker(Map.of("http/gateway", Duration.ofMinutes(1)));
    ticker.beat();
    clock.advance(Duration.ofSeconds(61));
    ticker.beat();

    assertThat(reports())
        .extracting(e -> e.text(Field.GOV_ORIGIN_ID))
        .containsExactly("http/gateway");
  }

  @Test
  void reportsOneHostOfARelayThatStillSpeaksForOthers() throws Exception {
    Ticker ticker = ticker(Map.of());
    for (int i = 0; i < 10; i++) {
      hear("relp/relay", "a");
      hear("relp/relay", "b");
      clock.advance(Duration.ofSeconds(30));
    }
    for (int i = 0; i < 12; i++) {
      hear("relp/relay", "a");
      clock.advance(Duration.ofSeconds(30));
      ticker.beat();
    }

    List<Event> reports = reports();

    assertThat(reports)
        .extracting(e -> e.text(Field.GOV_ORIGIN_ID))
        .containsExactly("relp/relay#b");
    assertThat(reports.getFirst().text(Field.HOST_NAME)).isEqualTo("b");
  }

  private Ticker ticker(Map<String, Duration> expected) {
    return new Ticker(intake, new SilencePolicy(Duration.ofMinutes(5), 10, expected), clock);
  }

  private void hear(String source, String host) throws InterruptedException {
    Channel channel = channels.computeIfAbsent(source, intake::open);
    intake.accept(channel, HOST_NAME, List.of(Frame.whole(host.getBytes(UTF_8))));
  }

  private final List<Entry> read = new ArrayList<>();

  private List<Entry> entries() throws InterruptedException {
    spool.awaitDurable(spool.append(List.of()));
    List<Spooled> more = spool.read(1000, Duration.ZERO);
    while (!more.isEmpty()) {
      more.forEach(record -> read.add(Payload.decode(record.payload())));
      more = spool.read(1000, Duration.ZERO);
    }
    return read;
  }

  private List<Event> reports() throws InterruptedException {
    return entries().stream()
        .map(Entry::event)
        .filter(event -> event.position().source().equals(Intake.OWN_SOURCE))
        .toList();
  }
}

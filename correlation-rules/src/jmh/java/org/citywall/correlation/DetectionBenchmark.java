// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.Vendor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one event in an engine with {@value #KEYS} live keys: half failed log-ins from as many
 * addresses, half reads by as many accounts; and of one event that rules must reason about.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class DetectionBenchmark {

  static final int KEYS = 100_000;
  static final int EVENTS = 400_000;
  static final int REASONED = 20_000;

  static final Context CITY =
      Context.builder("bench")
          .vendors(List.of(new Vendor("V1", "V1", LocalDate.parse("2020-01-01"), null)))
          .persons(persons())
          .dataSets(List.of(new DataSet("s.t", 4, null, null)))
          .build();

  private final RulePack pack = RulePack.builtIn();
  private final List<LoggedEntry> quiet = entries(EVENTS, KEYS / 2, false);
  private final List<LoggedEntry> reasoned = entries(REASONED, 1000, true);
  private DetectionEngine engine;

  @Setup(Level.Iteration)
  public void open() {
    engine = new DetectionEngine(pack, CITY, EngineOptions.DEFAULT);
  }

  @TearDown(Level.Iteration)
  public void close() {
    engine.close();
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int eventWithoutSignal() {
    return feed(engine, quiet);
  }

  @Benchmark
  @OperationsPerInvocation(REASONED)
  public int eventWithSignal() {
    return feed(engine, reasoned);
  }

  static int feed(DetectionEngine engine, List<LoggedEntry> entries) {
    int updates = 0;
    for (LoggedEntry entry : entries) {
      updates += engine.accept(entry).size();
    }
    return updates;
  }

  static List<LoggedEntry> entries(int count, int keys, boolean outsourced) {
    List<LoggedEntry> entries = new ArrayList<>(count);
    Instant start = Instant.parse("2026-03-10T15:40:00Z");
    for (int i = 0; i < count; i++) {
      Instant now = start.plusNanos(i * 200_000L);
      Event.Builder event = Event.builder(new SourcePosition("bench", 1, i + 1), now, now);
      int key = i / 2 % keys;
      if (i % 2 == 0 && !outsourced) {
        event
            .put(Field.EVENT_CATEGORY, List.of("authentication"))
            .put(Field.EVENT_OUTCOME, "failure")
            .put(Field.SOURCE_IP, "10." + (key >> 16) + "." + (key >> 8 & 255) + "." + (key & 255))
            .put(Field.USER_NAME, "root");
      } else {
        event
            .put(Field.EVENT_CATEGORY, List.of("database"))
            .put(Field.USER_NAME, (outsourced ? "out" : "acc") + key)
            .put(Field.DB_TABLE, List.of("s.t"))
            .put(Field.DB_ROWS_RETURNED, 5);
      }
      entries.add(new LoggedEntry(i, EntryKind.EVENT, event.build()));
    }
    return entries;
  }

  private static List<Person> persons() {
    List<Person> persons = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      boolean outsourced = i < 1000;
      persons.add(
          new Person(
              (outsourced ? "out" : "staff") + i,
              "n",
              outsourced ? PersonType.OUTSOURCED : PersonType.STAFF,
              null,
              outsourced ? "V1" : null,
              null));
    }
    return persons;
  }
}

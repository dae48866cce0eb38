// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;
import org.citywall.correlation.sigma.Placeholders;
import org.citywall.correlation.sigma.SigmaRules;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * A backtest over a sealed log of accesses at 10,000 a second: nothing in force, six rules and four
 * correlations to be tried.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseParallelGC"})
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class BacktestBenchmark {

  static final int EVENTS = 1_000_000;
  private static final Instant START = Instant.parse("2026-03-10T00:00:00Z");
  private static final String RULES =
      """
      title: Tool
      logsource: {product: citywall, category: data_access}
      detection: {a: {db.client.app|contains: [navicat, pg_dump]}, condition: a}
      level: high
      ---
      title: Settings
      logsource: {product: citywall, category: data_access}
      detection: {a: {db.statement|startswith: 'alter system'}, condition: a}
      level: high
      ---
      title: Refused
      name: refused
      logsource: {product: citywall, category: data_access}
      detection: {a: {gov.decision: deny}, condition: a}
      level: low
      ---
      title: Shadow
      logsource: {product: linux, service: sudo}
      detection: {a: {message|contains: /etc/shadow}, condition: a}
      level: high
      ---
      title: Failed
      name: failed
      logsource: {category: authentication}
      detection: {a: {event.outcome: failure}, condition: a}
      level: low
      ---
      title: Large
      name: large
      logsource: {product: citywall, category: data_access}
      detection: {a: {db.rows.returned|gte: 900}, condition: a}
      level: low
      ---
      title: Many refused
      correlation: {type: event_count, rules: [refused], group-by: [user.name], timespan: 10m, condition: {gte: 50}}
      level: high
      ---
      title: Spray
      correlation: {type: value_count, rules: [failed], group-by: [source.ip], timespan: 30m, condition: {field: user.name, gte: 15}}
      level: high
      ---
      title: Rows
      correlation: {type: value_sum, rules: [large], group-by: [user.name], timespan: 10m, condition: {field: db.rows.returned, gte: 9000000}}
      level: high
      ---
      title: Refused, then large
      correlation: {type: temporal_ordered, rules: [refused, large], group-by: [user.name], timespan: 1s}
      level: low
      """;

  private Path folder;
  private LogReader log;
  private RulePack pack;

  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("backtest");
    pack = RulePack.builtIn();
    SplittableRandom random = new SplittableRandom(1);
    WrapperInMemory wrapper = new WrapperInMemory();
    LogKeys keys =
        LogKeys.of(new NoteSigner("bench.example/log", new KeyInMemory()))
            .withSm3(new Sm2KeyInMemory())
            .withSealing(wrapper);
    try (EvidenceLog writer =
        EvidenceLogs.open(folder, LogOptions.defaults(), keys, MutableClock.at(START), random)) {
      List<Entry> batch = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        batch.add(entry(i, random));
        if (batch.size() == 2000) {
          writer.append(batch);
          batch.clear();
        }
      }
      writer.append(batch);
    }
    log = EvidenceLogs.openReadOnly(folder, wrapper);
  }

  private static Entry entry(int i, SplittableRandom random) {
    Instant time = START.plusNanos(i * 100_000L);
    Event.Builder event = Event.builder(new SourcePosition("proxy", 1, i + 1L), time, time);
    if (i % 10_000 == 0) {
      return new Entry(EntryKind.TICK, event.build());
    }
    event
        .put(Field.EVENT_CATEGORY, List.of("database"))
        .put(Field.EVENT_ACTION, "access-completed")
        .put(Field.EVENT_DATASET, "citywall.masking_proxy")
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.USER_NAME, "user" + random.nextInt(3000))
        .put(Field.SOURCE_IP, "10.1." + random.nextInt(256) + '.' + random.nextInt(256))
        .put(Field.DB_SYSTEM, "postgresql")
        .put(Field.DB_NAME, "city")
        .put(Field.DB_TABLE, List.of("population.person"))
        .put(Field.DB_COLUMNS, List.of("population.person.id_card", "population.person.name"))
        .put(Field.DB_OPERATION, "SELECT")
        .put(Field.DB_STATEMENT, "select id_card, name from population.person where id = ?")
        .put(Field.DB_STATEMENT_HASH, "5d41402abc4b2a76b9719d911017c592")
        .put(Field.DB_CLIENT_APP, "yunlan-desk")
        .put(Field.DB_ROWS_RETURNED, random.nextInt(1000))
        .put(Field.GOV_DECISION, random.nextInt(500) == 0 ? "deny" : "mask")
        .put(Field.GOV_DATA_LEVEL, 3)
        .put(Field.GOV_PERSON_TYPE, "staff");
    return new Entry(EntryKind.COMPLETION, event.build());
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int entryOfABacktest() throws InterruptedException {
    BacktestResult result =
        new Backtest(log, 2)
            .run(
                new Backtest.Question(
                    Backtest.Rules.ofSigma(pack, SigmaSet.NONE),
                    Backtest.Rules.ofSigma(
                        pack,
                        SigmaSet.of(
                            SigmaRules.of(
                                List.of(new SigmaRules.Source("bench.yml", RULES)),
                                Placeholders.NONE),
                            SigmaSet.Level.HIGH)),
                    START,
                    START.plus(Duration.ofMinutes(2))),
                done -> {});
    System.out.printf(
        "%,d entries/s, %.1f times real time, %d alerts%n",
        result.entriesPerSecond(), result.timesRealTime(), result.candidate().size());
    return result.candidate().size();
  }

  @TearDown
  public void delete() throws IOException {
    log.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

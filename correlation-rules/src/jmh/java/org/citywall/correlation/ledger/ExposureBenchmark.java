// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.subject.SubjectKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ledger over ninety days of 2,000 operators who see 1,000,000 subjects: eight accesses a day
 * each, of 1 to 40 persons. What it holds at the end is printed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 1)
@Measurement(iterations = 2)
public class ExposureBenchmark {

  static final int OPERATORS = 2_000;
  static final int SUBJECTS = 1_000_000;
  static final int ACCESSES = 8;
  static final int EVENTS = OPERATORS * ACCESSES * ExposureLedger.DAYS;
  private static final int MOST_PERSONS = 40;
  private static final Instant START = Instant.parse("2026-03-01T16:00:00Z");

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long ninetyDays() {
    ExposureLedger ledger = new ExposureLedger();
    SplittableRandom random = new SplittableRandom(7);
    long leaf = 0;
    for (int day = 0; day < ExposureLedger.DAYS; day++) {
      Instant at = START.plus(Duration.ofDays(day));
      for (int i = 0; i < OPERATORS * ACCESSES; i++) {
        ledger.accept(entry(leaf++, at, i % OPERATORS, random));
      }
    }
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.out.println(
        "cells "
            + ledger.cells()
            + ", sketches "
            + ledger.sketchBytes() / 1_000_000
            + " MB, heap in use "
            + (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000
            + " MB");
    return ledger.next();
  }

  private static LoggedEntry entry(long leaf, Instant at, int operator, SplittableRandom random) {
    int persons = random.nextInt(1, MOST_PERSONS);
    String[] digests = new String[persons];
    for (int i = 0; i < persons; i++) {
      // As evenly spread as keyed hashes, and cheaper to make.
      digests[i] = SubjectKey.text(random.nextInt(SUBJECTS) * 0x9E3779B97F4A7C15L);
    }
    return new LoggedEntry(
        leaf,
        EntryKind.COMPLETION,
        Event.builder(new SourcePosition("proxy", 1, leaf + 1), at, at)
            .put(Field.EVENT_DATASET, "citywall.masking_proxy")
            .put(Field.EVENT_ACTION, "access-completed")
            .put(Field.GOV_DECISION, "mask")
            .put(Field.USER_NAME, "operator-" + operator)
            .put(Field.GOV_DEPARTMENT_CODE, "unit-" + operator % 55)
            .put(Field.DB_TABLE, List.of("population.person"))
            .put(Field.GOV_DATA_LEVEL, 3)
            .put(Field.DB_ROWS_RETURNED, persons)
            .put(Field.GOV_SUBJECTS_KEY, "0a1b2c3d")
            .put(Field.GOV_SUBJECTS_ROWS, persons)
            .put(Field.GOV_SUBJECTS_DIGESTS, List.of(digests))
            .build());
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many rules of a folder ({@code -Dsigma.rules=DIR}) an event of a fleet is tested against, and
 * the time that takes, the making of the event included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 3)
@Measurement(iterations = 3)
public class FleetBenchmark {

  static final int EVENTS = 120_000;

  private SigmaMatcher matcher;
  private int rules;

  @Setup
  public void prepare() {
    String folder = System.getProperty("sigma.rules");
    List<SigmaRule> loaded =
        folder == null
            ? List.of()
            : SigmaRules.read(List.of(Path.of(folder)), Placeholders.NONE).rules();
    rules = loaded.size();
    matcher = SigmaMatcher.of(loaded);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int fleetEventAmongAllRules() {
    HostFleet fleet = new HostFleet(new SplittableRandom(1));
    int[] candidates = new int[EVENTS];
    int hits = 0;
    for (int i = 0; i < EVENTS; i++) {
      hits += matcher.match(fleet.next()).size();
      candidates[i] = matcher.lastCandidates();
    }
    Arrays.sort(candidates);
    System.out.printf(
        "rules %d, candidates p50 %d, p95 %d (%.2f %%), p99 %d, most %d; hits %d%n",
        rules,
        candidates[EVENTS / 2],
        candidates[EVENTS * 95 / 100],
        100.0 * candidates[EVENTS * 95 / 100] / Math.max(1, rules),
        candidates[EVENTS * 99 / 100],
        candidates[EVENTS - 1],
        hits);
    return hits;
  }
}

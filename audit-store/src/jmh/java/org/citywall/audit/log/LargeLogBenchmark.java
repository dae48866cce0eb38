// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.StateSaving;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.log.verify.VerificationState;
import org.citywall.audit.testing.WrapperInMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A log of ten million events with 512 bytes of payload: appended, proved, verified as a whole and,
 * after a fifth was added, from the state of that verification on. Prints the figures of each.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class LargeLogBenchmark {

  private static final long SIZE = Long.getLong("bench.entries", 10_000_000);
  private static final int BATCH = 2_000;
  private static final int PROOFS = 20_000;
  private static final int CALLERS = 4;
  private static final Instant TIME = Instant.parse("2026-03-01T08:00:00Z");
  private static final String ORIGINAL = "x".repeat(400);

  /** What the log has. */
  @Param({"ONE_TREE", "TWO_TREES", "AES", "SM4"})
  public EvidenceLogBench.Form form;

  private final WrapperInMemory wrapper = new WrapperInMemory();

  @Benchmark
  public void appendProveVerify() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "large");
    try {
      run(folder);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void run(Path folder) throws Exception {
    LogOptions options =
        LogOptions.defaults()
            .withCipher(
                form == EvidenceLogBench.Form.SM4
                    ? PayloadCipher.SM4_GCM
                    : PayloadCipher.AES_256_GCM);
    LogKeys keys = EvidenceLogBench.keys(form, wrapper);
    AtomicReference<VerificationState> state = new AtomicReference<>();
    try (EvidenceLog log =
        EvidenceLogs.open(folder, options, keys, Clock.systemUTC(), new SecureRandom())) {
      append(log, 1, SIZE);
      prove(log);
    }
    print("bytes on disk per entry", size(folder) / (double) SIZE);
    verify("full", verifier(folder).saving(into(state)));
    long more = SIZE / 5;
    try (EvidenceLog log =
        EvidenceLogs.open(folder, options, keys, Clock.systemUTC(), new SecureRandom())) {
      append(log, SIZE + 1, more);
    }
    verify("incremental", verifier(folder).continuing(state.get()));
  }

  private LogVerifier verifier(Path folder) {
    return new LogVerifier(folder, List.of(), wrapper);
  }

  private static StateSaving into(AtomicReference<VerificationState> state) {
    return new StateSaving(state::set, Long.MAX_VALUE, Duration.ofDays(1), Clock.systemUTC());
  }

  private void append(EvidenceLog log, long first, long count) throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      String source = "source-" + caller;
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (long next = first; next < first + count / CALLERS; next += BATCH) {
                      log.append(batch(source, next));
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    log.signCheckpoint();
    print("append, events/s", count / seconds(start));
  }

  private static List<Entry> batch(String source, long from) {
    List<Entry> entries = new ArrayList<>(BATCH);
    for (long sequence = from; sequence < from + BATCH; sequence++) {
      entries.add(new Entry(EntryKind.EVENT, event(source, sequence)));
    }
    return entries;
  }

  private static Event event(String source, long sequence) {
    return Event.builder(new SourcePosition(source, 1, sequence), TIME, TIME)
        .put(Field.EVENT_CATEGORY, List.of("authentication"))
        .put(Field.EVENT_ACTION, "ssh_login")
        .put(Field.EVENT_OUTCOME, "failure")
        .put(Field.GOV_SITE, "330100-site-" + sequence % 55)
        .put(Field.GOV_NOTE, ORIGINAL + sequence)
        .build();
  }

  private void prove(EvidenceLog log) {
    SplittableRandom random = new SplittableRandom(1);
    long[] nanos = new long[PROOFS];
    int longest = 0;
    for (int i = 0; i < PROOFS; i++) {
      long leaf = random.nextLong(log.size());
      long start = System.nanoTime();
      EntryProof proof = log.prove(leaf);
      nanos[i] = System.nanoTime() - start;
      longest = Math.max(longest, proof.path().size());
    }
    Arrays.sort(nanos);
    print("inclusion proof p50, us", nanos[PROOFS / 2] / 1e3);
    print("inclusion proof p99, us", nanos[PROOFS * 99 / 100] / 1e3);
    print("inclusion proof longest, us", nanos[PROOFS - 1] / 1e3);
    print("inclusion proof, most hashes", longest);
    print("ceil(log2 n)", 64 - Long.numberOfLeadingZeros(log.size() - 1));
  }

  private void verify(String mode, LogVerifier verifier) {
    long start = System.nanoTime();
    VerificationReport report = verifier.full(Progress.SILENT);
    print(mode + " verification, entries/s", report.entries() / seconds(start));
    if (report.verdict() != Verdict.INTACT) {
      throw new IllegalStateException(report.toString());
    }
  }

  private void print(String what, double figure) {
    System.out.printf(Locale.ROOT, "%n%s, %s: %,.1f", form, what, figure);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}

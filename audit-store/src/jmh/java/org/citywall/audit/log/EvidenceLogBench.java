// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Durable appends, reads, proofs and verification of events with 512 bytes of payload. */
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class EvidenceLogBench {

  private static final Instant TIME = Instant.parse("2026-03-01T08:00:00Z");
  private static final String ORIGINAL = "x".repeat(400);

  private static Event event(String source, long sequence) {
    return Event.builder(new SourcePosition(source, 1, sequence), TIME, TIME)
        .put(Field.EVENT_CATEGORY, List.of("authentication"))
        .put(Field.EVENT_ACTION, "ssh_login")
        .put(Field.EVENT_OUTCOME, "failure")
        .put(Field.GOV_SITE, "330100-site-" + sequence % 55)
        .put(Field.GOV_NOTE, ORIGINAL + sequence)
        .build();
  }

  /** What a log has. */
  public enum Form {
    /** Version 1: one tree over SHA-256, payloads in the open. */
    ONE_TREE,
    /** Trees over SHA-256 and SM3, payloads in the open. */
    TWO_TREES,
    /** Two trees, payloads sealed with AES-256-GCM. */
    AES,
    /** Two trees, payloads sealed with SM4-GCM. */
    SM4
  }

  static LogKeys keys(Form form, WrapperInMemory wrapper) {
    LogKeys one = LogKeys.of(new NoteSigner("bench.example/log", new KeyInMemory()));
    return switch (form) {
      case ONE_TREE -> one;
      case TWO_TREES -> one.withSm3(new Sm2KeyInMemory());
      case AES, SM4 -> one.withSm3(new Sm2KeyInMemory()).withSealing(wrapper);
    };
  }

  /** A log in a fresh folder. */
  @State(Scope.Benchmark)
  public static class OpenLog {

    @Param({"ONE_TREE", "TWO_TREES", "AES", "SM4"})
    public Form form;

    private final WrapperInMemory wrapper = new WrapperInMemory();
    private Path folder;
    private EvidenceLog log;

    @Setup(Level.Trial)
    public void open() throws IOException {
      folder = Files.createTempDirectory(Path.of("target"), "bench");
      LogOptions options =
          LogOptions.defaults()
              .withCipher(form == Form.SM4 ? PayloadCipher.SM4_GCM : PayloadCipher.AES_256_GCM);
      log =
          EvidenceLogs.open(
              folder, options, keys(form, wrapper), Clock.systemUTC(), new SecureRandom());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      log.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A log that holds {@link #SIZE} entries under one checkpoint. */
  @State(Scope.Benchmark)
  public static class FilledLog extends OpenLog {

    static final int SIZE = 400_000;
    private static final int BATCH = 2000;
    private long next;

    @Setup(Level.Trial)
    public void fill() {
      for (int from = 1; from <= SIZE; from += BATCH) {
        List<Entry> entries = new ArrayList<>();
        for (int sequence = from; sequence < from + BATCH; sequence++) {
          entries.add(new Entry(EntryKind.EVENT, event("fill", sequence)));
        }
        super.log.append(entries);
      }
      super.log.signCheckpoint();
    }

    long anyLeaf() {
      next = (next + 7_919) % SIZE;
      return next;
    }
  }

  /** One caller with a source of its own. */
  @State(Scope.Thread)
  public static class Caller {

    private static final AtomicInteger CALLERS = new AtomicInteger();
    private String source;
    private long sequence;

    @Setup(Level.Trial)
    public void name() {
      source = "caller-" + CALLERS.incrementAndGet();
    }

    List<Entry> batch(int size) {
      List<Entry> entries = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        entries.add(new Entry(EntryKind.EVENT, event(source, ++sequence)));
      }
      return entries;
    }
  }

  /** Events, beside the calls that the harness counts. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Events {
    public long events;

    @Setup(Level.Iteration)
    public void clear() {
      events = 0;
    }
  }

  /** How many events a caller brings at once. */
  @State(Scope.Benchmark)
  public static class Batch {
    @Param({"1", "100", "1000"})
    public int size;
  }

  @Benchmark
  @Threads(1)
  @BenchmarkMode(Mode.Throughput)
  public long[] appendByOneCaller(OpenLog open, Caller caller, Batch batch, Events counter) {
    counter.events += batch.size;
    return open.log.append(caller.batch(batch.size));
  }

  @Benchmark
  @Threads(8)
  @BenchmarkMode(Mode.Throughput)
  public long[] appendByEightCallers(OpenLog open, Caller caller, Batch batch, Events counter) {
    counter.events += batch.size;
    return open.log.append(caller.batch(batch.size));
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public EntryProof prove(FilledLog open) {
    return ((OpenLog) open).log.prove(open.anyLeaf());
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public LoggedEntry readOne(FilledLog open) {
    return ((OpenLog) open).log.read(open.anyLeaf());
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  public long verify(FilledLog open, Events counter) {
    OpenLog opened = open;
    long entries =
        new LogVerifier(opened.folder, List.of(), opened.wrapper).full(Progress.SILENT).entries();
    counter.events += entries;
    return entries;
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  public List<LoggedEntry> readInBatches(FilledLog open, Events counter) {
    List<LoggedEntry> entries = ((OpenLog) open).log.read(open.anyLeaf(), 2000);
    counter.events += entries.size();
    return entries;
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public byte[] encode(Encoded encoded) {
    return encoded.event.encode();
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public Event decode(Encoded encoded) {
    return Event.decode(encoded.bytes);
  }

  /** An event and its bytes. */
  @State(Scope.Benchmark)
  public static class Encoded {
    private final Event event = event("encoded", 42);
    private final byte[] bytes = event.encode();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.testing.KeyInMemory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same log in this process and through the store on loopback, both ends in one JVM: durable
 * appends and verified reads of events with about 512 bytes of payload.
 */
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@BenchmarkMode(Mode.Throughput)
public class RemoteLogBench {

  private static final Instant TIME = Instant.parse("2026-03-01T08:00:00Z");
  private static final String ORIGINAL = "x".repeat(330);

  private static Entry entry(String source, long sequence) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition(source, 1, sequence), TIME, TIME)
            .put(Field.EVENT_CATEGORY, List.of("authentication"))
            .put(Field.EVENT_ACTION, "ssh_login")
            .put(Field.EVENT_OUTCOME, "failure")
            .put(Field.GOV_SITE, "330100-site-" + sequence % 55)
            .put(Field.GOV_NOTE, ORIGINAL + sequence)
            .build());
  }

  private static List<Entry> entries(String source, long from, int count) {
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(entry(source, from + i));
    }
    return entries;
  }

  /** A log that is used here or through the store. */
  @State(Scope.Benchmark)
  public static class UsedLog {

    static final int FILLED = 200_000;
    private static final int BATCH = 2000;

    @Param({"local", "remote"})
    public String where;

    private Path folder;
    private TestStore store;
    EvidenceLog log;
    private int next;

    @Setup(Level.Trial)
    public void open() throws IOException {
      folder = Files.createTempDirectory(Path.of("target"), "bench");
      NoteSigner signer = new NoteSigner("bench.example/log", new KeyInMemory());
      StoredLog local =
          EvidenceLogs.open(
              folder, LogOptions.defaults(), signer, Clock.systemUTC(), new SecureRandom());
      for (int from = 1; from <= FILLED; from += BATCH) {
        local.append(entries("fill", from, BATCH));
      }
      local.signCheckpoint();
      store = TestStore.serving(folder, local);
      log = where.equals("local") ? local : store.client(signer.verifierKey());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      log.close();
      store.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }

    int anyLeaf() {
      next = (next + 7_919) % (FILLED - BATCH);
      return next;
    }
  }

  /** One caller with a source of its own. */
  @State(Scope.Thread)
  public static class Caller {

    private static final AtomicInteger CALLERS = new AtomicInteger();
    private final String source = "caller-" + CALLERS.incrementAndGet();
    private long sequence = 1;

    List<Entry> batch(int size) {
      List<Entry> batch = entries(source, sequence, size);
      sequence += size;
      return batch;
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
  public long[] appendByOneCaller(UsedLog used, Caller caller, Batch batch, Events counter) {
    counter.events += batch.size;
    return used.log.append(caller.batch(batch.size));
  }

  @Benchmark
  @Threads(8)
  public long[] appendByEightCallers(UsedLog used, Caller caller, Batch batch, Events counter) {
    counter.events += batch.size;
    return used.log.append(caller.batch(batch.size));
  }

  @Benchmark
  public List<LoggedEntry> readInBatches(UsedLog used, Events counter) {
    List<LoggedEntry> entries = used.log.read(used.anyLeaf(), 2000);
    counter.events += entries.size();
    return entries;
  }

  @Benchmark
  public LoggedEntry readOne(UsedLog used) {
    return used.log.read(used.anyLeaf());
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
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
import org.openjdk.jmh.annotations.Warmup;

/** What indexing a log-in event with 26 fields costs, and what questions about many of them do. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@State(Scope.Benchmark)
public class IndexBenchmark {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final int BATCH = 500;

  /** Events that are indexed before the questions are asked. */
  @Param("1000000")
  int events;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
  private final QueryParser parser =
      new QueryParser(MutableClock.at(START).withZone(ZoneOffset.UTC));
  private Path folder;
  private LuceneIndex index;

  @Setup(Level.Trial)
  public void fill() throws IOException {
    folder = Files.createTempDirectory("index-benchmark");
    index = LuceneIndex.open(folder.resolve("index"), new MemoryLog());
    while (index.nextLeaf() < events) {
      indexBatch();
    }
    index.commit();
    index.refresh();
  }

  @TearDown(Level.Trial)
  public void clear() throws IOException {
    index.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** 500 events, making them included. */
  @Benchmark
  public long indexBatch() {
    List<LoggedEntry> batch = new ArrayList<>(BATCH);
    for (long leaf = index.nextLeaf(); batch.size() < BATCH; leaf++) {
      batch.add(new LoggedEntry(leaf, EntryKind.EVENT, event(leaf)));
    }
    index.index(batch);
    return index.nextLeaf();
  }

  /** 500 events until a search sees them. */
  @Benchmark
  public long indexBatchAndRefresh() {
    indexBatch();
    index.refresh();
    return index.nextLeaf();
  }

  @Benchmark
  public SearchPage searchEverything() {
    return search("*");
  }

  @Benchmark
  public SearchPage searchRareUser() {
    return search("user.name:user77 event.outcome:success");
  }

  @Benchmark
  public SearchPage searchChinesePhrase() {
    return search("登录失败");
  }

  @Benchmark
  public Histogram histogramOfEverything() {
    return histogram("*");
  }

  @Benchmark
  public Histogram histogramOfFailures() {
    return histogram("event.outcome:failure");
  }

  @Benchmark
  public List<TermCount> mostFrequentUsers() {
    return index.terms(parser.parse("event.outcome:failure"), TimeRange.ALL, Field.USER_NAME, 10);
  }

  private SearchPage search(String query) {
    return index.search(new SearchRequest(parser.parse(query), TimeRange.ALL, 50, null));
  }

  private Histogram histogram(String query) {
    Duration span = Duration.ofMillis(20L * events);
    TimeRange range = new TimeRange(START, START.plus(span));
    return index.histogram(new HistogramRequest(parser.parse(query), range, span.dividedBy(120)));
  }

  private Event event(long leaf) {
    Instant time = START.plusMillis(20 * leaf + random.nextInt(2000));
    String user = "user" + random.nextInt(2000);
    String host = "gw-" + random.nextInt(60);
    String address =
        "10." + random.nextInt(4) + "." + random.nextInt(256) + "." + random.nextInt(256);
    String message = "Failed password for " + user + " from " + address + " ssh2 数据局登录失败";
    return Event.builder(new SourcePosition("syslog-tls/" + host, 1, leaf + 1), time, time)
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("authentication"))
        .put(Field.EVENT_TYPE, List.of("start"))
        .put(Field.EVENT_ACTION, "ssh_login")
        .put(Field.EVENT_OUTCOME, random.nextInt(5) == 0 ? "success" : "failure")
        .put(Field.EVENT_DATASET, "system.auth")
        .put(Field.EVENT_MODULE, "system")
        .put(Field.HOST_NAME, host)
        .put(Field.HOST_HOSTNAME, host)
        .put(Field.USER_NAME, user)
        .put(Field.SOURCE_IP, address)
        .put(Field.SOURCE_PORT, random.nextInt(65_536))
        .put(Field.PROCESS_NAME, "sshd")
        .put(Field.PROCESS_PID, random.nextInt(65_536))
        .put(Field.LOG_SYSLOG_APPNAME, "sshd")
        .put(Field.LOG_SYSLOG_FACILITY_NAME, "authpriv")
        .put(Field.LOG_SYSLOG_SEVERITY_NAME, "info")
        .put(Field.LOG_SYSLOG_HOSTNAME, host)
        .put(Field.GOV_DEPARTMENT_CODE, "3301" + random.nextInt(55))
        .put(Field.GOV_PERSON_TYPE, "staff")
        .put(Field.GOV_SITE, "hz")
        .put(Field.GOV_TIER, "city")
        .put(Field.NETWORK_PROTOCOL, "ssh")
        .put(Field.GOV_DATA_LEVEL, random.nextInt(1, 5))
        .put(Field.MESSAGE, message)
        .put(
            Field.EVENT_ORIGINAL,
            ("<86>1 - " + host + " sshd 4711 - - " + message).getBytes(StandardCharsets.UTF_8))
        .build();
  }
}

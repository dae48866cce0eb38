// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.citywall.console.incident.IncidentChange;
import org.citywall.console.incident.IncidentChanges;
import org.citywall.correlation.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One server in one JVM, fed with syslog over TCP: 5,000 lines a second with an attack in each,
 * then as many lines as it takes. Prints latencies, throughput and memory.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {
      "-Xmx1g",
      "--enable-native-access=ALL-UNNAMED",
      "--add-modules=jdk.incubator.vector"
    })
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class EndToEndBenchmark {

  private static final int PER_SECOND = 5_000;
  private static final int SECONDS = Integer.getInteger("bench.seconds", 60);
  private static final int FLOOD = 500_000;

  private final ConcurrentLinkedQueue<Long> searchable = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> raised = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean measuring = new AtomicBoolean(true);

  @Benchmark
  public void rawLineToIncident() throws Exception {
    Path data = Files.createTempDirectory("citywall-bench");
    ServerOptions options = new ServerOptions();
    options.data = data;
    options.consolePort = 0;
    options.syslogPort = 0;
    options.syslogTlsPort = 0;
    options.relpPort = 0;
    options.ingestPort = 0;
    ServerConfig config = ServerConfig.of(options, null, data.toString());
    try (Server server = Server.start(config, Clock.systemUTC(), log -> Context.empty())) {
      InetSocketAddress syslog = server.collectorAddresses().syslog().orElseThrow();
      steady(server, syslog);
      flood(server, syslog);
      memory();
    }
  }

  private void steady(Server server, InetSocketAddress syslog) throws Exception {
    var changes =
        server.console().service(IncidentChanges.class).subscribe(IncidentChanges.FROM_NOW);
    List<Long> attacked = Collections.synchronizedList(new ArrayList<>());
    Thread follower = Thread.ofVirtual().start(() -> follow(changes));
    Thread searcher = Thread.ofPlatform().daemon().start(() -> search(server));
    try (Socket socket = new Socket(syslog.getAddress(), syslog.getPort());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
      long start = System.nanoTime();
      for (int second = 0; second < SECONDS; second++) {
        for (int tick = 0; tick < 100; tick++) {
          for (int i = 0; i < PER_SECOND / 100; i++) {
            background(out, second * PER_SECOND + tick * 50 + i);
          }
          if (tick == 50) {
            attack(out, second);
            out.flush();
            attacked.add(System.nanoTime());
          }
          out.flush();
          waitUntil(start + second * 1_000_000_000L + (tick + 1) * 10_000_000L);
        }
      }
    }
    waitUntil(System.nanoTime() + 10_000_000_000L);
    measuring.set(false);
    follower.interrupt();
    searcher.join();
    List<Long> latencies = new ArrayList<>();
    List<Long> seen = new ArrayList<>(raised);
    for (int i = 0; i < Math.min(seen.size(), attacked.size()); i++) {
      latencies.add(seen.get(i) - attacked.get(i));
    }
    print("event to incident (" + seen.size() + " of " + attacked.size() + ")", latencies);
    print("durable to searchable", new ArrayList<>(searchable));
  }

  private void follow(IncidentChanges.Subscription changes) {
    try {
      while (true) {
        if (changes.next(Duration.ofSeconds(1)) instanceof IncidentChange.Acted) {
          raised.add(System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      return; // measured enough
    }
  }

  private void search(Server server) {
    try {
      while (measuring.get()) {
        long last = server.log().size() - 1;
        if (last >= 0) {
          long durable = System.nanoTime();
          if (server.index().ensureVisible(last, Duration.ofSeconds(30))) {
            searchable.add(System.nanoTime() - durable);
          }
        }
        LockSupport.parkNanos(250_000_000L);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void flood(Server server, InetSocketAddress syslog) throws Exception {
    long before = server.log().size();
    long start = System.nanoTime();
    try (Socket socket = new Socket(syslog.getAddress(), syslog.getPort());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
      for (int i = 0; i < FLOOD; i++) {
        background(out, i);
      }
    }
    while (server.log().size() < before + FLOOD) {
      LockSupport.parkNanos(1_000_000L);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "raw line to durable: %,.0f lines/s over %,d lines%n", FLOOD / seconds, FLOOD);
  }

  private static void background(OutputStream out, int i) throws IOException {
    line(
        out,
        "Accepted publickey for user" + i % 500 + " from 10.1." + i % 200 + ".7 port 40022 ssh2");
  }

  private static void attack(OutputStream out, int second) throws IOException {
    String from = " password for root from 203.0.113." + second + " port 50022 ssh2";
    for (int i = 0; i < 10; i++) {
      line(out, "Failed" + from);
    }
    line(out, "Accepted" + from);
  }

  private static void line(OutputStream out, String message) throws IOException {
    out.write(
        ("<38>1 " + Instant.now() + " gw-01 sshd 4242 - - " + message + "\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static void waitUntil(long nanos) {
    long left;
    while ((left = nanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }

  private static void memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "heap after collection: %,d MiB of %,d MiB%n",
        runtime.totalMemory() - runtime.freeMemory() >> 20,
        runtime.maxMemory() >> 20);
  }

  private static void print(String what, List<Long> nanos) {
    Collections.sort(nanos);
    if (nanos.isEmpty()) {
      System.out.println(what + ": nothing measured");
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %,d ms, p99 %,d ms, max %,d ms of %d%n",
        what,
        nanos.get(nanos.size() / 2) / 1_000_000,
        nanos.get(Math.min(nanos.size() - 1, nanos.size() * 99 / 100)) / 1_000_000,
        nanos.getLast() / 1_000_000,
        nanos.size());
  }
}

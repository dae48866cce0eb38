// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * pgbench against the database, PgBouncer and the proxy, one beside the other in one run, and a
 * driver against the proxy and ShardingSphere-JDBC; prints transactions a second, the median of
 * {@value #ROUNDS} rounds in turn, their ratios, and at the end which goals are met. What is not
 * installed is named and left out.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
@State(Scope.Benchmark)
public class ProxyBenchmark {

  private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
  private static final int ROUNDS = 3;
  private static final int SCALE = 10;

  /** So long every target is used before anything counts. */
  private static final int WARM_UP_SECONDS = 10;

  private static final List<String> PROTOCOLS = List.of("prepared", "extended", "simple");

  /** Of PgBouncer's rate, of the rate of the masked SQL run directly, of that of a direct scan. */
  private static final double OF_POOL = 0.9;

  private static final double OF_MASKED = 0.9;
  private static final double OF_SCAN = 0.8;

  private static final String LARGE = "SELECT * FROM large";
  private static final String PERSONS =
      "SELECT id, name, phone, id_card, address FROM person WHERE id <= 1000";

  @Benchmark
  public void sideBySide() throws Exception {
    Optional<PgBench> found = PgBench.find();
    if (found.isEmpty()) {
      System.out.println("SKIPPED: pgbench is not installed (-Dpgbench=FILE names it)");
      return;
    }
    PgBench pgbench = found.get();
    List<AutoCloseable> parts = new ArrayList<>();
    try {
      BenchDatabase database = keep(parts, BenchDatabase.start());
      pgbench.fill(database.direct(), SCALE);
      database.fill();
      List<Target> targets = new ArrayList<>(List.of(database.direct()));
      for (String mode : List.of("session", "transaction")) {
        Optional<PgBouncer> pool = PgBouncer.start(database.port(), mode);
        pool.ifPresentOrElse(
            one -> targets.add(keep(parts, one).target()),
            () -> System.out.println("SKIPPED: PgBouncer is not installed"));
      }
      BenchProxy proxy = null;
      for (BenchProxy.Record record : BenchProxy.Record.values()) {
        proxy = keep(parts, new BenchProxy(database.port(), record));
        targets.add(proxy.target());
      }
      List<String> goals = new ArrayList<>();
      String masked = proxy.running(PERSONS);
      results(pgbench, targets, masked, goals);
      drivers(database, targets, masked);
      transactions(pgbench, targets, goals);
      goals.forEach(System.out::println);
    } finally {
      for (AutoCloseable part : parts.reversed()) {
        part.close();
      }
    }
  }

  private static <T extends AutoCloseable> T keep(List<AutoCloseable> parts, T part) {
    parts.add(part);
    return part;
  }

  private static void transactions(PgBench pgbench, List<Target> targets, List<String> goals)
      throws Exception {
    System.out.printf(
        Locale.ROOT,
        "machine: %d processors, %s %s, Java %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"));
    for (String protocol : PROTOCOLS) {
      // with a protocol that prepares nothing, pooling by transaction needs nothing more
      List<Target> able =
          targets.stream()
              .filter(one -> !protocol.equals("prepared") || !one.name().contains("transaction"))
              .toList();
      List<String> work = List.of("-S", "-M", protocol);
      warmUp(pgbench, able, work);
      for (int clients : List.of(1, 8, 40)) {
        String what = protocol + ", clients " + clients;
        double[] rates = rates(pgbench, able, clients, work);
        print(what, able, rates);
        if (able.get(1).name().startsWith("PgBouncer")) {
          int proxy = able.size() - BenchProxy.Record.values().length;
          goals.add(goal(what + ", of PgBouncer", rates[proxy] / rates[1], OF_POOL));
        }
      }
    }
  }

  private static String goal(String what, double ratio, double least) {
    return String.format(
        Locale.ROOT,
        "goal: %s: %.2f, at least %.2f: %s",
        what,
        ratio,
        least,
        ratio >= least ? "met" : "MISSED");
  }

  private static void results(
      PgBench pgbench, List<Target> targets, String masked, List<String> goals)
      throws IOException, InterruptedException {
    int unrecorded = targets.size() - BenchProxy.Record.values().length;
    List<Target> three = List.of(targets.getFirst(), targets.get(unrecorded), targets.getLast());
    String persons = "1,000 rows of four masked columns";
    double[] rates = script(pgbench, persons, three, List.of(masked, PERSONS, PERSONS));
    goals.add(goal(persons + ", of the masked SQL run directly", rates[1] / rates[0], OF_MASKED));
    String large = "a million rows";
    rates = script(pgbench, large, three.subList(0, 2), List.of(LARGE, LARGE));
    goals.add(goal(large + ", of direct", rates[1] / rates[0], OF_SCAN));
  }

  /** The same driver, the masks in the database's text, in the proxy and in ShardingSphere-JDBC. */
  private static void drivers(BenchDatabase database, List<Target> targets, String masked)
      throws Exception {
    Target proxy = targets.get(targets.size() - BenchProxy.Record.values().length);
    Optional<ShardingSphereJdbc> other = ShardingSphereJdbc.start(database.port());
    if (other.isEmpty()) {
      System.out.println("SKIPPED: ShardingSphere-JDBC (-Dshardingsphere=FOLDER holds its jars)");
    }
    List<Target> named = new ArrayList<>(List.of(targets.getFirst(), proxy));
    List<Connection> connections = new ArrayList<>();
    try {
      connections.add(JdbcBench.connect(targets.getFirst()));
      connections.add(JdbcBench.connect(proxy));
      if (other.isPresent()) {
        named.add(new Target(ShardingSphereJdbc.NAME, database.port(), "", ""));
        connections.add(other.get().connect());
      }
      for (JdbcBench.Work work : JdbcBench.Work.values()) {
        double[][] rates = new double[named.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
          for (int i = 0; i < rates.length; i++) {
            rates[i][Math.max(round, 0)] =
                new JdbcBench().rate(connections.get(i), work, i == 0 ? masked : PERSONS, SECONDS);
          }
        }
        print(work.label(), named, medians(rates));
      }
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
      if (other.isPresent()) {
        other.get().close();
      }
    }
  }

  private static void warmUp(PgBench pgbench, List<Target> targets, List<String> work)
      throws IOException, InterruptedException {
    for (Target target : targets) {
      pgbench.rate(target, 8, WARM_UP_SECONDS, work);
    }
  }

  private static double[] rates(
      PgBench pgbench, List<Target> targets, int clients, List<String> work)
      throws IOException, InterruptedException {
    double[][] rates = new double[targets.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < targets.size(); i++) {
        rates[i][round] = pgbench.rate(targets.get(i), clients, SECONDS, work);
      }
    }
    return medians(rates);
  }

  private static double[] medians(double[][] rates) {
    double[] medians = new double[rates.length];
    for (int i = 0; i < rates.length; i++) {
      Arrays.sort(rates[i]);
      medians[i] = rates[i][rates[i].length / 2];
    }
    return medians;
  }

  /**
   * Runs another text at each target, for the same result.
   *
   * @param texts one for each target
   */
  private static double[] script(
      PgBench pgbench, String what, List<Target> targets, List<String> texts)
      throws IOException, InterruptedException {
    List<List<String>> work = new ArrayList<>();
    for (String text : texts) {
      Path file = Files.writeString(Files.createTempFile("bench", ".sql"), text + ";\n");
      file.toFile().deleteOnExit();
      work.add(List.of("-M", "simple", "-f", file.toString()));
    }
    double[][] rates = new double[targets.size()][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      for (int i = 0; i < targets.size(); i++) {
        double rate = pgbench.rate(targets.get(i), 1, SECONDS, work.get(i));
        rates[i][Math.max(round, 0)] = rate;
      }
    }
    double[] medians = medians(rates);
    print(what + ", 1 client", targets, medians);
    return medians;
  }

  private static void print(String what, List<Target> targets, double[] rates) {
    System.out.println(what);
    for (int i = 0; i < rates.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-38s %10.1f/s  %.2f of direct%s%n",
          targets.get(i).name(),
          rates[i],
          rates[i] / rates[0],
          ofPool(targets, rates, i));
    }
  }

  private static String ofPool(List<Target> targets, double[] rates, int i) {
    boolean pooled = targets.size() > 1 && targets.get(1).name().startsWith("PgBouncer");
    return pooled && i > 1
        ? String.format(Locale.ROOT, ", %.2f of %s", rates[i] / rates[1], targets.get(1).name())
        : "";
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.citywall.compliance.collect.FileState;
import org.citywall.compliance.collect.Host;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A thousand hosts in memory, 300 accounts and 500 packages each, under all checks of hosts. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class CheckRunBench {

  private static final int HOSTS = 1_000;
  private static final int AT_ONCE = 8;

  private static final Map<String, String> FILES =
      Map.of(
          "/etc/os-release",
          "ID=debian\nVERSION_ID=13\n",
          "/etc/passwd",
          lines(300, "u%:x:1%:100::/home/u%:/bin/bash\n"),
          "/etc/shadow",
          lines(300, "u%:$y$j9T$salt$hash:20000:0:60:7:::\n"),
          "/etc/login.defs",
          "PASS_MAX_DAYS 60\nPASS_MIN_DAYS 1\n",
          "/etc/ssh/sshd_config",
          "PermitRootLogin no\nMaxAuthTries 4\n",
          "/var/lib/dpkg/status",
          lines(500, "Package: p%\nStatus: install ok installed\nVersion: 1.%\n\n"));

  private static String lines(int number, String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      text.append(line.replace("%", Integer.toString(i)));
    }
    return text.toString();
  }

  /** A host in memory. */
  private static final class Simulated implements Host {
    @Override
    public Optional<FileState> stat(String path) {
      return FILES.containsKey(path)
          ? Optional.of(new FileState(FileState.Type.FILE, 0644, 0, 0, FILES.get(path).length()))
          : Optional.empty();
    }

    @Override
    public Optional<String> read(String path) {
      return Optional.ofNullable(FILES.get(path));
    }

    @Override
    public List<String> list(String path) {
      return List.of();
    }

    @Override
    public LocalDate today() {
      return LocalDate.of(2026, 11, 1);
    }

    @Override
    public boolean live() {
      return true;
    }
  }

  /** How many outcomes there were. */
  @Benchmark
  public long aThousandHosts() throws InterruptedException {
    List<Check> checks =
        Checks.builtIn().toList().stream()
            .filter(check -> check.id().startsWith("linux."))
            .toList();
    List<Target> targets =
        IntStream.range(0, HOSTS)
            .<Target>mapToObj(i -> new HostTarget("host-" + i, new Simulated()))
            .toList();
    AtomicLong results = new AtomicLong();
    AtomicLong conform = new AtomicLong();
    new CheckRun(checks, Waivers.none(), Clock.systemUTC(), Duration.ofSeconds(30), AT_ONCE)
        .each(
            targets,
            (target, check) -> true,
            (target, some) -> {
              results.addAndGet(some.size());
              conform.addAndGet(
                  some.stream().filter(one -> one.result() == Result.CONFORM).count());
            });
    if (conform.get() == 0) {
      throw new IllegalStateException("nothing conforms");
    }
    return results.get();
  }
}

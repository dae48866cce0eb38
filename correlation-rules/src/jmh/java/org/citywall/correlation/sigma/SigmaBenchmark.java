// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.citywall.correlation.sigma.SigmaRules.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one Windows-like event among all rules of a folder ({@code -Dsigma.rules=DIR}, the
 * unpacked rules of the field), and of one event of a correlation with {@value #KEYS} live groups.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class SigmaBenchmark {

  static final int KEYS = 100_000;
  static final int CORRELATED = 400_000;
  static final int EVENTS = 20_000;

  private static final String COUNT =
      """
      title: base
      name: base
      logsource: {category: c}
      detection: {a: {kind: failure}, condition: a}
      ---
      title: many
      correlation: {type: event_count, rules: [base], group-by: [who], timespan: 1h, condition: {gte: 10}}
      """;

  private final List<SigmaEvent> correlated = new ArrayList<>();
  private final List<Map<String, List<String>>> windows = new ArrayList<>();
  private SigmaMatcher matcher;
  private SigmaEngine engine;

  @Setup
  public void prepare() {
    String folder = System.getProperty("sigma.rules");
    SigmaRules rules =
        folder == null
            ? SigmaRules.of(List.of(), Placeholders.NONE)
            : SigmaRules.read(List.of(Path.of(folder)), Placeholders.NONE);
    matcher = SigmaMatcher.of(rules.rules());
    System.out.println("rules: " + rules.rules().size());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < EVENTS; i++) {
      windows.add(windowsEvent(random));
    }
    for (int i = 0; i < CORRELATED; i++) {
      correlated.add(
          SigmaEvent.of(Map.of("kind", List.of("failure"), "who", List.of("k" + i % KEYS))));
    }
  }

  @Setup(Level.Iteration)
  public void open() {
    engine =
        new SigmaEngine(
            SigmaRules.of(List.of(new Source("c.yml", COUNT)), Placeholders.NONE),
            new SigmaEngine.Limits(Duration.ZERO, KEYS, 2_000_000, 1000));
  }

  /** Process creations, file events and log-ons as a fleet of servers makes them. */
  static Map<String, List<String>> windowsEvent(SplittableRandom random) {
    Map<String, List<String>> event = new LinkedHashMap<>();
    boolean logon = random.nextInt(4) == 0;
    boolean file = !logon && random.nextInt(3) == 0;
    event.put("Channel", List.of(logon ? "Security" : "Microsoft-Windows-Sysmon/Operational"));
    event.put("EventID", List.of(logon ? "4624" : file ? "11" : "1"));
    event.put("Computer", List.of("srv" + random.nextInt(200) + ".city.local"));
    if (logon) {
      event.put("TargetUserName", List.of("user" + random.nextInt(3000)));
      event.put("LogonType", List.of(String.valueOf(random.nextInt(2, 11))));
      event.put("IpAddress", List.of("10.1." + random.nextInt(256) + '.' + random.nextInt(256)));
      return event;
    }
    String image = pick(random, IMAGES);
    event.put("Image", List.of(image));
    event.put("User", List.of("CITY\\user" + random.nextInt(3000)));
    if (file) {
      event.put(
          "TargetFilename", List.of("C:\\ProgramData\\app\\log" + random.nextInt(999) + ".tmp"));
      return event;
    }
    event.put("OriginalFileName", List.of(image.substring(image.lastIndexOf('\\') + 1)));
    event.put(
        "CommandLine", List.of('"' + image + "\" " + pick(random, ARGUMENTS) + random.nextInt()));
    event.put("ParentImage", List.of(pick(random, IMAGES)));
    event.put("ParentCommandLine", List.of(pick(random, IMAGES) + ' ' + pick(random, ARGUMENTS)));
    event.put("IntegrityLevel", List.of("Medium"));
    event.put("Hashes", List.of("SHA256=" + Long.toHexString(random.nextLong()).repeat(4)));
    return event;
  }

  private static final List<String> IMAGES =
      List.of(
          "C:\\Windows\\System32\\svchost.exe",
          "C:\\Windows\\System32\\cmd.exe",
          "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
          "C:\\Windows\\explorer.exe",
          "C:\\Program Files\\Java\\jdk\\bin\\java.exe",
          "C:\\Windows\\System32\\conhost.exe",
          "C:\\Windows\\System32\\taskhostw.exe",
          "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");

  private static final List<String> ARGUMENTS =
      List.of(
          "-k netsvcs -p -s Schedule ",
          "/c dir C:\\data ",
          "-NoProfile -ExecutionPolicy Bypass -File C:\\scripts\\backup.ps1 ",
          "-Xmx2g -jar app.jar --server.port=",
          "0xffffffff -ForceV1 ",
          "--type=renderer --lang=zh-CN --device-scale-factor=1 --renderer-client-id=");

  private static String pick(SplittableRandom random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int windowsEventAmongAllRules() {
    int hits = 0;
    for (Map<String, List<String>> event : windows) {
      // Made anew: the event keeps what was worked out for it.
      hits += matcher.match(SigmaEvent.of(event)).size();
    }
    return hits;
  }

  @Benchmark
  @OperationsPerInvocation(CORRELATED)
  public int correlatedEvent() {
    int hits = 0;
    for (int i = 0; i < CORRELATED; i++) {
      hits += engine.accept(i, i * 1000L, correlated.get(i)).size();
    }
    return hits;
  }
}

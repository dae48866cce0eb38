// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.citywall.console.Actor;
import org.citywall.console.account.Role;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.Grading;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.state.StateStore;
import org.citywall.console.testing.Browser;
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
 * Pages of compliance with 500 systems of 211 items and five rounds each, 527,500 results, over
 * HTTP from the same machine. Prints the percentiles of each page in milliseconds.
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
public class ComplianceBenchmark {

  private static final int SYSTEMS = Integer.getInteger("bench.systems", 500);
  private static final int ROUNDS = 5;
  private static final int WARM = 30;
  private static final int MEASURED = 200;
  private static final String PASSWORD = "Correct-Horse-7";
  private static final Actor ACTOR = new Actor("sun.li", "127.0.0.1");

  @Benchmark
  public void pages() {
    try (LiveConsole console = LiveConsole.start()) {
      console.account("sun.li", PASSWORD, Role.AUDITOR);
      fill(console);
      try (Browser browser = new Browser(console.address())) {
        browser.logIn("sun.li", PASSWORD);
        long middle = SYSTEMS / 2;
        measure(browser, "/compliance/systems");
        measure(browser, "/compliance/systems?after=" + middle);
        measure(browser, "/compliance/systems/SYS-0" + (middle + 100));
        AssessmentId round = new AssessmentId(SYSTEMS * (long) ROUNDS / 2);
        measure(browser, "/compliance/assessments/" + round);
        measure(browser, "/compliance/rectification");
      }
    }
  }

  private static void fill(LiveConsole console) {
    SystemRegister register = console.service(SystemRegister.class);
    Assessments assessments = console.service(Assessments.class);
    Harm harm = new Harm(Harmed.PUBLIC, Damage.SERIOUS);
    LocalDate day = LocalDate.of(2022, 1, 1);
    for (int i = 1; i <= SYSTEMS; i++) {
      Grading grading = new Grading(harm, harm, day);
      GradedSystem system =
          register.register(
              ACTOR, new SystemRegister.NewSystem("system " + i, "unit", true, null, grading));
      for (int round = 1; round <= ROUNDS; round++) {
        AssessmentId id =
            assessments
                .begin(
                    ACTOR,
                    new Assessments.Plan(
                        system.id(), List.of("gbt22239-l3"), day.plusYears(round - 1), 50))
                .id();
        if (round == ROUNDS) {
          tasks(console, id, i);
        }
        settle(console, id, round < ROUNDS);
      }
    }
  }

  /** By statements, because this fills and does not measure. */
  private static void settle(LiveConsole console, AssessmentId id, boolean closed) {
    console
        .service(StateStore.class)
        .inTransaction(
            jdbc -> {
              jdbc.sql(
                      """
                      update assessment_item set outcome = 'CONFORM', origin = 'PERSON',
                        assessor = 'sun.li' where assessment = :id and outcome = 'UNTESTED'
                      """)
                  .param("id", id.ordinal())
                  .update();
              return closed
                  ? jdbc.sql(
                          """
                          update assessment set closed_at = begun_at, closed_by = begun_by,
                            scores = '[{"rule":"djbh-2021/1","score":100.00,"conclusion":"x"}]'
                          where ordinal = :id
                          """)
                      .param("id", id.ordinal())
                      .update()
                  : 0;
            });
  }

  private static void tasks(LiveConsole console, AssessmentId id, int system) {
    console
        .service(StateStore.class)
        .inTransaction(
            jdbc ->
                jdbc.sql(
                        """
                        update assessment_item set outcome = 'NONCONFORM', origin = 'PERSON',
                          assessor = 'sun.li' where assessment = :id and item like 'L3-CES1-0%'
                        """)
                    .param("id", id.ordinal())
                    .update());
    if (system % 10 == 0) {
      console.service(Rectification.class).openAll(ACTOR, id, "unit");
    }
  }

  private static void measure(Browser browser, String path) {
    long[] nanos = new long[MEASURED];
    int length = 0;
    for (int i = -WARM; i < MEASURED; i++) {
      long begun = System.nanoTime();
      var answer = browser.get(path);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " answers " + answer.statusCode());
      }
      length = answer.body().length();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.1f ms, p95 %.1f ms, max %.1f ms, %d characters%n",
        path,
        nanos[MEASURED / 2] / 1e6,
        nanos[MEASURED * 95 / 100] / 1e6,
        nanos[MEASURED - 1] / 1e6,
        length);
  }
}

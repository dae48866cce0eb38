// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class ResultLinesTest {

  private static final CheckResult WAIVED = result("a", "web-1", Result.NONCONFORM);

  @TempDir private Path folder;

  private static CheckResult result(String check, String target, Result result) {
    boolean fails = result == Result.NONCONFORM;
    return new CheckResult(
        check,
        3,
        target,
        result,
        fails ? "" : "because",
        fails ? new Waiver(check, target, "r", LocalDate.of(2027, 1, 2), List.of("x", "y")) : null,
        List.of(
            new Remark("p.q", "is", "1", null, Truth.UNKNOWN),
            new Remark("p", "in", "[1]", "\"二\"", Truth.FALSE)),
        fails ? JsonNodeFactory.instance.objectNode().put("p", "二") : null,
        fails ? "ab".repeat(32) : "",
        Instant.parse("2026-11-28T01:00:00.125Z"),
        Duration.ofMillis(17));
  }

  @Test
  void aResultIsReadAsItWasWritten() {
    CheckResult failed = result("b", "web-1", Result.ERROR);
    String text = ResultLines.line(WAIVED) + "\n\n" + ResultLines.line(failed);

    assertThat(ResultLines.read(text)).containsExactly(WAIVED, failed);
  }

  @Test
  void aRunGoesOnAfterALineThatHasNoEndAndItsLastWordCounts() throws Exception {
    Path file = folder.resolve("run");
    try (RunFile run = RunFile.create(file)) {
      run.add(List.of(WAIVED, result("b", "web-1", Result.ERROR)));
    }
    String broken = Files.readString(file) + ResultLines.line(WAIVED).substring(0, 30);
    Files.writeString(file, broken);
    assertThat(RunFile.read(file)).hasSize(2);

    try (RunFile run = RunFile.append(file)) {
      run.add(List.of(result("b", "web-1", Result.CONFORM)));
    }

    assertThat(RunFile.read(file))
        .extracting(CheckResult::result)
        .containsExactly(Result.NONCONFORM, Result.CONFORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no result",
        "{}",
        "[]",
        "{\"check\":\"a\",\"version\":1,\"target\":\"t\",\"result\":\"passed\",\"collected-at\":\"2026-11-28T01:00:00Z\"}",
        "{\"check\":\"a\",\"version\":1,\"target\":\"t\",\"result\":\"conform\",\"collected-at\":\"today\"}",
        "{\"check\":\"a\",\"version\":1,\"target\":7,\"result\":\"conform\",\"collected-at\":\"2026-11-28T01:00:00Z\"}"
      })
  void aLineThatIsNoResultRefusesAllOfThem(String line) {
    String text = ResultLines.line(WAIVED) + "\n" + line + "\n";

    assertThatThrownBy(() -> ResultLines.read(text))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.RESULTS_INVALID))
        .hasMessageContaining("line 2");
  }

  @Test
  void anErrorThatClaimsToBeWaivedIsNot() {
    String line = ResultLines.line(WAIVED).replace("nonconform", "error");

    assertThat(ResultLines.read(line).getFirst().accepted()).isFalse();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.bundle.BundleReport;
import org.citywall.audit.bundle.BundleVerifier;
import org.citywall.audit.bundle.EvidenceBundle;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.verify.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence bundles that a running server makes. */
class ExportIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void areMadeByTheRunningServerAndVerifyWithoutIt() throws Exception {
    Path data = folder.resolve("data");
    Path entries = folder.resolve("entries.zip");
    Path found = folder.resolve("found.zip");
    try (ServerProcess server = ServerProcess.start("up", data)) {
      int code = export(data, entries, "--entries", "0-1");
      assertThat(code).as(err.toString()).isZero();

      // The index follows the log.
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(export(data, found, "--query", "event.action:evidence-exported"))
                      .as(err.toString())
                      .isZero());
      assertThat(export(data, found.resolveSibling("x.zip"), "--incident", "INC-20261122-0001"))
          .isEqualTo(ExitCode.OUTSIDE_FAULT);
      assertThat(err.toString()).contains("CON-0020");
      assertThat(server.stop()).isEqualTo(143);
    }

    BundleReport report =
        BundleVerifier.verify(EvidenceBundle.read(entries), List.of(EvidenceLogs.statedKey(data)));

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.sm3Key()).isNotNull();
    assertThat(report.disclosed()).hasSize(2);
    assertThat(report.manifest().person()).startsWith("os:");
    assertThat(BundleVerifier.verify(EvidenceBundle.read(found), List.of()).disclosed())
        .hasSize(1)
        .allMatch(entry -> "inspection 7".equals(entry.event().text(Field.EVENT_REASON)));
  }

  private int export(Path data, Path to, String option, String value) {
    return run(
        "export",
        "evidence",
        "--data",
        data.toString(),
        "--to",
        to.toString(),
        option,
        value,
        "--reason",
        "inspection 7");
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.LogComparison;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.VerificationReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Checks that nothing in a data folder's evidence log was changed or removed. */
@Command(
    name = "verify",
    description = "Check the evidence log of a data folder, also while a server writes it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:intact",
      "1:the caller's mistake: no log here, or no such entry",
      "10:tampered; what and where is printed",
      "11:incomplete; what is missing is printed",
      "12:intact, with entries that were destroyed lawfully"
    })
final class VerifyCommand implements Callable<Integer> {

  /** What to check. */
  enum Mode {
    FULL,
    INCLUSION,
    CONSISTENCY
  }

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODE",
      defaultValue = "full",
      description = "full, inclusion or consistency (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private Mode mode;

  @Option(names = "--entry", paramLabel = "N", description = "the entry of an inclusion check")
  private @Nullable Long entry;

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "the key to trust; without it the log's own claim, which is printed")
  private @Nullable String key;

  @Option(
      names = "--expect",
      paramLabel = "KEPT",
      description =
          "compare with a checkpoint that was kept elsewhere: its note, a request to a witness, or"
              + " a copy of log/tlog; may be given several times")
  private List<Path> expected = List.of();

  @Option(names = "--json", description = "print the report as one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    if ((mode == Mode.INCLUSION) != (entry != null)) {
      throw new ParameterException(
          spec.commandLine(), "--entry N is needed for inclusion, and for nothing else");
    }
    VerificationReport report = verify();
    // What was kept elsewhere says more than the folder can say about itself.
    report = report.comparedWith(LogComparison.of(data, VerifierKey.parse(report.key()), expected));
    if (json) {
      printJson(report);
    } else {
      print(report);
    }
    return report.verdict().exitCode();
  }

  private VerificationReport verify() {
    Progress progress = TerminalProgress.of(spec, json);
    LogVerifier verifier = new LogVerifier(data, Optional.ofNullable(key).map(VerifierKey::parse));
    return switch (mode) {
      case FULL -> verifier.full(progress);
      case CONSISTENCY -> verifier.consistency(progress);
      case INCLUSION -> verifier.inclusion(entry == null ? Finding.NONE : entry);
    };
  }

  private void print(VerificationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "verdict      %s%n", name(report.verdict()));
    out.printf(Locale.ROOT, "log          %s%n", report.origin());
    out.printf(
        Locale.ROOT, "key          %s%s%n", report.key(), key == null ? " (the log's claim)" : "");
    out.printf(Locale.ROOT, "checked      %d entries%n", report.entries());
    out.printf(Locale.ROOT, "signed size  %d%n", report.signedEntries());
    if (report.root() != null) {
      out.printf(Locale.ROOT, "root         %s%n", report.root());
    }
    if (report.signedAt() != null) {
      out.printf(Locale.ROOT, "signed at    %s%n", report.signedAt());
    }
    out.printf(Locale.ROOT, "checkpoints  %d%n", report.checkpoints());
    for (Finding finding : report.findings()) {
      out.printf(
          Locale.ROOT,
          "%-12s %s%s%s: %s%n",
          name(finding),
          finding.file(),
          finding.leaf() == Finding.NONE ? "" : " leaf " + finding.leaf(),
          finding.position() == Finding.NONE ? "" : " byte " + finding.position(),
          finding.explanation());
    }
    if (report.moreFindings() > 0) {
      out.printf(Locale.ROOT, "and %d more findings%n", report.moreFindings());
    }
    out.flush();
  }

  private void printJson(VerificationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    try (JsonGenerator object = JsonMapper.shared().createGenerator(out)) {
      object.writeStartObject();
      object.writeStringProperty("mode", report.mode());
      object.writeStringProperty("verdict", name(report.verdict()));
      object.writeStringProperty("origin", report.origin());
      object.writeStringProperty("key", report.key());
      object.writeBooleanProperty("keyTrusted", key != null);
      object.writeNumberProperty("entries", report.entries());
      object.writeNumberProperty("signedEntries", report.signedEntries());
      object.writeStringProperty("root", report.root());
      object.writeStringProperty(
          "signedAt", report.signedAt() == null ? null : report.signedAt().toString());
      object.writeNumberProperty("checkpoints", report.checkpoints());
      object.writeArrayPropertyStart("findings");
      report.findings().forEach(finding -> write(finding, object));
      object.writeEndArray();
      object.writeNumberProperty("moreFindings", report.moreFindings());
      object.writeEndObject();
    }
    out.println();
    out.flush();
  }

  private static void write(Finding finding, JsonGenerator object) {
    object.writeStartObject();
    object.writeStringProperty("class", name(finding));
    object.writeStringProperty("file", finding.file());
    if (finding.leaf() != Finding.NONE) {
      object.writeNumberProperty("leaf", finding.leaf());
    }
    if (finding.position() != Finding.NONE) {
      object.writeNumberProperty("byte", finding.position());
    }
    object.writeStringProperty("explanation", finding.explanation());
    object.writeEndObject();
  }

  private static String name(Enum<?> verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String name(Finding finding) {
    return switch (finding) {
      case Finding.Altered altered -> "altered";
      case Finding.Missing missing -> "missing";
      case Finding.Remark remark -> "remark";
    };
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.citywall.audit.anchor.AnchorPolicy;
import org.citywall.audit.anchor.AnchorReport;
import org.citywall.audit.anchor.AnchorVerifier;
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
    CONSISTENCY,
    INDEX,
    ANCHORS
  }

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  /** Null only where a bundle is checked. */
  @Option(names = "--data", paramLabel = "DIR", description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "check an evidence bundle instead of a data folder; needs nothing else")
  private @Nullable Path bundle;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODE",
      defaultValue = "full",
      description = "full, inclusion, consistency, index or anchors (default: ${DEFAULT-VALUE})")
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
      names = "--policy",
      paramLabel = "FILE",
      description = "who has to vouch for the log, for anchors (C2SP tlog-policy)")
  private @Nullable Path policy;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "a checkpoint kept elsewhere to compare with, for anchors; may be repeated")
  private List<Path> checkpoints = List.of();

  @Option(
      names = "--copy",
      paramLabel = "DIR",
      description = "a copy in write-once storage to compare with, for anchors; may be repeated")
  private List<Path> copies = List.of();

  @Option(
      names = "--as-of",
      paramLabel = "T",
      description = "time at which the age of anchors is measured (default: now)")
  private @Nullable Instant asOf;

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
    if (bundle != null) {
      return bundle(bundle);
    }
    if (data == null) {
      throw new ParameterException(spec.commandLine(), "--data DIR or --bundle FILE is needed");
    }
    if ((mode == Mode.INCLUSION) != (entry != null)) {
      throw new ParameterException(
          spec.commandLine(), "--entry N is needed for inclusion, and for nothing else");
    }
    if ((mode == Mode.ANCHORS) != (policy != null)) {
      throw new ParameterException(
          spec.commandLine(), "--policy FILE is needed for anchors, and for nothing else");
    }
    if (policy != null) {
      if (key != null) {
        throw new ParameterException(
            spec.commandLine(), "--key is not for anchors: the policy names the log");
      }
      if (!expected.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--expect is not for anchors: give it as --checkpoint or --copy");
      }
      return anchors(policy);
    }
    VerificationReport report = verify();
    // What was kept elsewhere says more than the folder can say about itself.
    report = report.comparedWith(LogComparison.of(data, trusted(), expected));
    if (json) {
      printJson(report);
    } else {
      print(report);
    }
    return report.verdict().exitCode();
  }

  private int bundle(Path file) {
    if (data != null
        || entry != null
        || mode != Mode.FULL
        || !expected.isEmpty()
        || key != null && policy != null) {
      throw new ParameterException(
          spec.commandLine(), "--bundle goes with --key or --policy, and --json, only");
    }
    BundleCheck check = BundleCheck.of(file, key, policy, now());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      check.printJson(out);
    } else {
      check.print(out);
    }
    return check.exitCode();
  }

  private int anchors(Path policyFile) {
    AnchorVerifier verifier = new AnchorVerifier(data, AnchorPolicy.read(policyFile), now());
    checkpoints.forEach(verifier::with);
    copies.forEach(copy -> verifier.withCopy(copy, TerminalProgress.of(spec, json)));
    AnchorReport report = verifier.verify(TerminalProgress.of(spec, json));
    if (json) {
      AnchorReportLines.printJson(report, spec.commandLine().getOut());
    } else {
      AnchorReportLines.print(report, spec.commandLine().getOut());
    }
    return report.verdict().exitCode();
  }

  private Instant now() {
    return asOf == null ? Clock.systemUTC().instant() : asOf;
  }

  private VerificationReport verify() {
    Progress progress = TerminalProgress.of(spec, json);
    LogVerifier verifier = new LogVerifier(data, trusted(), LogAccess.wrapper(data));
    return switch (mode) {
      case FULL -> verifier.full(progress);
      case CONSISTENCY -> verifier.consistency(progress);
      case INDEX -> IndexVerification.of(data, progress);
      case INCLUSION -> verifier.inclusion(entry == null ? Finding.NONE : entry);
      case ANCHORS -> throw new IllegalStateException("anchors have a report of their own");
    };
  }

  private List<VerifierKey> trusted() {
    return key == null ? List.of() : List.of(VerifierKey.parse(key));
  }

  private void print(VerificationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "verdict      %s%n", FindingLines.name(report.verdict()));
    out.printf(Locale.ROOT, "log          %s%n", report.origin());
    out.printf(
        Locale.ROOT, "key          %s%s%n", report.key(), key == null ? " (the log's claim)" : "");
    out.printf(Locale.ROOT, "checked      %d entries%n", report.entries());
    out.printf(
        Locale.ROOT,
        "payloads     %d compared, %d sealed and not opened, %d destroyed%n",
        report.payloads(),
        report.closedPayloads(),
        report.shreddedPayloads());
    out.printf(Locale.ROOT, "signed size  %d%n", report.signedEntries());
    if (report.root() != null) {
      out.printf(Locale.ROOT, "root         %s%n", report.root());
    }
    if (report.sm3Key() != null) {
      out.printf(Locale.ROOT, "SM2 key      %s%n", report.sm3Key());
    }
    if (report.sm3Root() != null) {
      out.printf(Locale.ROOT, "SM3 root     %s%n", report.sm3Root());
    }
    if (report.signedAt() != null) {
      out.printf(Locale.ROOT, "signed at    %s%n", report.signedAt());
    }
    out.printf(Locale.ROOT, "checkpoints  %d%n", report.checkpoints());
    FindingLines.print(report.findings(), report.moreFindings(), out);
    out.flush();
  }

  private void printJson(VerificationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    try (JsonGenerator object = JsonMapper.shared().createGenerator(out)) {
      object.writeStartObject();
      object.writeStringProperty("mode", report.mode());
      object.writeStringProperty("verdict", FindingLines.name(report.verdict()));
      object.writeStringProperty("origin", report.origin());
      object.writeStringProperty("key", report.key());
      object.writeBooleanProperty("keyTrusted", key != null);
      object.writeNumberProperty("entries", report.entries());
      object.writeNumberProperty("payloads", report.payloads());
      object.writeNumberProperty("closedPayloads", report.closedPayloads());
      object.writeNumberProperty("shreddedPayloads", report.shreddedPayloads());
      object.writeNumberProperty("signedEntries", report.signedEntries());
      object.writeStringProperty("root", report.root());
      object.writeStringProperty("sm3Key", report.sm3Key());
      object.writeStringProperty("sm3Root", report.sm3Root());
      object.writeStringProperty(
          "signedAt", report.signedAt() == null ? null : report.signedAt().toString());
      object.writeNumberProperty("checkpoints", report.checkpoints());
      FindingLines.write(report.findings(), report.moreFindings(), object);
      object.writeEndObject();
    }
    out.println();
    out.flush();
  }
}

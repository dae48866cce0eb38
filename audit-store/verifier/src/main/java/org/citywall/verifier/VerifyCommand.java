// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.citywall.audit.PlatformException;
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
public final class VerifyCommand implements Callable<Integer> {

  /** Compares a data folder's index with its log; what the verifier's own jar has no code for. */
  @FunctionalInterface
  public interface IndexCheck {
    VerificationReport check(Path data, Progress progress);
  }

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

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "read only what came after the verification that wrote this state, for full; the state is"
              + " believed, so keep it where nobody of the log's operators can write")
  private @Nullable Path since;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "write the state of this verification, for full: for a later --since, and to go on from"
              + " when the same command was interrupted")
  private @Nullable Path state;

  @Option(names = "--json", description = "print the report as one JSON object")
  private boolean json;

  private final @Nullable IndexCheck indexCheck;

  /** The command of the verifier's own jar: everything but {@code index} (CLI-0030). */
  VerifyCommand() {
    this.indexCheck = null;
  }

  /** The command of a build that can read indexes. */
  public VerifyCommand(IndexCheck indexCheck) {
    this.indexCheck = indexCheck;
  }

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
    if (mode != Mode.FULL && (since != null || state != null)) {
      throw new ParameterException(spec.commandLine(), "--since and --state are for full only");
    }
    VerificationReport report = verify();
    // What was kept elsewhere says more than the folder can say about itself.
    report = report.comparedWith(LogComparison.of(data, trusted(), expected));
    ReportLines lines = new ReportLines(report, key != null);
    if (json) {
      lines.printJson(spec.commandLine().getOut());
    } else {
      lines.print(spec.commandLine().getOut());
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
    LogVerifier verifier = new LogVerifier(data, trusted(), PayloadKey.of(data));
    return switch (mode) {
      case FULL ->
          new ContinuedVerification(verifier, since, state, spec.commandLine().getErr())
              .run(progress);
      case CONSISTENCY -> verifier.consistency(progress);
      case INDEX -> index(progress);
      case INCLUSION -> verifier.inclusion(entry == null ? Finding.NONE : entry);
      case ANCHORS -> throw new IllegalStateException("anchors have a report of their own");
    };
  }

  private VerificationReport index(Progress progress) {
    if (indexCheck == null) {
      throw new PlatformException(
          VerifierErrorCode.INDEX_NOT_READABLE, "run 'citywall verify --data " + data + " index'");
    }
    return indexCheck.check(data, progress);
  }

  private List<VerifierKey> trusted() {
    return key == null ? List.of() : List.of(VerifierKey.parse(key));
  }
}

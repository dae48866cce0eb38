// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citywall.audit.testing.Golden;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.check.ResultLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are kept, gone on with, compared and waived. */
class CheckRunCommandIT {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int check(Object... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = new String[arguments.length + 1];
    words[0] = "check";
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private Path root(String name, String passwd) throws Exception {
    Path root = folder.resolve(name);
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=13\n");
    Files.writeString(root.resolve("etc/passwd"), passwd);
    Files.writeString(root.resolve("etc/shadow"), "root:!:20000:0:60:7:::\n");
    return root;
  }

  private Path targets(String... names) throws Exception {
    StringBuilder text = new StringBuilder("targets:\n");
    for (String name : names) {
      text.append("  - {name: ")
          .append(name)
          .append(", kind: root, path: ")
          .append(name)
          .append("}\n");
    }
    return Files.writeString(folder.resolve("targets.yaml"), text);
  }

  @Test
  void aRunThatWasBrokenOffGoesOnWithWhatItLacks() throws Exception {
    root("one", "root:x:0:0::/:/bin/sh\n");
    root("two", "root:x:0:0::/:/bin/sh\n");
    Path run = folder.resolve("run.jsonl");
    Path targets = targets("one", "two");
    check("run", "--targets", targets, "--profile", "linux.accounts", "--out", run);
    List<String> whole = Files.readAllLines(run);
    long ofOne = whole.stream().filter(line -> line.contains("\"target\":\"one\"")).count();
    String broken =
        ResultLines.FIRST
            + "\n"
            + String.join(
                "\n", whole.stream().filter(line -> line.contains("\"target\":\"one\"")).toList())
            + "\n"
            + whole.getLast().substring(0, 40);
    Files.writeString(run, broken);
    // would be seen if it were asked again
    Files.writeString(folder.resolve("one/etc/passwd"), "toor:x:0:0::/:/bin/sh\n");

    check("run", "--targets", targets, "--profile", "linux.accounts", "--out", run, "--resume");

    assertThat(ofOne).isGreaterThan(5);
    assertThat(out.toString()).contains("two").doesNotContain("  one  linux.accounts.uid-zero");
    assertThat(CheckRunFile.read(run)).hasSize(whole.size() - 1);
    assertThat(err.toString()).contains("conform");
    assertThat(check("run", "--targets", targets, "--out", run))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0080");
  }

  @Test
  void whatBecameWorseSinceTheLastRunIsTold() throws Exception {
    root("one", "root:x:0:0::/:/bin/sh\n");
    Path before = folder.resolve("before.jsonl");
    Path after = folder.resolve("after.jsonl");
    Path targets = targets("one");
    check("run", "--targets", targets, "--profile", "linux.accounts", "--out", before);
    root("one", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n");

    check(
        "run",
        "--targets",
        targets,
        "--profile",
        "linux.accounts",
        "--out",
        after,
        "--since",
        before);

    assertThat(err.toString())
        .contains("worse  one  linux.accounts.uid-zero  conform -> nonconform");
    assertThat(check("drift", before, after)).isEqualTo(ExitCode.DONE_WITH_REJECTS);
    assertThat(out.toString()).contains("linux.accounts.uid-zero");
    assertThat(check("drift", "--json", after, before)).isZero();
    assertThat(out.toString()).contains("\"way\":\"better\"");
    assertThat(check("drift", targets, before)).isEqualTo(ExitCode.CALLERS_MISTAKE);
  }

  @Test
  void twoPersonsWaiveAndTheRunIsDone() throws Exception {
    root("one", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n");
    Path targets = targets("one");
    Path waivers =
        Files.writeString(
            folder.resolve("waivers.note"),
            """
            waivers:
              - {check: linux.accounts.uid-zero, target: one, reason: 迁移中, until: 2999-12-31}
            """);
    Path signers = folder.resolve("signers");
    StringBuilder keys = new StringBuilder();
    for (String person : List.of("zhang.san", "li.si")) {
      assertThat(check("waiver", "key", "--data", folder.resolve(person), "--name", person))
          .isZero();
      keys.append(out);
    }
    Files.writeString(signers, keys);
    Object[] run = {
      "run",
      "--targets",
      targets,
      "--profile",
      "linux.accounts.uid-zero",
      "--waivers",
      waivers,
      "--signers",
      signers
    };

    assertThat(
            check(
                "waiver",
                "sign",
                "--data",
                folder.resolve("zhang.san"),
                "--name",
                "zhang.san",
                waivers))
        .isZero();
    int byOne = check(run);
    String refused = err.toString();
    assertThat(
            check("waiver", "sign", "--data", folder.resolve("li.si"), "--name", "li.si", waivers))
        .isZero();
    int byTwo = check(run);

    assertThat(byOne).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(refused).contains("CMP-0006");
    assertThat(byTwo).isZero();
    assertThat(out.toString()).contains("nonconform").contains("waived until 2999-12-31: 迁移中");
    assertThat(err.toString()).contains("of them waived 1");
    assertThat(check("waiver", "show", "--signers", signers, waivers)).isZero();
    assertThat(out.toString()).contains("counts");
  }

  @Test
  void aTargetThatNeverAnswersHoldsNobodyUp() throws Exception {
    root("one", "root:x:0:0::/:/bin/sh\n");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Path targets = targets("one");
      Files.writeString(
          targets,
          Files.readString(targets)
              + "  - {name: silent, kind: tls, port: "
              + silent.getLocalPort()
              + "}\n");

      int exit = check("run", "--targets", targets, "--limit", "1", "--at-once", "1", "--json");

      assertThat(exit).isEqualTo(ExitCode.DONE_WITH_REJECTS);
      assertThat(out.toString().lines().filter(line -> line.contains("\"silent\"")))
          .isNotEmpty()
          .allMatch(line -> line.contains("took longer than 1 s"));
      assertThat(out.toString().lines().filter(line -> line.contains("\"one\"")))
          .anyMatch(line -> line.contains("\"result\":\"conform\""));
    }
  }

  @Test
  void aBundleThatTheScriptMadeIsATarget() throws Exception {
    Path root = root("one", "root:x:0:0::/:/bin/sh\n");
    assertThat(check("bundle-script")).isZero();
    Path script = Files.writeString(folder.resolve("b.sh"), out.toString());
    Process process =
        new ProcessBuilder(
                "sh", script.toString(), "-r", root.toString(), folder.resolve("b.tar").toString())
            .start();
    assertThat(process.waitFor()).isZero();
    Path targets =
        Files.writeString(
            folder.resolve("targets.yaml"),
            "targets:\n  - {name: closed, kind: bundle, bundle: b.tar}\n");

    check("run", "--targets", targets, "--profile", "linux.accounts");

    assertThat(out.toString()).contains("conform  closed  linux.accounts.uid-zero");
  }

  @Test
  void theItemsThatTheChecksServeAreInTheDocuments() {
    var catalogue = Catalogues.builtIn().get("gbt22239-l3");
    List<Check> checks = Checks.builtIn().toList();

    assertThat(checks).hasSizeGreaterThanOrEqualTo(80);
    assertThat(check("list", "--items")).isZero();
    assertThat(out.toString().lines()).hasSameSizeAs(CheckItems.lines(catalogue, checks));
    Golden.assertFile(
        Path.of("..", "docs", "reference", "check", "items.md"),
        """
        # Items and their checks

        Written by `CheckRunCommandIT` from the checks that ship; do not edit. Items of GB/T 22239 level 3 that a machine can settle alone
        (auto), and those that a check helps a person to settle. %d checks serve %s items marked auto. `citywall check list --items` prints the same.

        """
                .replace("%d", Integer.toString(checks.size()))
                .replace("%s", CheckItems.coverage(catalogue, checks))
            + String.join("\n", CheckItems.markdown(catalogue, checks))
            + "\n");
  }
}

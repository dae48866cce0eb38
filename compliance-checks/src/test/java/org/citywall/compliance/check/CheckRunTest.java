// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.compliance.collect.FileState;
import org.citywall.compliance.collect.Host;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.collect.Uncollectable;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunTest {

  @TempDir private Path folder;

  /** A host that reads from a file of accounts, or hangs, or refuses. */
  private static Host host(Reading reading) {
    return new Host() {
      @Override
      public Optional<FileState> stat(String path) {
        return Optional.empty();
      }

      @Override
      public Optional<String> read(String path) throws Uncollectable {
        return reading.read(path);
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
        return false;
      }
    };
  }

  @FunctionalInterface
  private interface Reading {
    Optional<String> read(String path) throws Uncollectable;
  }

  private static List<CheckResult> run(Duration limit, Target... targets) throws Exception {
    List<Check> checks =
        Checks.builtIn().toList().stream()
            .filter(check -> check.id().startsWith("linux.accounts."))
            .toList();
    return new CheckRun(checks, Waivers.none(), Clock.systemUTC(), limit, 2).over(List.of(targets));
  }

  private static Optional<String> accounts(String path) {
    return switch (path) {
      case "/etc/os-release" -> Optional.of("ID=debian\nVERSION_ID=\"13\"\n");
      case "/etc/passwd" -> Optional.of("root:x:0:0::/root:/bin/bash\n");
      case "/etc/shadow" -> Optional.of("root:$y$j9T$salt$hash:20000:0:99999:7:::\n");
      default -> Optional.empty();
    };
  }

  @Test
  void aTargetThatHangsIsAnErrorOfItsOwnAndHoldsNobodyUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Host hanging =
        host(
            path -> {
              if (path.equals("/etc/passwd")) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  throw new Uncollectable("interrupted", e);
                }
              }
              return accounts(path);
            });

    List<CheckResult> results =
        run(
            Duration.ofMillis(300),
            new HostTarget("hangs", hanging),
            new HostTarget("works", host(CheckRunTest::accounts)));

    assertThat(results)
        .filteredOn(result -> result.target().equals("hangs"))
        .isNotEmpty()
        .allSatisfy(
            result -> {
              assertThat(result.result()).isEqualTo(Result.ERROR);
              assertThat(result.reason()).startsWith("took longer than");
            });
    assertThat(results)
        .filteredOn(result -> result.target().equals("works"))
        .anyMatch(result -> result.result() == Result.CONFORM);
  }

  @Test
  void aFileThatMayNotBeReadIsAnErrorAndNeverAPass() throws Exception {
    Host closed =
        host(
            path -> {
              if (path.equals("/etc/shadow")) {
                throw new Uncollectable("/etc/shadow cannot be read: AccessDeniedException");
              }
              return accounts(path);
            });

    assertThat(run(Duration.ofSeconds(20), new HostTarget("closed", closed)))
        .isNotEmpty()
        .allSatisfy(
            result -> {
              assertThat(result.result()).isEqualTo(Result.ERROR);
              assertThat(result.reason()).contains("/etc/shadow");
            });
  }

  @Test
  void factsThatSeveralChecksAskForAreCollectedOnce() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Host counting =
        host(
            path -> {
              reads.addAndGet(path.equals("/etc/shadow") ? 1 : 0);
              return accounts(path);
            });

    List<CheckResult> results = run(Duration.ofSeconds(20), new HostTarget("counting", counting));

    assertThat(results).hasSizeGreaterThan(3);
    assertThat(reads).hasValue(1);
    assertThat(results).extracting(CheckResult::digest).containsOnly(results.getFirst().digest());
  }

  @Test
  void noHashOfAPasswordIsKept() throws Exception {
    assertThat(run(Duration.ofSeconds(20), new HostTarget("host", host(CheckRunTest::accounts))))
        .allSatisfy(result -> assertThat(String.valueOf(result.evidence())).doesNotContain("salt"));
  }

  @Test
  void whatHangsIsAskedForNothingMore() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Host hanging =
        host(
            path -> {
              if (path.equals("/etc/os-release")) {
                return accounts(path);
              }
              asked.incrementAndGet();
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new Uncollectable("interrupted", e);
              }
              return Optional.empty();
            });

    List<CheckResult> results =
        new CheckRun(
                Checks.builtIn().toList(),
                Waivers.none(),
                Clock.systemUTC(),
                Duration.ofMillis(200),
                2)
            .over(List.of(new HostTarget("hangs", hanging)));

    assertThat(asked).hasValue(1);
    assertThat(results)
        .filteredOn(result -> result.result() == Result.ERROR)
        .hasSizeGreaterThan(30)
        .allSatisfy(result -> assertThat(result.reason()).startsWith("took longer than"));
  }

  @Test
  void aWaiverAcceptsWhatDoesNotConformAndNothingThatCouldNotBeSeen() throws Exception {
    Waivers waivers =
        signed(
            """
            waivers:
              - {check: linux.accounts.uid-zero, target: "*", reason: r, until: 2999-01-01}
              - {check: linux.accounts.empty-password, target: "*", reason: r, until: 2999-01-01}
              - {check: linux.accounts.shared-uids, target: "*", reason: r, until: 2001-01-01}
            """);
    Host two =
        host(
            path ->
                path.equals("/etc/passwd")
                    ? Optional.of("root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n")
                    : accounts(path));
    List<Check> checks =
        Checks.builtIn().toList().stream()
            .filter(check -> check.id().startsWith("linux.accounts."))
            .toList();

    List<CheckResult> results =
        new CheckRun(checks, waivers, Clock.systemUTC(), Duration.ofSeconds(20), 1)
            .over(List.of(new HostTarget("two", two)));

    assertThat(of(results, "linux.accounts.uid-zero").result()).isEqualTo(Result.NONCONFORM);
    assertThat(of(results, "linux.accounts.uid-zero").accepted()).isTrue();
    assertThat(of(results, "linux.accounts.empty-password").result()).isEqualTo(Result.ERROR);
    assertThat(of(results, "linux.accounts.empty-password").accepted()).isFalse();
    assertThat(of(results, "linux.accounts.shared-uids").result()).isEqualTo(Result.NONCONFORM);
    assertThat(of(results, "linux.accounts.shared-uids").accepted()).isFalse();
  }

  private static CheckResult of(List<CheckResult> results, String check) {
    return results.stream().filter(one -> one.check().equals(check)).findFirst().orElseThrow();
  }

  private Waivers signed(String text) {
    List<SignedNote.Line> lines = new ArrayList<>();
    List<VerifierKey> persons = new ArrayList<>();
    for (String name : List.of("ana", "bo")) {
      NoteSigner signer =
          new NoteSigner(
              name,
              FileKeyVault.open(
                      folder.resolve(name), Map.of(), Clock.systemUTC(), new SecureRandom())
                  .signingKey("waivers"));
      lines.addAll(signer.sign(text).signatures());
      persons.add(signer.verifierKey());
    }
    return Waivers.of(new SignedNote(text, lines).toString(), persons);
  }
}

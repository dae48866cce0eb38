// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.CheckRun;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.collect.Host;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.LocalHost;
import org.citywall.compliance.collect.Uncollectable;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a shell runs it, and files that somebody made to harm the reader. */
class BundleIT {

  @TempDir private Path folder;

  private Path script(String... arguments) throws Exception {
    Path script = Files.writeString(folder.resolve("bundle.sh"), BundleScript.text());
    Path bundle = folder.resolve("bundle.tar");
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(arguments));
    command.add(bundle.toString());
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log))
        .contains("sha256 " + Hash.sha256(Files.readAllBytes(bundle)).hex());
    return bundle;
  }

  private static Map<String, CheckResult> check(Host host) throws Exception {
    return new CheckRun(
            Checks.builtIn().toList(), Waivers.none(), Clock.systemUTC(), Duration.ofSeconds(30), 1)
        .over(List.of(new HostTarget("host", host))).stream()
            .collect(Collectors.toMap(CheckResult::check, result -> result));
  }

  private static Map<String, Result> outcomes(Map<String, CheckResult> results) {
    Map<String, Result> outcomes = new TreeMap<>();
    results.forEach((check, result) -> outcomes.put(check, result.result()));
    // what listens may change in between
    outcomes.keySet().removeIf(check -> check.startsWith("linux.ports."));
    return outcomes;
  }

  @Test
  void theBundleOfThisMachineComesOutAsTheMachineDoes() throws Exception {
    BundleHost bundle = new BundleHost(script(), null);

    Map<String, CheckResult> ofBundle = check(bundle);

    assertThat(outcomes(ofBundle))
        .hasSizeGreaterThan(60)
        .isEqualTo(outcomes(check(LocalHost.here(Clock.systemUTC()))));
    assertThat(bundle.live()).isTrue();
    assertThat(ofBundle.values())
        .filteredOn(result -> result.evidence() != null)
        .isNotEmpty()
        .allMatch(result -> result.collectedAt().equals(bundle.asOf().orElseThrow()));
  }

  @Test
  void noHashLeavesTheHost() throws Exception {
    Path root = root("ID=debian\nVERSION_ID=12\n");
    Files.writeString(
        root.resolve("etc/shadow"),
        "root:$y$j9T$salty$hashy:20000:0:99999:7:::\nold:aaHASHED:1::::::\n");
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nold:$1$salty$x:9:9::/:/bin/sh\n");

    Path bundle = script("-r", root.toString());

    assertThat(new String(Files.readAllBytes(bundle), StandardCharsets.ISO_8859_1))
        .contains("root:$y$left-out:20000")
        .contains("old:left-out:1")
        .doesNotContain("salty")
        .doesNotContain("HASHED");
    assertThat(check(new BundleHost(bundle, null)).get("linux.accounts.hashes").evidence())
        .hasToString(
            check(LocalHost.below(root, Clock.systemUTC()))
                .get("linux.accounts.hashes")
                .evidence()
                .toString());
  }

  /** Composed after their documentation: nobody recorded these on a machine. */
  @Test
  void systemsOfTheOtherFamilyAreToldApartAndChecked() throws Exception {
    Path weak = root("ID=\"openEuler\"\nVERSION_ID=\"20.03\"\nPRETTY_NAME=\"openEuler 20.03\"\n");
    Files.createDirectories(weak.resolve("etc/selinux"));
    Files.writeString(weak.resolve("etc/selinux/config"), "SELINUX=disabled\n");
    Files.createDirectories(weak.resolve("var/lib/citywall"));
    Files.writeString(
        weak.resolve("var/lib/citywall/rpm-qa.txt"), "telnet-server 0.17-85\nbash 5.0-14\n");

    Map<String, CheckResult> ofWeak = check(new BundleHost(script("-r", weak.toString()), null));

    assertThat(outcomes(ofWeak))
        .containsEntry("linux.os.supported-rpm", Result.NONCONFORM)
        .containsEntry("linux.os.supported-debian", Result.NOT_APPLICABLE)
        .containsEntry("linux.mac.selinux", Result.NONCONFORM)
        .containsEntry("linux.packages.clear-text", Result.NONCONFORM)
        .containsEntry("linux.packages.updates-rpm", Result.NONCONFORM)
        .containsEntry("linux.packages.updates-debian", Result.NOT_APPLICABLE);

    Files.delete(folder.resolve("bundle.tar"));
    Path hard =
        root("ID=\"kylin\"\nVERSION_ID=\"V10\"\nPRETTY_NAME=\"Kylin Linux Advanced Server V10\"\n");
    Files.writeString(hard.resolve("etc/selinux/config"), "SELINUX=enforcing\n");
    Files.writeString(
        hard.resolve("var/lib/citywall/rpm-qa.txt"), "dnf-automatic 4.7-1\naide 0.17-1\n");

    assertThat(outcomes(check(new BundleHost(script("-r", hard.toString()), null))))
        .containsEntry("linux.os.supported-rpm", Result.CONFORM)
        .containsEntry("linux.mac.selinux", Result.CONFORM)
        .containsEntry("linux.packages.clear-text", Result.CONFORM)
        .containsEntry("linux.packages.updates-rpm", Result.CONFORM)
        .containsEntry("linux.packages.integrity", Result.CONFORM);
  }

  @Test
  void whatTheScriptDidNotLookAtIsNotAbsent() throws Exception {
    Path root = root("ID=debian\nVERSION_ID=12\n");
    Files.createDirectories(root.resolve("etc/pam.d"));
    Files.writeString(root.resolve("etc/pam.d/odd\nname"), "");
    BundleHost host = new BundleHost(script("-r", root.toString()), null);

    assertThat(host.read("/etc/audit/auditd.conf")).isEmpty();
    assertThat(host.stat("/etc/sudoers.d/one")).isEmpty();
    assertThatThrownBy(() -> host.read("/etc/hostname"))
        .isInstanceOf(Uncollectable.class)
        .hasMessageContaining("does not say");
    assertThatThrownBy(() -> host.list("/etc/pam.d")).isInstanceOf(Uncollectable.class);
    assertThatThrownBy(() -> host.read("/etc/pam.d/common-auth")).isInstanceOf(Uncollectable.class);
  }

  @Test
  void aDigestThatWasNotedElsewhereIsCompared() throws Exception {
    Path bundle = script("-r", root("ID=debian\n").toString());
    String sha256 = Hash.sha256(Files.readAllBytes(bundle)).hex();

    assertThat(new BundleHost(bundle, sha256).read("/etc/os-release")).contains("ID=debian\n");
    assertThatThrownBy(() -> new BundleHost(bundle, "0".repeat(64)).read("/etc/os-release"))
        .hasMessageContaining("digest");
  }

  @Test
  void hostileFilesAreRefusedAndAreAnErrorOfEveryCheck() throws Exception {
    String begin = "citywall-bundle 1\ntaken 2026-11-28T01:20:00Z\nlive no\n";
    byte[] text = "x".getBytes(StandardCharsets.UTF_8);
    String digest = Hash.sha256(text).hex();
    String good = begin + "stat f 644 0 0 1 /etc/a\nfile 1 " + digest + " /etc/a\nend\n";
    assertThat(new BundleHost(tar('0', "manifest", good, "data/1", "x"), null).read("/etc/a"))
        .contains("x");

    refused(tar('0', "manifest", good, "data/1", "y"), "is not what its manifest says");
    refused(tar('0', "manifest", good), "which is not there");
    refused(tar('0', "manifest", begin + "end\n", "data/1", "x"), "does not name all");
    refused(tar('0', "manifest", good, "data/1", "x", "data/1", "x"), "twice");
    refused(tar('0', "manifest", good, "../../etc/cron.d/x", "x"), "a name that none has");
    refused(tar('0', "manifest", good, "/etc/passwd", "x"), "a name that none has");
    refused(tar('2', "manifest", good), "no regular file");
    refused(tar('1', "manifest", good), "no regular file");
    refused(tar('x', "manifest", good), "no regular file");
    refused(tar('0', "data/1", "x"), "no manifest");
    refused(
        tar('0', "manifest", begin + "stat f 644 0 0 1 /etc/../a\nend\n"), "a path that is none");
    refused(tar('0', "manifest", begin + "stat f 644 0 0 1 etc/a\nend\n"), "not understood");
    refused(tar('0', "manifest", begin + "run rm\nend\n"), "not understood");
    refused(tar('0', "manifest", begin), "no end");
    refused(tar('0', "manifest", begin.replace("2026-11-28", "2026-99-28") + "end\n"), "no time");
    Path cut = tar('0', "manifest", good, "data/1", "x");
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1024));
    refused(cut, "no end");
    Files.write(cut, Arrays.copyOf(whole, 700));
    refused(cut, "ends within");
    Path behind = tar('0', "manifest", good, "data/1", "x");
    byte[] more = Arrays.copyOf(whole, whole.length + 512);
    more[more.length - 1] = 1;
    Files.write(behind, more);
    refused(behind, "more behind its end");
    whole[0] = 'n';
    refused(Files.write(cut, whole), "no tar file");
    byte[] bomb = header("manifest", '0', 0x1_FFFF_FFFFL);
    refused(Files.write(cut, bomb), "too large");
    refused(folder.resolve("none.tar"), "cannot be taken");
    assertThat(check(new BundleHost(cut, null)).values())
        .isNotEmpty()
        .allMatch(result -> result.result() == Result.ERROR);
  }

  @Test
  void noFlippedBitPassesUnseen() throws Exception {
    String begin = "citywall-bundle 1\ntaken 2026-11-28T01:20:00Z\nlive no\n";
    byte[] text = "abc".getBytes(StandardCharsets.UTF_8);
    String manifest =
        begin + "stat f 644 0 0 1 /etc/a\nfile 1 " + Hash.sha256(text).hex() + " /etc/a\nend\n";
    Path bundle = tar('0', "manifest", manifest, "data/1", "abc");
    byte[] whole = Files.readAllBytes(bundle);
    String noted = Hash.sha256(whole).hex();
    for (int i = 0; i < whole.length; i += 7) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 4;
      Files.write(bundle, flipped);

      assertThatThrownBy(() -> new BundleHost(bundle, noted).read("/etc/a"))
          .isInstanceOf(Uncollectable.class);
    }
  }

  private static void refused(Path bundle, String reason) throws Exception {
    assertThatThrownBy(() -> new BundleHost(bundle, null).read("/etc/a"))
        .isInstanceOf(Uncollectable.class)
        .hasMessageContaining(reason);
  }

  private Path root(String release) throws Exception {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("etc/sudoers.d"));
    Files.writeString(root.resolve("etc/os-release"), release);
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\n");
    return root;
  }

  private Path tar(char type, String... members) throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (int i = 0; i < members.length; i += 2) {
      byte[] content = members[i + 1].getBytes(StandardCharsets.UTF_8);
      tar.writeBytes(header(members[i], type, content.length));
      tar.writeBytes(content);
      tar.writeBytes(new byte[-content.length & 511]);
    }
    tar.writeBytes(new byte[1024]);
    return Files.write(folder.resolve("made.tar"), tar.toByteArray());
  }

  private static byte[] header(String name, char type, long size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000600");
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 148, "        ");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xFF;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

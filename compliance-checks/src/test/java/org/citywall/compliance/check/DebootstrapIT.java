// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.LocalHost;
import org.citywall.compliance.waiver.Waivers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A system as Debian's installer makes it, weakened and then hardened in its files: each outcome is
 * named. Under {@code -Pdeep} alone, as it fetches a system; needs root and Debian's debootstrap.
 */
class DebootstrapIT {

  private static final Path DEBOOTSTRAP = Path.of("/usr/sbin/debootstrap");

  /** Check, outcome of the weakened one, outcome of the hardened one. */
  private static final String EXPECTED =
      """
      linux.accounts.empty-password nonconform conform
      linux.accounts.hashes nonconform conform
      linux.accounts.minimum-age nonconform conform
      linux.accounts.password-age nonconform conform
      linux.accounts.root-group nonconform conform
      linux.accounts.system-shells conform conform
      linux.accounts.umask nonconform conform
      linux.accounts.uid-zero nonconform conform
      linux.audit.enabled nonconform conform
      linux.audit.identity nonconform conform
      linux.audit.kept nonconform conform
      linux.audit.locked nonconform conform
      linux.audit.privilege nonconform conform
      linux.audit.time nonconform conform
      linux.files.cron nonconform conform
      linux.files.passwd nonconform conform
      linux.files.root-home nonconform conform
      linux.files.shadow nonconform conform
      linux.files.sshd-config nonconform conform
      linux.files.sudoers nonconform conform
      linux.files.trusted-hosts nonconform conform
      linux.firewall.enabled nonconform conform
      linux.kernel.aslr nonconform conform
      linux.kernel.forwarding nonconform conform
      linux.kernel.syncookies nonconform conform
      linux.mac.selinux not-applicable not-applicable
      linux.os.supported-debian conform conform
      linux.packages.clear-text nonconform conform
      linux.packages.updates-debian nonconform nonconform
      linux.pam.lockout nonconform conform
      linux.pam.quality nonconform conform
      linux.ports.dangerous not-applicable not-applicable
      linux.sshd.ciphers nonconform conform
      linux.sshd.empty-passwords nonconform conform
      linux.sshd.root-login nonconform conform
      linux.sshd.two-factors nonconform conform
      linux.syslog.encrypted nonconform conform
      linux.syslog.forwarded partial conform
      linux.units.clear-text nonconform conform
      """;

  @TempDir private Path folder;
  private Path root;

  @Test
  void aSystemOfDebianIsToldWeakFromHardened() throws Exception {
    assumeThat(Boolean.getBoolean("tests.deep")).as("-Pdeep").isTrue();
    assumeThat(DEBOOTSTRAP).as("Debian's debootstrap").isExecutable();
    assumeThat(System.getProperty("user.name")).as("who may make a system").isEqualTo("root");
    root = folder.resolve("system");
    Process made =
        new ProcessBuilder(DEBOOTSTRAP.toString(), "--variant=minbase", "bookworm", root.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(made.waitFor()).as("debootstrap").isZero();

    weaken();
    Map<String, String> weak = outcomes();
    harden();
    Map<String, String> hard = outcomes();

    Map<String, String> expectedWeak = new TreeMap<>();
    Map<String, String> expectedHard = new TreeMap<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] words = line.split(" ");
      expectedWeak.put(words[0], words[1]);
      expectedHard.put(words[0], words[2]);
    }
    assertThat(weak).containsAllEntriesOf(expectedWeak);
    assertThat(hard).containsAllEntriesOf(expectedHard);
  }

  private void weaken() throws IOException {
    write("etc/shadow", "guest::19000::::::\nold:$1$s$h:19000:0:99999:7:::\n", "rw-r--r--");
    append("etc/shadow-", "");
    append(
        "etc/passwd",
        "toor:x:0:0::/root:/bin/bash\nguest:x:1001:0::/:/bin/sh\nold:x:1002:100::/:/bin/sh\n");
    mode("etc/passwd", "rw-rw-rw-");
    mode("root", "rwxr-xr-x");
    write(
        "etc/ssh/sshd_config",
        "PermitRootLogin yes\nPermitEmptyPasswords yes\nCiphers aes128-cbc\n",
        "rw-rw-rw-");
    write("etc/sudoers", "ALL ALL=(ALL) NOPASSWD: ALL\n", "rw-rw-rw-");
    write("etc/crontab", "", "rw-rw-rw-");
    write("root/.rhosts", "+ +\n", "rw-r--r--");
    write(
        "etc/sysctl.d/10.conf",
        "kernel.randomize_va_space = 0\nnet.ipv4.ip_forward = 1\nnet.ipv4.tcp_syncookies = 0\n",
        "rw-r--r--");
    write("etc/rsyslog.conf", "*.* @10.0.0.1\n", "rw-r--r--");
    append("var/lib/dpkg/status", "\nPackage: telnetd\nStatus: install ok installed\nVersion: 1\n");
    write("etc/systemd/system/sockets.target.wants/telnet.socket", "", "rw-r--r--");
  }

  private void harden() throws IOException {
    write("etc/shadow", "root:*:19000:1:60:7:::\nbin:*:19000:1:60:7:::\n", "rw-r-----");
    for (String name : new String[] {"etc/shadow-", "etc/gshadow", "etc/gshadow-"}) {
      write(name, "", "rw-r-----");
    }
    write(
        "etc/passwd",
        "root:x:0:0::/root:/bin/bash\nbin:x:2:2::/bin:/usr/sbin/nologin\n",
        "rw-r--r--");
    write(
        "etc/login.defs",
        "PASS_MAX_DAYS 60\nPASS_MIN_DAYS 1\nPASS_WARN_AGE 7\nUMASK 027\n",
        "rw-r--r--");
    mode("root", "rwx------");
    write(
        "etc/ssh/sshd_config",
        "PermitRootLogin no\n"
            + "PasswordAuthentication no\n"
            + "AuthenticationMethods publickey,keyboard-interactive\n",
        "rw-------");
    write("etc/sudoers", "%ops ALL=(ALL) ALL\n", "r--r-----");
    mode("etc/crontab", "rw-r--r--");
    Files.delete(root.resolve("root/.rhosts"));
    write(
        "etc/sysctl.d/10.conf",
        "kernel.randomize_va_space = 2\nnet.ipv4.ip_forward = 0\nnet.ipv4.tcp_syncookies = 1\n",
        "rw-r--r--");
    write(
        "etc/rsyslog.conf",
        "action(type=\"omrelp\" target=\"10.0.0.1\" tls=\"on\")\n",
        "rw-r--r--");
    Files.writeString(
        root.resolve("var/lib/dpkg/status"),
        Files.readString(root.resolve("var/lib/dpkg/status"))
            .replace("Package: telnetd", "Package: some"));
    Files.delete(root.resolve("etc/systemd/system/sockets.target.wants/telnet.socket"));
    write("etc/systemd/system/multi-user.target.wants/nftables.service", "", "rw-r--r--");
    write("etc/audit/auditd.conf", "max_log_file_action = keep_logs\n", "rw-r-----");
    write(
        "etc/audit/rules.d/10.rules",
        """
        -w /etc/passwd -p wa
        -w /etc/shadow -p wa
        -w /etc/group -p wa
        -w /etc/sudoers -p wa
        -a always,exit -F arch=b64 -S execve -F euid=0
        -a always,exit -F arch=b64 -S adjtimex -S settimeofday -S clock_settime
        -e 2
        """,
        "rw-r-----");
    write(
        "etc/pam.d/common-password",
        "password requisite pam_pwquality.so minlen=12 minclass=3\n",
        "rw-r--r--");
    write(
        "etc/pam.d/common-auth",
        "auth required pam_faillock.so preauth deny=5 unlock_time=600\n",
        "rw-r--r--");
  }

  private Map<String, String> outcomes() throws InterruptedException {
    return new CheckRun(
            Checks.builtIn().toList(), Waivers.none(), Clock.systemUTC(), Duration.ofSeconds(30), 1)
        .over(List.of(new HostTarget("system", LocalHost.below(root, Clock.systemUTC())))).stream()
            .collect(
                Collectors.toMap(
                    CheckResult::check,
                    result -> result.result().name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private void write(String path, String text, String mode) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    mode(path, mode);
  }

  private void append(String path, String text) throws IOException {
    Files.writeString(
        root.resolve(path), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void mode(String path, String mode) throws IOException {
    Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(mode));
  }
}

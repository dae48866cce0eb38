// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class HostCollectorsTest {

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @TempDir private Path root;

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JsonNode collect(String name, @Nullable String arguments) throws Uncollectable {
    Collector collector = Collectors.of(name, arguments == null ? null : YAML.readTree(arguments));
    return collector.collect(new HostTarget("root", LocalHost.below(root, Clock.systemUTC())));
  }

  @Test
  void sshTakesTheFirstValueAndWhatItIncludesWhereItIsIncluded() throws Exception {
    write(
        "/etc/ssh/sshd_config",
        """
        Include /etc/ssh/sshd_config.d/*.conf
        PermitRootLogin yes
        MaxAuthTries=3
        Match User backup
          PermitRootLogin no
        """);
    write(
        "/etc/ssh/sshd_config.d/10-site.conf", "PermitRootLogin no\nMatch Group x\n  Banner /b\n");
    write("/etc/ssh/sshd_config.d/20-late.conf", "permitrootlogin prohibit-password\n");

    JsonNode facts = collect("sshd", null);

    assertThat(facts.at("/settings/permitrootlogin").asString()).isEqualTo("no");
    assertThat(facts.at("/settings/maxauthtries").asString()).isEqualTo("3");
    assertThat(facts.at("/settings/permitemptypasswords").asString()).isEqualTo("no");
    assertThat(facts.at("/settings").has("banner")).isFalse();
    assertThat(facts.at("/matches/0/name").asString()).isEqualTo("Group x");
    assertThat(facts.at("/matches/1/settings/permitrootlogin").asString()).isEqualTo("no");
  }

  @Test
  void linksLeadNowhereOutsideOfTheRoot() throws Exception {
    write("/etc/real", "NAME=inside");
    Files.createSymbolicLink(root.resolve("etc/absolute"), Path.of("/etc/real"));
    Files.createSymbolicLink(root.resolve("etc/up"), Path.of("../../../../../../etc/real"));
    Files.createSymbolicLink(root.resolve("etc/circle"), Path.of("circle"));

    for (String link : new String[] {"/etc/absolute", "/etc/up"}) {
      JsonNode facts = collect("settings", "{file: " + link + ", form: shell}");
      assertThat(facts.at("/settings/NAME").asString()).isEqualTo("inside");
    }
    assertThatThrownBy(() -> collect("settings", "{file: /etc/circle, form: shell}"))
        .isInstanceOf(Uncollectable.class)
        .hasMessageContaining("circles");
  }

  @Test
  void accountsTellTheStateOfAPasswordAndNeverTheHash() throws Exception {
    write(
        "/etc/passwd",
        """
        root:x:0:0:root:/root:/bin/bash
        guest:x:1000:1000::/home/guest:/bin/sh
        daemon:x:1:1::/:/usr/sbin/nologin
        twin:x:1000:1000::/home/twin:/bin/sh
        """);
    write(
        "/etc/shadow",
        """
        root:$6$salt$secret:19000:0:90:7:30::
        guest::19000:0:99999:7:::
        daemon:*:19000:0:99999:7:::
        """);

    JsonNode facts = collect("accounts", null);

    assertThat(facts.at("/accounts/0/password").asString()).isEqualTo("set");
    assertThat(facts.at("/accounts/0/hash").asString()).isEqualTo("sha512");
    assertThat(facts.at("/accounts/0/max-days").asInt()).isEqualTo(90);
    assertThat(facts.at("/accounts/1/password").asString()).isEqualTo("empty");
    assertThat(facts.at("/accounts/2/password").asString()).isEqualTo("locked");
    assertThat(facts.at("/accounts/2/interactive").asBoolean()).isFalse();
    assertThat(facts.at("/accounts/3").has("password")).isFalse();
    assertThat(facts.at("/shared-uids/0").asString()).isEqualTo("1000");
    assertThat(facts.toString()).doesNotContain("secret").doesNotContain("salt");
  }

  @Test
  void pamTellsWhatJudgesAndLocksThroughIncludes() throws Exception {
    write("/etc/pam.d/common-password", "@include site-password\n");
    write(
        "/etc/pam.d/site-password",
        "password requisite pam_pwquality.so retry=3 \\\n"
            + "  minlen=12\n"
            + "password [success=1 default=ignore] pam_unix.so remember=5\n");
    write(
        "/etc/pam.d/common-auth", "-auth required /lib/security/pam_faillock.so preauth deny=4\n");
    write("/etc/security/pwquality.conf", "minlen = 8 # short\nminclass = 3\n");
    write("/etc/security/faillock.conf", "unlock_time = 900\n");

    JsonNode facts = collect("pam", null);

    assertThat(facts.at("/quality/module").asString()).isEqualTo("pam_pwquality");
    assertThat(facts.at("/quality/minlen").asString()).isEqualTo("12");
    assertThat(facts.at("/quality/minclass").asString()).isEqualTo("3");
    assertThat(facts.at("/lockout/deny").asString()).isEqualTo("4");
    assertThat(facts.at("/lockout/unlock_time").asString()).isEqualTo("900");
    assertThat(facts.at("/history/remember").asString()).isEqualTo("5");
  }

  @Test
  void theKernelsLastFileCountsAndAnEarlierFolderHidesItsNamesakes() throws Exception {
    write("/usr/lib/sysctl.d/50-a.conf", "net.ipv4.ip_forward = 1\nkernel.randomize_va_space=1\n");
    write("/etc/sysctl.d/50-a.conf", "net.ipv4.ip_forward = 0\n");
    write("/etc/sysctl.d/99-z.conf", "kernel/randomize_va_space = 2\n");

    JsonNode facts =
        collect(
            "sysctl", "{keys: [net.ipv4.ip_forward, kernel.randomize_va_space, vm.swappiness]}");

    assertThat(facts.get("values").get("net.ipv4.ip_forward").asString()).isEqualTo("0");
    assertThat(facts.get("values").has("vm.swappiness")).isFalse();
    assertThat(facts.has("running")).isFalse();
  }

  @Test
  void packagesThatWereRemovedAreNotInstalled() throws Exception {
    write(
        "/var/lib/dpkg/status",
        """
        Package: telnetd
        Status: deinstall ok config-files
        Version: 1

        Package: openssh-server
        Status: install ok installed
        Version: 1:9.2
        """);

    JsonNode facts = collect("packages", null);

    assertThat(facts.get("packages").has("telnetd")).isFalse();
    assertThat(facts.get("packages").get("openssh-server").asString()).isEqualTo("1:9.2");
  }

  @Test
  void withoutAListOfPackagesNothingIsKnown() {
    assertThatThrownBy(() -> collect("packages", null)).isInstanceOf(Uncollectable.class);
    assertThatThrownBy(() -> collect("ports", null))
        .isInstanceOf(Uncollectable.class)
        .hasMessageContaining("does not run");
  }

  @Test
  void auditTellsWhatIsWatchedAndWhetherRulesAreLocked() throws Exception {
    write("/etc/audit/auditd.conf", "max_log_file_action = KEEP_LOGS\n");
    write(
        "/etc/audit/rules.d/10.rules",
        "-D\n"
            + "-w /etc/passwd -p wa -k id\n"
            + "-a always,exit -F path=/etc/shadow -F perm=wa\n"
            + "-a always,exit -S setuid,setgid\n");
    write("/etc/audit/rules.d/99.rules", "-e 2\n");

    JsonNode facts = collect("auditd", null);

    assertThat(facts.get("rules").asInt()).isEqualTo(3);
    assertThat(facts.get("locked").asBoolean()).isTrue();
    assertThat(facts.get("watched").toString()).isEqualTo("[\"/etc/passwd\",\"/etc/shadow\"]");
    assertThat(facts.get("calls").toString()).isEqualTo("[\"setgid\",\"setuid\"]");
  }

  @Test
  void filesTellTheirModes() throws Exception {
    write("/etc/cron.d/a", "");
    write("/etc/cron.d/b", "");
    Files.setPosixFilePermissions(
        root.resolve("etc/cron.d/b"), PosixFilePermissions.fromString("rw-rw----"));

    JsonNode facts = collect("files", "{paths: [/etc/cron.d/*, /etc/none]}");

    assertThat(facts.get("files").size()).isEqualTo(2);
    assertThat(facts.at("/files/1/name").asString()).isEqualTo("/etc/cron.d/b");
    assertThat(facts.at("/files/1/mode").asString()).isEqualTo("0660");
  }

  @Test
  void unitsAreThoseThatATargetWants() throws Exception {
    write("/etc/systemd/system/multi-user.target.wants/ssh.service", "");
    write("/etc/systemd/system/sockets.target.wants/telnet.socket", "");
    write("/etc/systemd/system/other.service", "");

    assertThat(collect("units", null).get("enabled").toString())
        .isEqualTo("[\"ssh.service\",\"telnet.socket\"]");
  }

  @Test
  void whereLogsAreSentIsReadInBothLanguagesOfRsyslogAndOfTheJournal() throws Exception {
    write(
        "/etc/rsyslog.conf",
        """
        $ModLoad imuxsock
        *.* @10.0.0.1:514
        auth,authpriv.* @@(o)10.0.0.2:6514;RSYSLOG_SyslogProtocol23Format
        # *.* @@commented.example
        *.*  :omrelp:10.0.0.3:20514
        mail.* -/var/log/mail@home.log
        """);
    write(
        "/etc/rsyslog.d/50-city.conf",
        """
        action(type="omfwd" Target="10.0.0.4" port="6514" protocol="tcp"
               StreamDriver="gtls" StreamDriverMode="1")
        action(type="omfwd" target="10.0.0.5")
        action(type="omrelp" target="10.0.0.6" tls="on")
        action(type="omfile" file="/var/log/all")
        """);
    write("/etc/systemd/journal-upload.conf", "[Upload]\nURL=https://10.0.0.7:19532\n");

    JsonNode forwards = collect("syslog", null).get("forwards");

    assertThat(forwards.valueStream().map(JsonNode::toString))
        .containsExactly(
            "{\"name\":\"10.0.0.1:514\",\"protocol\":\"udp\",\"tls\":false}",
            "{\"name\":\"10.0.0.2:6514\",\"protocol\":\"tcp\",\"tls\":false}",
            "{\"name\":\"10.0.0.3:20514\",\"protocol\":\"relp\",\"tls\":false}",
            "{\"name\":\"10.0.0.4\",\"protocol\":\"tcp\",\"tls\":true}",
            "{\"name\":\"10.0.0.5\",\"protocol\":\"udp\",\"tls\":false}",
            "{\"name\":\"10.0.0.6\",\"protocol\":\"relp\",\"tls\":true}",
            "{\"name\":\"https://10.0.0.7:19532\",\"protocol\":\"tcp\",\"tls\":true}");
  }
}

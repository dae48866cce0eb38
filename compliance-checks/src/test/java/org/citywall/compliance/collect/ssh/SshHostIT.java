// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.CheckRun;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.collect.Host;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.LocalHost;
import org.citywall.compliance.collect.Uncollectable;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's server, with this machine behind it. */
class SshHostIT {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final String USER = System.getProperty("user.name");

  @TempDir private Path folder;
  private @Nullable Process server;
  private @Nullable SshHost host;
  private int port;

  @BeforeEach
  void serve() throws Exception {
    assumeThat(SSHD).as("Debian's openssh-server").isRegularFile();
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "host");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "mine");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "other");
    if (USER.equals("root")) {
      // where OpenSSH leaves its privileges, which a boot would have made
      Files.createDirectories(Path.of("/run/sshd"));
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.copy(folder.resolve("mine.pub"), folder.resolve("authorized"));
    Path config =
        Files.writeString(
            folder.resolve("config"),
            """
            ListenAddress 127.0.0.1
            Port %p
            HostKey %d/host
            AuthorizedKeysFile %d/authorized
            StrictModes no
            UsePAM no
            PidFile none
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            Subsystem sftp internal-sftp -R
            """
                .replace("%p", Integer.toString(port))
                .replace("%d", folder.toString()));
    server =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Awaitility.await()
        .until(
            () -> {
              try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
              } catch (IOException e) {
                return false;
              }
            });
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.release();
    }
    if (server != null) {
      server.destroyForcibly();
    }
  }

  private void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).directory(folder.toFile()).start().waitFor()).isZero();
  }

  private SshHost host(String known, Supplier<@Nullable String> key) throws Exception {
    Path knownHosts =
        Files.writeString(
            folder.resolve("known"),
            known.isEmpty()
                ? ""
                : "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve(known + ".pub")));
    host =
        new SshHost(
            new SshLogin("127.0.0.1", port, USER, knownHosts, key, null), Clock.systemUTC());
    return host;
  }

  private Supplier<@Nullable String> key(String name) throws Exception {
    String text = Files.readString(folder.resolve(name));
    return () -> text;
  }

  private static Map<String, Result> outcomes(Host host) throws Exception {
    List<CheckResult> results =
        new CheckRun(
                Checks.builtIn().toList(),
                Waivers.none(),
                Clock.systemUTC(),
                Duration.ofSeconds(30),
                1)
            .over(List.of(new HostTarget("host", host)));
    Map<String, Result> outcomes = new TreeMap<>();
    results.forEach(result -> outcomes.put(result.check(), result.result()));
    // what listens may change in between
    outcomes.keySet().removeIf(check -> check.startsWith("linux.ports."));
    return outcomes;
  }

  @Test
  void thisMachineComesOutOverSshAsItDoesHere() throws Exception {
    Map<String, Result> overSsh = outcomes(host("host", key("mine")));

    assertThat(overSsh)
        .hasSizeGreaterThan(60)
        .isEqualTo(outcomes(LocalHost.here(Clock.systemUTC())));
    assertThat(host("host", key("mine")).read("/proc/net/tcp").orElseThrow()).contains(":");
  }

  @Test
  void aHostWhoseKeyIsNotKnownOrAnotherIsNotSpokenTo() throws Exception {
    for (String known : List.of("", "other")) {
      SshHost stranger = host(known, key("mine"));

      assertThatThrownBy(() -> stranger.read("/etc/os-release"))
          .isInstanceOf(Uncollectable.class)
          .hasMessageContaining("no session");
    }
    assertThat(outcomes(host("", key("mine"))).values()).containsOnly(Result.ERROR);
    assertThat(folder.resolve("known")).isEmptyFile();
  }

  @Test
  void aKeyThatTheHostDoesNotKnowAndOneThatIsNoneAreErrors() throws Exception {
    SshHost refused = host("host", key("other"));
    assertThatThrownBy(() -> refused.read("/etc/os-release")).isInstanceOf(Uncollectable.class);

    SshHost broken = host("host", () -> "no key");
    assertThatThrownBy(() -> broken.read("/etc/os-release"))
        .isInstanceOf(Uncollectable.class)
        .hasMessageNotContaining("no key\n");
  }

  @Test
  void aHostWithoutRpmHasNoListOfItsPackages() throws Exception {
    assumeThat(Path.of("/usr/bin/rpm")).doesNotExist();
    SshHost open = host("host", key("mine"));

    assertThatThrownBy(() -> open.read(Host.RPM_LIST))
        .isInstanceOf(Uncollectable.class)
        .hasMessageContaining("a command ended with 127");
  }

  @Test
  void aReleasedHostIsReadAgain() throws Exception {
    SshHost open = host("host", key("mine"));
    assertThat(open.read("/etc/passwd")).isPresent();

    open.release();

    assertThat(open.list("/etc")).contains("passwd");
    assertThat(open.list("/etc/passwd")).isEmpty();
    assertThat(open.read("/no/such/file")).isEmpty();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorExchange;
import org.citywall.audit.anchor.AnchorPolicy;
import org.citywall.audit.anchor.Witness;
import org.citywall.audit.anchor.WitnessServer;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cosigns the checkpoints of other departments' logs (C2SP tlog-witness). */
@Command(
    name = "witness",
    description = "Cosign the checkpoints of logs that others run.",
    mixinStandardHelpOptions = true)
final class WitnessCommand implements Runnable {

  private static final String LOGS = "keys of the logs it cosigns (C2SP tlog-policy, log lines)";

  @Spec private CommandSpec spec;

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: init, key, serve or sign");
  }

  @Command(
      name = "init",
      description = "Make a witness with a key of its own, and print its vkey.",
      mixinStandardHelpOptions = true)
  int init(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "its folder")
          Path data,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "its name, by custom a URL without scheme")
          String name) {
    new InstalledFiles(new DataFolder(data), random).createFolder();
    print(Witness.make(data, name, vault(data), random).toString());
    return ExitCode.DONE;
  }

  @Command(
      name = "key",
      description = "Print the vkey of a witness.",
      mixinStandardHelpOptions = true)
  int key(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "its folder")
          Path data) {
    print(Witness.key(data, vault(data)).toString());
    return ExitCode.DONE;
  }

  @Command(
      name = "sign",
      description = "Answer a request that was carried here by hand.",
      mixinStandardHelpOptions = true)
  int sign(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "its folder")
          Path data,
      @Option(names = "--logs", paramLabel = "FILE", required = true, description = LOGS) Path logs,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              required = true,
              description = "the answer to write")
          Path out,
      @Parameters(paramLabel = "REQUEST", description = "the log's request") Path request) {
    try (Witness witness = Witness.open(data, vault(data), logs(logs), clock)) {
      AnchorCommand.write(out, AnchorExchange.answer(witness, AnchorCommand.read(request)));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "serve",
      description = "Answer requests over HTTP until it is stopped.",
      mixinStandardHelpOptions = true)
  int serve(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "its folder")
          Path data,
      @Option(names = "--logs", paramLabel = "FILE", required = true, description = LOGS) Path logs,
      @Option(
              names = "--bind",
              paramLabel = "ADDRESS",
              defaultValue = "127.0.0.1",
              description = "address to listen on (default: ${DEFAULT-VALUE})")
          String bind,
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "8082",
              description = "port, 0 for any free one (default: ${DEFAULT-VALUE})")
          int port,
      @Option(
              names = "--tls",
              description = "serve HTTPS; tls/authority.pem of the folder is what logs trust")
          boolean tls)
      throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Witness witness = Witness.open(data, vault(data), logs(logs), clock);
        WitnessServer server =
            WitnessServer.start(
                new InetSocketAddress(address(bind), port),
                tls ? tls(data, bind) : null,
                witness)) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stopAndWait(stop, ended), "stop-on-signal"));
      print(
          "citywall ready: witness="
              + (tls ? "https://" : "http://")
              + Server.hostPort(server.address())
              + "/");
      stop.await();
    } finally {
      ended.countDown();
    }
    return ExitCode.DONE;
  }

  /** The process must not go before the memory is closed. */
  private static void stopAndWait(CountDownLatch stop, CountDownLatch ended) {
    stop.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SSLContext tls(Path data, String bind) {
    TlsIdentity identity = vault(data).serverIdentity("witness", List.of(bind));
    new InstalledFiles(new DataFolder(data), random).writeAuthority(identity.authorityPem());
    return identity.context();
  }

  private static InetAddress address(String bind) {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new PlatformException(
          CliErrorCode.CONFIGURATION_INVALID, "'" + bind + "' is no address of this machine", e);
    }
  }

  private FileKeyVault vault(Path data) {
    return FileKeyVault.open(data, System.getenv(), clock, random);
  }

  private static List<VerifierKey> logs(Path file) {
    List<VerifierKey> logs = AnchorPolicy.read(file).logs();
    if (logs.isEmpty()) {
      throw new PlatformException(CliErrorCode.CONFIGURATION_INVALID, file + " names no log");
    }
    return logs;
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.secrets.SigningKey;
import org.citywall.audit.testing.MutableClock;
import org.jspecify.annotations.Nullable;

/** A log, an authority that stamps it and two witnesses, all in this process. */
final class AnchorRig implements AutoCloseable {

  /** A witness on a port. */
  static final class Neighbour implements AutoCloseable {

    private final Path home;
    private final VaultInMemory vault = new VaultInMemory();
    private final MutableClock clock;
    private final AnchoredLog log;
    private final WitnessKey key;
    private Witness witness;
    private @Nullable WitnessServer server;
    private int port;

    Neighbour(Path home, String name, AnchoredLog log, MutableClock clock) {
      this.home = home;
      this.clock = clock;
      this.log = log;
      this.key = Witness.make(home, name, vault, new SecureRandom());
      this.witness = Witness.open(home, vault, List.of(log.key()), clock);
      up();
    }

    WitnessKey key() {
      return key;
    }

    SigningKey signingKey() {
      return vault.onlyKey();
    }

    Witness witness() {
      return witness;
    }

    Path home() {
      return home;
    }

    String url() {
      return "http://127.0.0.1:" + port + "/";
    }

    void up() {
      server =
          WitnessServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null, witness);
      port = server.address().getPort();
    }

    void down() {
      if (server != null) {
        server.close();
        server = null;
      }
    }

    /** Puts the witness's memory back to what it was. */
    void rollBackTo(byte[] memory) {
      down();
      witness.close();
      try {
        Files.write(home.resolve("witness/memory"), memory);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      witness = Witness.open(home, vault, List.of(log.key()), clock);
      up();
    }

    byte[] memory() {
      try {
        return Files.readAllBytes(home.resolve("witness/memory"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      down();
      witness.close();
    }
  }

  private final Path folder;
  private final MutableClock clock = MutableClock.at(AnchoredLog.START);
  private final AnchoredLog log;
  private final TestPki pki;
  private final TestTsa tsa;
  private final Neighbour police;
  private final Neighbour health;
  private @Nullable AnchorWorker worker;

  AnchorRig(Path folder) {
    this.folder = folder;
    this.log = new AnchoredLog(folder.resolve("data"), clock);
    this.pki = new TestPki(TestPki.Algorithm.P256, AnchoredLog.START);
    this.tsa =
        new TestTsa(
            pki,
            pki.tsa(
                AnchoredLog.START.minus(Duration.ofDays(1)),
                AnchoredLog.START.plus(Duration.ofDays(30))),
            clock);
    this.police = new Neighbour(folder.resolve("police"), "police.example/w", log, clock);
    this.health = new Neighbour(folder.resolve("health"), "health.example/w", log, clock);
    pki.writeRoot(folder.resolve("root.pem"));
  }

  Path folder() {
    return folder;
  }

  MutableClock clock() {
    return clock;
  }

  AnchoredLog log() {
    return log;
  }

  TestPki pki() {
    return pki;
  }

  TestTsa tsa() {
    return tsa;
  }

  Neighbour police() {
    return police;
  }

  Neighbour health() {
    return health;
  }

  AnchorStore store() {
    return new AnchorStore(log.dataDir());
  }

  /** One token in two hours, both witnesses, a newest checkpoint of two hours. */
  List<String> strict() {
    return List.of(
        "log " + log.key(),
        "witness police " + police.key() + " " + police.url(),
        "witness health " + health.key() + " " + health.url(),
        "group both all police health",
        "quorum both",
        "#citywall tsa city roots=root.pem url=" + tsa.url(),
        "#citywall tokens 1 2h",
        "#citywall newest 2h");
  }

  AnchorPolicy policy(List<String> lines) {
    Path file = folder.resolve("policy");
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return AnchorPolicy.read(file);
  }

  AnchorPolicy policy() {
    return policy(strict());
  }

  /** The strict policy with one line changed. */
  AnchorPolicy policy(String from, String to) {
    List<String> lines = new ArrayList<>();
    strict().forEach(line -> lines.add(line.replace(from, to)));
    return policy(lines);
  }

  AnchorSettings settings() {
    return AnchorSettings.of(policy(), null)
        .withLimits(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** A worker that only does what {@link AnchorWorker#step} is called for. */
  AnchorWorker worker(AnchorSettings settings) {
    if (worker != null) {
      worker.close();
    }
    worker = new AnchorWorker(log.log(), log.dataDir(), settings, clock, new SecureRandom());
    return worker;
  }

  /** Appends something and anchors it, an hour after the last time. */
  void hour() {
    clock.advance(Duration.ofHours(1));
    log.append(10);
    if (worker == null) {
      worker(settings());
    }
    worker.step();
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    police.close();
    health.close();
    tsa.close();
    log.close();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.collect.BoundAddresses;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.config.ConsoleApplication;
import org.citywall.console.demo.Demo;
import org.citywall.console.demo.DemoAssessment;
import org.citywall.console.demo.DemoCheckFiles;
import org.citywall.console.demo.DemoCity;
import org.citywall.console.demo.DemoContext;
import org.citywall.console.demo.DemoDatabase;
import org.citywall.console.demo.DemoLiveStream;
import org.citywall.console.demo.DemoProxyFiles;
import org.citywall.console.demo.DemoRules;
import org.citywall.console.demo.LiveTarget;
import org.citywall.correlation.Context;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.proxy.MaskingProxy;
import org.jspecify.annotations.Nullable;

/** The platform together with the made-up city's database and live stream. */
final class DemoServer {

  private final ServerConfig config;
  private final int proxyPort;
  private final long seed;
  private final Clock clock = Clock.systemUTC();
  private @Nullable DemoCity city;

  /**
   * @param proxyPort of the masking proxy, 0 for any free one
   */
  DemoServer(ServerConfig config, int proxyPort, long seed) {
    this.config = config;
    this.proxyPort = proxyPort;
    this.seed = seed;
  }

  Server start() {
    // The database needs seconds of its own to start; history is written meanwhile.
    CompletableFuture<DemoDatabase> database =
        CompletableFuture.supplyAsync(
            () -> DemoDatabase.start(config.data().root(), 0, seed, new SecureRandom()),
            task -> Thread.ofPlatform().name("demo-database").daemon().start(task));
    Server server;
    try {
      server = Server.start(config, clock, this::seeded);
    } catch (RuntimeException e) {
      database.thenAccept(DemoDatabase::close);
      throw e;
    }
    try {
      DemoDatabase started = server.keep(joined(database));
      server.masking(proxy(server, started));
      assess(server, started);
      DemoCheckFiles.write(config.checks().targets(), started, new SecureRandom());
      server.keep(live(server));
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** A masking proxy before the city's database, with three people of different clearance. */
  private MaskingProxy proxy(Server server, DemoDatabase database) {
    SecureRandom random = new SecureRandom();
    DemoProxyFiles files =
        DemoProxyFiles.write(config.data().root(), city(), database, proxyPort, random);
    return MaskingProxy.start(
        new PolicyFiles(files.config(), Map.of(), Optional.empty(), Analysers::check),
        Analysers.best(),
        server.log(),
        clock,
        random);
  }

  /** The city's systems in the register, with what a check really says of its database. */
  private void assess(Server server, DemoDatabase database) {
    ConsoleApplication console = server.console();
    DemoAssessment.Desk desk =
        new DemoAssessment.Desk(
            console.service(SystemRegister.class),
            console.service(Assessments.class),
            console.service(Settling.class),
            console.service(CheckFeed.class),
            console.service(Rectification.class));
    DemoAssessment.fill(desk, () -> DemoAssessment.transport(database, clock));
  }

  private DemoCity city() {
    if (city == null) {
      throw new IllegalStateException("the city is seeded before anything runs");
    }
    return city;
  }

  private Context seeded(EvidenceLog log) {
    SubjectKey key =
        SubjectKey.of(new InstalledFiles(config.data(), new SecureRandom()).subjectKey());
    DemoCity seeded = Demo.seed(config.data().root(), log, clock, seed, key).city();
    city = seeded;
    DemoRules.write(config.data().rules());
    return DemoContext.of(seeded);
  }

  /** Events of the made-up city, sent through the ports that real sources use. */
  private DemoLiveStream live(Server server) {
    BoundAddresses at = server.collectorAddresses();
    LiveTarget target =
        new LiveTarget(
            URI.create(server.ingestUrl(at.http().orElseThrow())),
            new InstalledFiles(config.data(), new SecureRandom()).ingestToken(),
            at.syslog().orElseThrow());
    return DemoLiveStream.start(city(), target, clock, seed);
  }

  private static DemoDatabase joined(CompletableFuture<DemoDatabase> database) {
    try {
      return database.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PlatformException known ? known : e;
    }
  }
}

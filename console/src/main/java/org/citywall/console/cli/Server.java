// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.citywall.audit.anchor.AnchorWorker;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.index.FollowerSettings;
import org.citywall.audit.index.IndexFollower;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.collect.BoundAddresses;
import org.citywall.collect.CollectorConfig;
import org.citywall.collect.Collectors;
import org.citywall.collect.IngestToken;
import org.citywall.collect.SourceStatus;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.console.account.Accounts;
import org.citywall.console.assessment.GrantedWaivers;
import org.citywall.console.backup.OnlineBackup;
import org.citywall.console.checking.CheckPlan;
import org.citywall.console.config.ConsoleApplication;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.control.ControlServer;
import org.citywall.console.detection.DetectionHealth;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.console.detection.EngineFacts;
import org.citywall.console.detection.RuleWatch;
import org.citywall.console.evidence.EvidenceOrders;
import org.citywall.console.exposure.ExposureFollower;
import org.citywall.console.exposure.SubjectCommands;
import org.citywall.console.exposure.SubjectKeys;
import org.citywall.console.incident.Incidents;
import org.citywall.console.report.RegisterExport;
import org.citywall.console.report.ReportFont;
import org.citywall.console.report.ReportOrders;
import org.citywall.console.report.Reports;
import org.citywall.console.retention.RetentionCommands;
import org.citywall.console.retention.RetentionWork;
import org.citywall.console.state.StateChanges;
import org.citywall.console.state.StateDatabase;
import org.citywall.correlation.Context;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.Thresholds;
import org.citywall.masking.proxy.MaskingProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Citywall in one process. Parts start in the order in which they need each other and are
 * closed the other way round, so that nothing that was acknowledged is left behind.
 */
final class Server implements Node {

  /** What a running server is asked about its sources. */
  static final String SOURCES = "sources";

  /** What happens between opening the log and detection; gives the facts of detection. */
  interface Preparation {
    Context prepare(EvidenceLog log);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final ServerConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable InetSocketAddress masking;
  private final Running running;

  /** The parts that answer questions while the server runs. */
  private record Running(
      EvidenceLog log,
      IndexFollower index,
      Collectors collectors,
      ConsoleApplication console,
      Anchoring anchors,
      Optional<RetentionWork> retention) {}

  private Server(
      ServerConfig config, Clock clock, OpenedLog.Source source, Preparation preparation) {
    this.config = config;
    this.clock = clock;
    try {
      this.running = run(source, preparation);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts everything and returns when every port listens. */
  static Server start(ServerConfig config, Clock clock, Preparation preparation) {
    return start(config, clock, OpenedLog.OWN, preparation);
  }

  /** The same with a log that may be elsewhere. */
  static Server start(
      ServerConfig config, Clock clock, OpenedLog.Source source, Preparation preparation) {
    return new Server(config, clock, source, preparation);
  }

  private RulePack tuned(RulePack pack) {
    Path thresholds = config.data().thresholds();
    return Files.exists(thresholds) ? pack.with(Thresholds.read(thresholds)) : pack;
  }

  private Running run(OpenedLog.Source source, Preparation preparation) {
    InstalledFiles files = new InstalledFiles(config.data(), random);
    files.createFolder();
    // Compiling rules takes seconds of one core: it goes on while the other parts start.
    CompletableFuture<RulePack> rules =
        RulePack.builtIn(task -> Thread.ofPlatform().name("rule-compiler").daemon().start(task))
            .thenApply(this::tuned);
    KeyVault vault = keep(config.keys().open(config.data().root(), System.getenv(), clock, random));
    OpenedLog opened = source.open(config, vault, clock, random);
    EvidenceLog log = keep(opened.log());
    IndexFollower index = keep(follow(log));
    index.start();
    Context context = preparation.prepare(log);
    Collectors collectors = keep(collect(log, vault, files));
    Anchoring anchors =
        keep(Anchoring.start(log, config.data().root(), config.anchors(), clock, random));
    Optional<RetentionWork> retention =
        opened.kept().map(kept -> keep(RetentionWork.start(kept, config.retention())));
    RuleWatch watch = keep(RuleWatch.start(config.rules()));
    RunningEngine engine = new RunningEngine(rules, watch.first(), context);
    watch.tell(engine::useSigma);
    Optional<EvidenceDesk> evidence = evidence(log);
    ConsoleApplication console =
        keep(
            console(
                log,
                index,
                collectors,
                engine,
                watch,
                opened.key(),
                anchors.worker(),
                evidence,
                retention,
                vault));
    Running all = new Running(log, index, collectors, console, anchors, retention);
    Map<String, ControlServer.Handler> commands = new HashMap<>(commands(all));
    commands.putAll(anchors.commands());
    commands.putAll(backup(console, log, vault).handlers());
    commands.putAll(console.service(RetentionCommands.class).handlers());
    commands.putAll(
        new ReportOrders(console.service(Reports.class), console.service(RegisterExport.class))
            .handlers());
    commands.putAll(console.service(SubjectCommands.class).handlers());
    evidence.ifPresent(desk -> commands.putAll(orders(desk, index, console).handlers()));
    keep(ControlServer.start(config.data().controlSocket(), commands));
    return all;
  }

  private IndexFollower follow(EvidenceLog log) {
    return new IndexFollower(
        log,
        reader -> LuceneIndex.open(config.data().index(), reader),
        clock,
        FollowerSettings.DEFAULT);
  }

  private Collectors collect(EvidenceLog log, KeyVault vault, InstalledFiles files) {
    TlsIdentity identity = vault.serverIdentity("collector", config.hostNames());
    files.writeAuthority(identity.authorityPem());
    Sensitive<String> token = files.ingestToken();
    CollectorConfig.Builder collector =
        CollectorConfig.in(config.data().spool())
            .bind(config.bindAddress())
            .syslog(config.syslogPort())
            .syslogTls(config.syslogTlsPort())
            .relp(config.relpPort())
            .http(config.ingestPort())
            .tls(config.tls())
            .tokens(List.of(IngestToken.of(InstalledFiles.TOKEN_NAME, token)));
    config.relpTlsPort().ifPresent(collector::relpTls);
    return Collectors.start(collector.build(), log, identity, clock);
  }

  private ConsoleApplication console(
      EvidenceLog log,
      IndexFollower index,
      Collectors collectors,
      RunningEngine engine,
      RuleWatch watch,
      VerifierKey key,
      Optional<AnchorWorker> anchors,
      Optional<EvidenceDesk> evidence,
      Optional<RetentionWork> retention,
      KeyVault vault) {
    Map<Class<?>, Object> services = new HashMap<>();
    services.put(IndexFollower.class, index);
    services.put(Collectors.class, collectors);
    services.put(EngineFacts.class, engine);
    services.put(RuleWatch.class, watch);
    services.put(VerifierKey.class, key);
    services.put(Catalogues.class, Catalogues.with(config.frameworks()));
    services.put(GrantedWaivers.class, config.checks());
    services.put(CheckPlan.class, config.checks().plan(config.data().checkRuns()));
    services.put(ReportFont.class, ReportFont.of(config.reportFont()));
    services.put(
        ExposureFollower.class, keep(ExposureFollower.start(log, config.data().exposure())));
    services.put(
        SubjectKeys.class, config.exposure().keys(config.data(), vault, new SecureRandom()));
    anchors.ifPresent(worker -> services.put(AnchorWorker.class, worker));
    evidence.ifPresent(desk -> services.put(EvidenceDesk.class, desk));
    retention.ifPresent(work -> services.put(RetentionWork.class, work));
    return ConsoleApplication.start(
        new ConsoleRuntime(
            config.data().root(),
            config.consoleListener(vault),
            new StateDatabase.Embedded(config.data().state()),
            log,
            index,
            engine,
            clock,
            ConsoleRuntime.CHINA,
            services));
  }

  /** Empty where a store elsewhere keeps the log: only that has the trees to prove with. */
  private Optional<EvidenceDesk> evidence(EvidenceLog log) {
    return log instanceof StoredLog kept
        ? Optional.of(new EvidenceDesk(kept, config.data().root(), clock))
        : Optional.empty();
  }

  private EvidenceOrders orders(
      EvidenceDesk desk, IndexFollower index, ConsoleApplication console) {
    return new EvidenceOrders(
        desk, index, console.service(Incidents.class), clock.withZone(ConsoleRuntime.CHINA));
  }

  private OnlineBackup backup(ConsoleApplication console, EvidenceLog log, KeyVault vault) {
    StateChanges changes = console.service(StateChanges.class);
    return new OnlineBackup(
        changes,
        log,
        sums -> LogAccess.signBackup(config.data().root(), vault, sums),
        config.data().run(),
        clock);
  }

  private Map<String, ControlServer.Handler> commands(Running all) {
    return Map.of(
        "status",
        arguments -> status(all),
        SOURCES,
        arguments -> Map.of("sources", sources(all.collectors())),
        "stop",
        arguments -> {
          requestStop();
          return Map.of();
        });
  }

  private static List<Map<String, Object>> sources(Collectors collectors) {
    List<Map<String, Object>> sources = new ArrayList<>();
    for (SourceStatus source : collectors.sources()) {
      sources.add(
          Map.of(
              "name",
              source.source(),
              "silent",
              source.silent(),
              "gaps",
              source.gaps(),
              "rejects",
              source.rejects()));
    }
    return sources;
  }

  private static Map<String, Object> status(Running all) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("pid", ProcessHandle.current().pid());
    status.put("console", all.console().address().toString());
    status.put("log.entries", all.log().size());
    all.log().checkpoint().ifPresent(last -> status.put("log.checkpoint", last.size()));
    status.put("index.lag", all.index().health().lag());
    DetectionHealth detection = all.console().service(DetectionRunner.class).health();
    status.put("detection.state", detection.state().name());
    status.put("detection.lag", detection.lag());
    status.put("spool.depth", all.collectors().spool().depth());
    all.retention().ifPresent(work -> status.put("retention.state", work.health().state().name()));
    all.anchors().addTo(status);
    return status;
  }

  @Override
  public Optional<Sensitive<String>> firstPassword() {
    return running.console().firstPassword();
  }

  @Override
  public void firstPasswordTold() {
    running.console().service(Accounts.class).firstPasswordTold();
  }

  /** A masking proxy runs in this process as well, and ends before the log does. */
  void masking(MaskingProxy proxy) {
    masking = keep(proxy).address();
  }

  /** Where the masking proxy listens, if one runs here. */
  Optional<InetSocketAddress> masking() {
    return Optional.ofNullable(masking);
  }

  EvidenceLog log() {
    return running.log();
  }

  IndexFollower index() {
    return running.index();
  }

  ConsoleApplication console() {
    return running.console();
  }

  BoundAddresses collectorAddresses() {
    return running.collectors().addresses();
  }

  @Override
  public String readyLine() {
    BoundAddresses at = running.collectors().addresses();
    StringBuilder line = new StringBuilder("citywall ready: console=").append(console().address());
    masking().ifPresent(proxy -> line.append(" proxy=").append(hostPort(proxy)));
    at.syslog().ifPresent(a -> line.append(" syslog=").append(hostPort(a)));
    at.syslogTls().ifPresent(a -> line.append(" syslog-tls=").append(hostPort(a)));
    at.relp().ifPresent(a -> line.append(" relp=").append(hostPort(a)));
    at.relpTls().ifPresent(a -> line.append(" relp-tls=").append(hostPort(a)));
    at.http().ifPresent(a -> line.append(" ingest=").append(ingestUrl(a)));
    return line.toString();
  }

  /** Where events are posted to. */
  String ingestUrl(InetSocketAddress address) {
    return (config.tls().https() ? "https://" : "http://") + hostPort(address) + "/v1/events";
  }

  static String hostPort(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Adds a part that is closed before all others. */
  <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void requestStop() {
    stop.countDown();
  }

  @Override
  public void awaitStop() throws InterruptedException {
    stop.await();
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.atError().setCause(e).log("a part could not be closed");
      }
    }
  }
}

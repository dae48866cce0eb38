// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.collect.internal.intake.ClientIds;
import org.citywall.collect.internal.intake.EpochFile;
import org.citywall.collect.internal.intake.Forwarder;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.SourceRegistry;
import org.citywall.collect.internal.intake.Ticker;
import org.citywall.collect.internal.listen.ConnectionLimits;
import org.citywall.collect.internal.listen.HttpIngest;
import org.citywall.collect.internal.listen.HttpLimits;
import org.citywall.collect.internal.listen.Listeners;
import org.citywall.collect.internal.listen.TcpListener;
import org.citywall.collect.internal.listen.TcpListener.ClientCertificate;
import org.citywall.collect.internal.spool.Spool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running collector: ports, spool, and the thread that carries the spool into the log. Safe for
 * use by several threads.
 */
public final class Collectors implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collectors.class);

  private final Spool spool;
  private final SourceRegistry sources;
  private final Forwarder forwarder;
  private final Clock clock;
  private final ScheduledExecutorService beats;
  private final List<AutoCloseable> listeners = new ArrayList<>();
  private @Nullable BoundAddresses addresses;

  private Collectors(Spool spool, SourceRegistry sources, Forwarder forwarder, Clock clock) {
    this.spool = spool;
    this.sources = sources;
    this.forwarder = forwarder;
    this.clock = clock;
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("collector-beat").daemon().factory());
  }

  /**
   * Opens the spool, forwards what an earlier run left in it, and listens.
   *
   * @param log where everything goes; it stays open when the collector is closed
   * @param tls certificate of the TLS listeners and the authorities of their clients; may be null
   *     when no port needs it
   */
  public static Collectors start(
      CollectorConfig config, EvidenceLog log, @Nullable SSLContext tls, Clock clock) {
    Spool spool = Spool.open(config.spool(), config.spoolBytes());
    try {
      SourceRegistry sources =
          new SourceRegistry(config.limits().sources(), config.limits().hostsPerSource());
      ClientIds clientIds = new ClientIds(config.limits().clientIds());
      clientIds.learnFrom(log);
      long epoch = EpochFile.next(config.spool(), clock);
      Intake intake = new Intake(spool, sources, clientIds, clock, epoch);
      Collectors collectors = new Collectors(spool, sources, new Forwarder(spool, log), clock);
      collectors.run(config, intake, tls);
      return collectors;
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private void run(CollectorConfig config, Intake intake, @Nullable SSLContext tls) {
    forwarder.start();
    try {
      addresses = listen(config, intake, tls);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    Ticker ticker = new Ticker(intake, config.silence(), clock);
    beats.scheduleAtFixedRate(() -> beat(ticker), 1, 1, TimeUnit.SECONDS);
  }

  private static void beat(Ticker ticker) {
    try {
      ticker.beat();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a tick was missed");
    }
  }

  private BoundAddresses listen(CollectorConfig config, Intake intake, @Nullable SSLContext tls) {
    CollectorConfig.Limits limits = config.limits();
    Listeners open =
        new Listeners(
            intake,
            new ConnectionLimits(
                limits.connections(), limits.connectionsPerPeer(), limits.idle(), limits.record()),
            config.requireClientCertificate()
                ? ClientCertificate.REQUIRED
                : ClientCertificate.WANTED,
            limits.recordBytes());
    Parser syslog = ParserCatalogue.named("auto", config.parsing());
    CollectorConfig.Ports ports = config.ports();
    return new BoundAddresses(
        tcp(config, ports.syslog(), at -> open.syslog(at, null, syslog)),
        tcp(config, ports.syslogTls(), at -> open.syslog(at, required(tls), syslog)),
        tcp(config, ports.relp(), at -> open.relp(at, null, syslog)),
        tcp(config, ports.relpTls(), at -> open.relp(at, required(tls), syslog)),
        http(config, open, tls));
  }

  private interface Opener {
    TcpListener open(InetSocketAddress address);
  }

  private Optional<InetSocketAddress> tcp(CollectorConfig config, OptionalInt port, Opener opener) {
    if (port.isEmpty()) {
      return Optional.empty();
    }
    TcpListener listener = opener.open(new InetSocketAddress(config.bind(), port.getAsInt()));
    listeners.add(listener);
    return Optional.of(listener.address());
  }

  private Optional<InetSocketAddress> http(
      CollectorConfig config, Listeners open, @Nullable SSLContext tls) {
    if (config.ports().http().isEmpty()) {
      return Optional.empty();
    }
    CollectorConfig.Limits limits = config.limits();
    HttpIngest ingest =
        open.http(
            new InetSocketAddress(config.bind(), config.ports().http().getAsInt()),
            config.httpTls() ? required(tls) : null,
            ParserCatalogue.named("json", config.parsing()),
            config.tokens(),
            new HttpLimits(
                limits.bodyBytes(),
                limits.bodyLines(),
                limits.recordBytes(),
                limits.httpRequests()));
    listeners.add(ingest);
    return Optional.of(ingest.address());
  }

  private static SSLContext required(@Nullable SSLContext tls) {
    if (tls == null) {
      throw new PlatformException(
          CollectErrorCode.CONFIG_INVALID, "a TLS port needs a certificate");
    }
    return tls;
  }

  /** Where it listens, with the ports that the system chose. */
  public BoundAddresses addresses() {
    if (addresses == null) {
      throw new IllegalStateException("not started");
    }
    return addresses;
  }

  /** Every source heard of since the start or expected by configuration, by name. */
  public List<SourceStatus> sources() {
    return sources.status(clock.instant());
  }

  public SpoolStatus spool() {
    SpoolStatus status = spool.status();
    return new SpoolStatus(
        status.depth(),
        status.bytes(),
        status.capacityBytes(),
        status.failure().or(forwarder::failure));
  }

  /**
   * Stops listening and carries what was taken into the log. What the log refuses at this time
   * stays in the spool and is forwarded after the next start.
   */
  @Override
  public void close() {
    beats.shutdownNow();
    for (AutoCloseable listener : listeners) {
      try {
        listener.close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("a listener cannot be closed");
      }
    }
    spool.drain();
    forwarder.close();
    spool.close();
  }
}

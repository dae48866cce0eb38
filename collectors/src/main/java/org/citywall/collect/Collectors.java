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
import java.util.function.IntFunction;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.collect.internal.intake.ClientIds;
import org.citywall.collect.internal.intake.EpochFile;
import org.citywall.collect.internal.intake.Forwarder;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.SourceKeeper;
import org.citywall.collect.internal.intake.SourceRegistry;
import org.citywall.collect.internal.intake.Ticker;
import org.citywall.collect.internal.listen.Listeners;
import org.citywall.collect.internal.listen.TcpListener;
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
  private final SourceKeeper keeper;
  private final Forwarder forwarder;
  private final Clock clock;
  private final ScheduledExecutorService beats;
  private final List<AutoCloseable> listeners = new ArrayList<>();
  private @Nullable BoundAddresses addresses;

  private Collectors(
      Spool spool, SourceRegistry sources, SourceKeeper keeper, Forwarder forwarder, Clock clock) {
    this.spool = spool;
    this.sources = sources;
    this.keeper = keeper;
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
   * @param identity what the TLS listeners show; may be null when no port needs it
   */
  public static Collectors start(
      CollectorConfig config, EvidenceLog log, @Nullable TlsIdentity identity, Clock clock) {
    Spool spool = Spool.open(config.spool(), config.spoolBytes());
    try {
      CollectorConfig.SourceLimits limits = config.limits().sources();
      SourceRegistry sources = new SourceRegistry(limits);
      ClientIds clientIds = new ClientIds(limits.clientIds());
      clientIds.learnFrom(log);
      SourceKeeper keeper = new SourceKeeper(sources, log, config.spool());
      keeper.recall(EpochFile.isFirst(config.spool()), clock.instant());
      long epoch = EpochFile.next(config.spool(), clock);
      Intake intake = new Intake(spool, sources, clientIds, clock, epoch);
      Forwarder forwarder = new Forwarder(spool, log, keeper, epoch);
      Collectors collectors = new Collectors(spool, sources, keeper, forwarder, clock);
      collectors.run(config, intake, identity);
      return collectors;
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private void run(CollectorConfig config, Intake intake, @Nullable TlsIdentity identity) {
    forwarder.start();
    try {
      Listeners ports = new Listeners(config, intake, identity);
      listeners.add(ports);
      addresses = listen(config.ports(), ports);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    Ticker ticker = new Ticker(intake, config.silence(), clock);
    beats.scheduleAtFixedRate(() -> beat(ticker), 1, 1, TimeUnit.SECONDS);
  }

  private void beat(Ticker ticker) {
    try {
      ticker.beat();
      keeper.beat(clock.instant());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a tick was missed");
    }
  }

  private BoundAddresses listen(CollectorConfig.Ports ports, Listeners open) {
    return new BoundAddresses(
        listen(ports.syslog(), open::syslog),
        listen(ports.syslogTls(), open::syslogTls),
        listen(ports.relp(), open::relp),
        listen(ports.relpTls(), open::relpTls),
        listen(ports.http(), open::http));
  }

  private Optional<InetSocketAddress> listen(OptionalInt port, IntFunction<TcpListener> opener) {
    if (port.isEmpty()) {
      return Optional.empty();
    }
    TcpListener listener = opener.apply(port.getAsInt());
    listeners.addFirst(listener);
    return Optional.of(listener.address());
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
    keeper.save(clock.instant());
    spool.close();
  }
}

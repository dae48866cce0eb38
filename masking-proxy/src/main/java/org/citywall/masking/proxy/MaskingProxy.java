// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.Category;
import org.citywall.masking.config.Backend;
import org.citywall.masking.config.HostPort;
import org.citywall.masking.config.ListenTls;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.config.ProxyMode;
import org.citywall.masking.record.LogRecorder;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.wire.WireConfig;
import org.citywall.masking.wire.WireLimits;
import org.citywall.masking.wire.WireServer;
import org.citywall.masking.wire.WireTls;

/** A running masking proxy. What its files say of users and policy is taken over while it runs. */
public final class MaskingProxy implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("proxy-policy").daemon().unstarted(task));
  private final LogRecorder recorder;
  private final WireServer wire;

  private MaskingProxy(
      PolicyFiles files,
      StatementAnalyser analyser,
      EvidenceLog log,
      Clock clock,
      SecureRandom random) {
    ProxyConfig config = files.current();
    Users users = new Users(files, clock, random);
    recorder = LogRecorder.start(log, "masking-proxy/" + config.listen(), clock, exposure(files));
    try {
      wire =
          WireServer.start(
              wireConfig(config), new SqlGate(analyser), users::account, recorder, random);
    } catch (RuntimeException e) {
      recorder.close();
      looking.shutdownNow();
      throw e;
    }
    looking.scheduleWithFixedDelay(
        files::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Starts; {@code MSK-0069} where it cannot listen, {@code MSK-0070} where certificate or key
   * cannot be used.
   *
   * @param log takes decisions and completions
   */
  public static MaskingProxy start(
      PolicyFiles files,
      StatementAnalyser analyser,
      EvidenceLog log,
      Clock clock,
      SecureRandom random) {
    return new MaskingProxy(files, analyser, log, clock, random);
  }

  private static LogRecorder.Exposure exposure(PolicyFiles files) {
    return new LogRecorder.Exposure() {
      @Override
      public int level(ColumnUse use) {
        return column(files, use).map(CataloguedColumn::level).orElse(0);
      }

      @Override
      public String category(ColumnUse use) {
        return column(files, use)
            .map(CataloguedColumn::category)
            .filter(Objects::nonNull)
            .map(Category::name)
            .orElse("");
      }
    };
  }

  private static Optional<CataloguedColumn> column(PolicyFiles files, ColumnUse use) {
    return files
        .current()
        .policy()
        .catalogue()
        .table(use.table())
        .map(table -> table.columns().get(use.column()));
  }

  private static WireConfig wireConfig(ProxyConfig config) {
    Backend backend = config.backend();
    return new WireConfig(
        socket(config.listen()),
        tls(config.tls()),
        new org.citywall.masking.wire.Backend(
            new InetSocketAddress(backend.host(), backend.port()),
            backend.database(),
            backend.user(),
            backend.password()::resolve),
        WireLimits.DEFAULT,
        config.mode() == ProxyMode.ENFORCE);
  }

  private static InetSocketAddress socket(HostPort address) {
    return new InetSocketAddress(address.host(), address.port());
  }

  private static WireTls tls(ListenTls tls) {
    Path certificate = tls.certificate();
    Path key = tls.key();
    if (tls.mode() == ListenTls.Mode.OFF || certificate == null || key == null) {
      return WireTls.OFF;
    }
    try {
      SslContext context =
          SslContextBuilder.forServer(certificate.toFile(), key.toFile())
              .protocols("TLSv1.3", "TLSv1.2")
              .build();
      return new WireTls(context, tls.mode() == ListenTls.Mode.REQUIRE);
    } catch (SSLException | IllegalArgumentException e) {
      throw new PlatformException(
          MaskingErrorCode.CERTIFICATE_UNUSABLE, certificate + " and " + key, e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return wire.address();
  }

  /** Clients at the moment. */
  public int connections() {
    return wire.connections();
  }

  @Override
  public void close() {
    looking.shutdownNow();
    wire.close();
    recorder.close();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.Category;
import org.citywall.masking.config.AuditTarget;
import org.citywall.masking.config.HostPort;
import org.citywall.masking.config.ListenTls;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.config.ProxyMode;
import org.citywall.masking.grant.DatabaseUsage;
import org.citywall.masking.grant.FileUsage;
import org.citywall.masking.grant.GrantBook;
import org.citywall.masking.grant.Usage;
import org.citywall.masking.lookup.LookUpLedger;
import org.citywall.masking.lookup.ValueDigest;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.record.LogRecorder;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.wire.Backend;
import org.citywall.masking.wire.SubjectBook;
import org.citywall.masking.wire.WireConfig;
import org.citywall.masking.wire.WireServer;
import org.citywall.masking.wire.WireTls;

/** A running masking proxy. What its files say of users and policy is taken over while it runs. */
public final class MaskingProxy implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration FORGET_EVERY = Duration.ofDays(1);

  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("proxy-policy").daemon().unstarted(task));
  private final LogRecorder recorder;
  private final WireServer wire;
  private final Usage usage;

  private MaskingProxy(
      PolicyFiles files,
      StatementAnalyser analyser,
      EvidenceLog log,
      Clock clock,
      SecureRandom random) {
    ProxyConfig config = files.current();
    WireConfig wireConfig = wireConfig(config, clock);
    usage = usage(config, wireConfig.backend(), clock);
    Users users = new Users(files, new GrantBook(usage, clock), clock, random);
    SubjectBook subjects = new CatalogueSubjects(files);
    recorder = LogRecorder.start(log, "masking-proxy/" + config.listen(), clock, exposure(files));
    try {
      wire =
          WireServer.start(
              wireConfig,
              new SqlGate(analyser, config.hardened() ? config.backend().user() : null),
              users::account,
              recorder,
              new LookUpLedger(usage, recorder, () -> digest(files), subjects, clock),
              subjects,
              random);
    } catch (RuntimeException e) {
      recorder.close();
      usage.close();
      looking.shutdownNow();
      throw e;
    }
    looking.scheduleWithFixedDelay(
        files::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    looking.scheduleWithFixedDelay(
        usage::forget, 0, FORGET_EVERY.toMillis(), TimeUnit.MILLISECONDS);
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

  private static ValueDigest digest(PolicyFiles files) {
    Sensitive<String> key = files.current().lookUpKey();
    if (key == null) {
      throw new IllegalStateException("there is no key for look-ups any more");
    }
    return new ValueDigest(Sensitive.of(key.reveal().getBytes(StandardCharsets.UTF_8)));
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

      @Override
      public String owner(TableName table) {
        return files
            .current()
            .policy()
            .catalogue()
            .table(table)
            .map(CataloguedTable::owner)
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

  private static WireConfig wireConfig(ProxyConfig config, Clock clock) {
    return new WireConfig(
        socket(config.listen()),
        tls(config.tls()),
        config.backend().reached(clock),
        config.limits(),
        config.mode() == ProxyMode.ENFORCE);
  }

  private static Usage usage(ProxyConfig config, Backend backend, Clock clock) {
    AuditTarget audit = config.audit();
    Path beside = config.catalogueFile();
    return switch (config.usage()) {
      case DATABASE -> new DatabaseUsage(() -> backend.connect("citywall usage"));
      case FILE ->
          FileUsage.open(
              audit == null ? beside.resolveSibling("usage") : audit.data().resolve("usage"),
              clock);
    };
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
      SslContextBuilder context =
          SslContextBuilder.forServer(certificate.toFile(), key.toFile())
              .protocols("TLSv1.3", "TLSv1.2");
      Path clientAuthority = tls.clientAuthority();
      if (clientAuthority != null) {
        context.trustManager(clientAuthority.toFile()).clientAuth(ClientAuth.OPTIONAL);
      }
      return new WireTls(context.build(), tls.mode() == ListenTls.Mode.REQUIRE);
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
    usage.close();
  }
}

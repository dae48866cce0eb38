// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.CollectorConfig;
import org.citywall.collect.ParserCatalogue;
import org.citywall.collect.TlsPolicy.ClientCertificate;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.SourceKind;
import org.jspecify.annotations.Nullable;

/** Opens ports and hands what arrives there to one intake. */
public final class Listeners implements AutoCloseable {

  private static final Duration HTTP_KEEP_ALIVE = Duration.ofSeconds(75);

  private final CollectorConfig config;
  private final Intake intake;
  private final @Nullable TlsIdentity identity;
  private final List<X509Certificate> authorities;
  private final Deadlines deadlines;
  private final TcpListener.Gate gate;

  /**
   * @param identity what TLS ports show, null where there are none
   */
  public Listeners(CollectorConfig config, Intake intake, @Nullable TlsIdentity identity) {
    this.config = config;
    this.intake = intake;
    this.identity = identity;
    this.authorities = TrustAnchors.read(config.tls().authorities());
    this.deadlines = new Deadlines();
    this.gate =
        new TcpListener.Gate(
            new Admission(config.limits().connections()),
            deadlines,
            new BufferBudget(config.limits().connections().bufferBytes()),
            intake.refusals());
  }

  /** Syslog over TCP. */
  public TcpListener syslog(int port) {
    return open(
        port, SourceKind.SYSLOG_TCP, null, syslogPatience(), syslogSession(SourceKind.SYSLOG_TCP));
  }

  /** Syslog over TLS. */
  public TcpListener syslogTls(int port) {
    ServerTls tls = tls(config.tls().syslog());
    return open(
        port, SourceKind.SYSLOG_TLS, tls, syslogPatience(), syslogSession(SourceKind.SYSLOG_TLS));
  }

  /** RELP. */
  public TcpListener relp(int port) {
    return open(port, SourceKind.RELP, null, relpPatience(), relpSession(SourceKind.RELP));
  }

  /** RELP over TLS. */
  public TcpListener relpTls(int port) {
    ServerTls tls = tls(config.tls().relp());
    return open(port, SourceKind.RELP_TLS, tls, relpPatience(), relpSession(SourceKind.RELP_TLS));
  }

  /** JSON lines over HTTP, or HTTPS where the policy says so. */
  public TcpListener http(int port) {
    ServerTls tls = config.tls().https() ? tls(config.tls().http()) : null;
    CollectorConfig.ConnectionLimits limits = config.limits().connections();
    Duration idle = limits.idle();
    Patience patience =
        new Patience(
            limits.record(),
            idle.compareTo(HTTP_KEEP_ALIVE) < 0 ? idle : HTTP_KEEP_ALIVE,
            config.limits().requests().time());
    HttpSession session =
        new HttpSession(
            intake,
            ParserCatalogue.named("json", config.parsing()),
            config.tokens(),
            config.limits().requests(),
            config.limits().recordBytes(),
            gate.budget());
    return open(port, SourceKind.HTTP, tls, patience, session);
  }

  private TcpListener open(
      int port, SourceKind kind, @Nullable ServerTls tls, Patience patience, Session session) {
    InetSocketAddress address = new InetSocketAddress(config.bind(), port);
    return TcpListener.start(kind, address, tls, patience, gate, session);
  }

  private ServerTls tls(ClientCertificate asked) {
    if (identity == null) {
      throw new PlatformException(
          CollectErrorCode.CONFIG_INVALID, "a TLS port needs a certificate");
    }
    return ServerTls.of(identity, asked, authorities);
  }

  private Session syslogSession(SourceKind kind) {
    return new SyslogSession(
        kind,
        intake,
        ParserCatalogue.named("auto", config.parsing()),
        config.limits().recordBytes());
  }

  private Session relpSession(SourceKind kind) {
    return new RelpSession(
        kind,
        intake,
        ParserCatalogue.named("auto", config.parsing()),
        config.limits().recordBytes());
  }

  /** A sender of syslog may connect long before it has something to say. */
  private Patience syslogPatience() {
    CollectorConfig.ConnectionLimits limits = config.limits().connections();
    return new Patience(limits.idle(), limits.idle(), limits.record());
  }

  private Patience relpPatience() {
    CollectorConfig.ConnectionLimits limits = config.limits().connections();
    return new Patience(limits.record(), limits.idle(), limits.record());
  }

  /** To be called after every listener is closed. */
  @Override
  public void close() {
    deadlines.close();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.citywall.collect.IngestToken;
import org.citywall.collect.Parser;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.listen.TcpListener.ClientCertificate;
import org.jspecify.annotations.Nullable;

/** Opens ports and hands what arrives there to one intake. */
public final class Listeners {

  private final Intake intake;
  private final ConnectionLimits connections;
  private final ClientCertificate clientCertificate;
  private final int maxRecord;

  public Listeners(
      Intake intake,
      ConnectionLimits connections,
      ClientCertificate clientCertificate,
      int maxRecord) {
    this.intake = intake;
    this.connections = connections;
    this.clientCertificate = clientCertificate;
    this.maxRecord = maxRecord;
  }

  /** Syslog over TCP, or over TLS where a context is given. */
  public TcpListener syslog(InetSocketAddress address, @Nullable SSLContext tls, Parser parser) {
    return TcpListener.start(
        tls == null ? "syslog-tcp" : "syslog-tls",
        address,
        tls,
        clientCertificate,
        connections,
        new SyslogSession(intake, parser, maxRecord));
  }

  /** RELP, or RELP over TLS where a context is given. */
  public TcpListener relp(InetSocketAddress address, @Nullable SSLContext tls, Parser parser) {
    return TcpListener.start(
        tls == null ? "relp" : "relp-tls",
        address,
        tls,
        clientCertificate,
        connections,
        new RelpSession(intake, parser, maxRecord));
  }

  /** JSON lines over HTTP, or HTTPS where a context is given. */
  public HttpIngest http(
      InetSocketAddress address,
      @Nullable SSLContext tls,
      Parser parser,
      List<IngestToken> tokens,
      HttpLimits limits) {
    return HttpIngest.start(address, tls, intake, parser, tokens, limits);
  }
}

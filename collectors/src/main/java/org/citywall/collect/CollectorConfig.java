// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a collector listens to and within which limits. {@link #in(Path)} gives a builder with
 * everything switched off and sound limits.
 *
 * @param spool folder of the spool, made when absent; no other process may use it
 * @param spoolBytes bytes on disk at which reading from sources stops, at least 64 KiB
 * @param bind address of every listener
 * @param requireClientCertificate whether TLS peers without a trusted certificate are refused
 * @param httpTls whether HTTP is served over TLS
 * @param tokens who may send over HTTP
 * @param parsing what parsers assume where a record does not say it
 */
public record CollectorConfig(
    Path spool,
    long spoolBytes,
    InetAddress bind,
    Ports ports,
    boolean requireClientCertificate,
    boolean httpTls,
    List<IngestToken> tokens,
    Limits limits,
    SilencePolicy silence,
    ParserOptions parsing) {

  public CollectorConfig {
    tokens = List.copyOf(tokens);
  }

  /** Ports to listen on: empty is off, 0 lets the system choose. */
  public record Ports(
      OptionalInt syslog,
      OptionalInt syslogTls,
      OptionalInt relp,
      OptionalInt relpTls,
      OptionalInt http) {

    public static final Ports NONE =
        new Ports(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
  }

  /**
   * What peers may use.
   *
   * @param connections open at a time on each port
   * @param connectionsPerPeer of those, of one address
   * @param recordBytes of one record; a longer one is kept in pieces, as rejects
   * @param bodyBytes of one HTTP body, before and after decompression
   * @param bodyLines of one HTTP body
   * @param httpRequests served at a time
   * @param idle how long a connection may say nothing
   * @param record how long one record, or a TLS handshake, may take
   * @param sources distinct sources that are told apart
   * @param hostsPerSource distinct hosts within a source that are watched
   * @param clientIds last ids of clients that are remembered to find duplicates
   */
  public record Limits(
      int connections,
      int connectionsPerPeer,
      int recordBytes,
      int bodyBytes,
      int bodyLines,
      int httpRequests,
      Duration idle,
      Duration record,
      int sources,
      int hostsPerSource,
      int clientIds) {

    public static final Limits DEFAULT =
        new Limits(
            1024,
            128,
            64 * 1024,
            8 * 1024 * 1024,
            10_000,
            8,
            Duration.ofMinutes(30),
            Duration.ofSeconds(30),
            10_000,
            1_000,
            50_000);
  }

  /** A configuration that listens to nothing yet, on loopback. */
  public static Builder in(Path spool) {
    return new Builder(spool);
  }

  /** Collects a configuration; not safe for use by several threads. */
  public static final class Builder {

    private static final long DEFAULT_SPOOL_BYTES = 1L << 30;
    private static final Duration DEFAULT_SKEW = Duration.ofMinutes(5);

    private final Path spool;
    private long spoolBytes = DEFAULT_SPOOL_BYTES;
    private InetAddress bind = InetAddress.getLoopbackAddress();
    private Ports ports = Ports.NONE;
    private boolean requireClientCertificate;
    private boolean httpTls;
    private List<IngestToken> tokens = List.of();
    private Limits limits = Limits.DEFAULT;
    private SilencePolicy silence = SilencePolicy.DEFAULT;
    private ParserOptions parsing =
        new ParserOptions(ZoneId.of("Asia/Shanghai"), OptionalInt.empty(), DEFAULT_SKEW);

    private Builder(Path spool) {
      this.spool = spool;
    }

    public Builder spoolBytes(long bytes) {
      spoolBytes = bytes;
      return this;
    }

    public Builder bind(InetAddress address) {
      bind = address;
      return this;
    }

    public Builder syslog(int port) {
      ports =
          new Ports(OptionalInt.of(port), ports.syslogTls, ports.relp, ports.relpTls, ports.http);
      return this;
    }

    public Builder syslogTls(int port) {
      ports = new Ports(ports.syslog, OptionalInt.of(port), ports.relp, ports.relpTls, ports.http);
      return this;
    }

    public Builder relp(int port) {
      ports =
          new Ports(ports.syslog, ports.syslogTls, OptionalInt.of(port), ports.relpTls, ports.http);
      return this;
    }

    public Builder relpTls(int port) {
      ports =
          new Ports(ports.syslog, ports.syslogTls, ports.relp, OptionalInt.of(port), ports.http);
      return this;
    }

    public Builder http(int port) {
      ports =
          new Ports(ports.syslog, ports.syslogTls, ports.relp, ports.relpTls, OptionalInt.of(port));
      return this;
    }

    public Builder requireClientCertificate(boolean required) {
      requireClientCertificate = required;
      return this;
    }

    public Builder httpTls(boolean secured) {
      httpTls = secured;
      return this;
    }

    public Builder tokens(List<IngestToken> allowed) {
      tokens = allowed;
      return this;
    }

    public Builder limits(Limits most) {
      limits = most;
      return this;
    }

    public Builder silence(SilencePolicy policy) {
      silence = policy;
      return this;
    }

    public Builder parsing(ParserOptions options) {
      parsing = options;
      return this;
    }

    public CollectorConfig build() {
      return new CollectorConfig(
          spool,
          spoolBytes,
          bind,
          ports,
          requireClientCertificate,
          httpTls,
          tokens,
          limits,
          silence,
          parsing);
    }
  }
}

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
 * @param tls what TLS ports ask of their peers
 * @param tokens who may send over HTTP
 * @param parsing what parsers assume where a record does not say it
 */
public record CollectorConfig(
    Path spool,
    long spoolBytes,
    InetAddress bind,
    Ports ports,
    TlsPolicy tls,
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
   * @param recordBytes of one record; a longer one is kept in pieces, as rejects
   */
  public record Limits(
      int recordBytes, ConnectionLimits connections, RequestLimits requests, SourceLimits sources) {

    public static final Limits DEFAULT =
        new Limits(
            64 * 1024, ConnectionLimits.DEFAULT, RequestLimits.DEFAULT, SourceLimits.DEFAULT);
  }

  /**
   * What connections may use.
   *
   * @param total open at a time on all ports together
   * @param perAddress of those, of one address, or of one network of 64 bits with IPv6
   * @param bufferBytes of what has not wholly arrived, of all connections together
   * @param idle how long a connection may say nothing
   * @param record how long one record, or a TLS handshake, may take
   */
  public record ConnectionLimits(
      int total, int perAddress, int bufferBytes, Duration idle, Duration record) {

    public static final ConnectionLimits DEFAULT =
        new ConnectionLimits(
            1024, 128, 64 * 1024 * 1024, Duration.ofMinutes(30), Duration.ofSeconds(30));
  }

  /**
   * What HTTP requests may use.
   *
   * @param bodyBytes of one body, before and after decompression
   * @param lines of one body
   * @param concurrent served at a time
   * @param perToken of those, of one sender
   * @param time from the first byte of a request to its last
   */
  public record RequestLimits(
      int bodyBytes, int lines, int concurrent, int perToken, Duration time) {

    public static final RequestLimits DEFAULT =
        new RequestLimits(8 * 1024 * 1024, 10_000, 8, 4, Duration.ofMinutes(2));
  }

  /**
   * What is remembered of sources.
   *
   * @param sources distinct sources that are told apart
   * @param hostsPerSource distinct hosts within a source that are watched
   * @param hosts distinct hosts that are watched in all
   * @param clientIds last ids of clients that are remembered to find duplicates
   */
  public record SourceLimits(int sources, int hostsPerSource, int hosts, int clientIds) {

    public static final SourceLimits DEFAULT = new SourceLimits(10_000, 1_000, 20_000, 50_000);
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
    private TlsPolicy tls = TlsPolicy.NONE;
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

    public Builder tls(TlsPolicy policy) {
      tls = policy;
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
          spool, spoolBytes, bind, ports, tls, tokens, limits, silence, parsing);
    }
  }
}

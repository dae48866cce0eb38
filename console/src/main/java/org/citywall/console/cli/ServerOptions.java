// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that {@code demo} and {@code up} share; a port of 0 takes any free one. */
final class ServerOptions {

  @Option(names = "--data", paramLabel = "DIR", description = "data folder")
  @Nullable Path data;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "address to listen on (default: 127.0.0.1)")
  @Nullable String bind;

  @Option(
      names = "--console-bind",
      paramLabel = "ADDRESS",
      description = "address of the web console; TLS unless on loopback (default: 127.0.0.1)")
  @Nullable String consoleBind;

  @Option(
      names = "--console-port",
      paramLabel = "N",
      description = "port of the web console (default: 8080)")
  @Nullable Integer consolePort;

  @Option(
      names = "--syslog-port",
      paramLabel = "N",
      description = "port for syslog over TCP (default: 5514)")
  @Nullable Integer syslogPort;

  @Option(
      names = "--syslog-tls-port",
      paramLabel = "N",
      description = "port for syslog over TLS (default: 6514)")
  @Nullable Integer syslogTlsPort;

  @Option(names = "--relp-port", paramLabel = "N", description = "port for RELP (default: 2514)")
  @Nullable Integer relpPort;

  @Option(
      names = "--relp-tls-port",
      paramLabel = "N",
      description = "port for RELP over TLS (default: off)")
  @Nullable Integer relpTlsPort;

  @Option(
      names = "--ingest-port",
      paramLabel = "N",
      description = "port for JSON lines over HTTP (default: 8081)")
  @Nullable Integer ingestPort;
}

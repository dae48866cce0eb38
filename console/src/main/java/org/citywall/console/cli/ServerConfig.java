// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Where a server keeps its data and listens. An option of the command line wins over {@code
 * citywall.yaml}, which wins over the default.
 *
 * @param origin name of the log in its checkpoints (C2SP tlog-checkpoint), fixed at first start
 * @param anchors who vouches for the log, or null where nobody does
 */
record ServerConfig(
    DataFolder data,
    String bind,
    int consolePort,
    int syslogPort,
    int syslogTlsPort,
    int relpPort,
    int ingestPort,
    String origin,
    @Nullable AnchorSettings anchors) {

  private static final Set<String> KEYS =
      Set.of(
          "data",
          "bind",
          "console-port",
          "syslog-port",
          "syslog-tls-port",
          "relp-port",
          "ingest-port",
          "origin");

  static ServerConfig of(ServerOptions options, @Nullable Path file, String defaultData) {
    Map<String, Object> yaml = file == null ? Map.of() : read(file);
    Path data = options.data != null ? options.data : Path.of(text(yaml, "data", defaultData));
    return new ServerConfig(
        new DataFolder(data.toAbsolutePath().normalize()),
        options.bind != null ? options.bind : text(yaml, "bind", "127.0.0.1"),
        port(options.consolePort, yaml, "console-port", 8080),
        port(options.syslogPort, yaml, "syslog-port", 5514),
        port(options.syslogTlsPort, yaml, "syslog-tls-port", 6514),
        port(options.relpPort, yaml, "relp-port", 2514),
        port(options.ingestPort, yaml, "ingest-port", 8081),
        text(yaml, "origin", "localhost/citywall/audit"),
        AnchorConfig.of(yaml));
  }

  /** The address to listen on; a name is looked up. */
  InetAddress bindAddress() {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw invalid("bind: '" + bind + "' is no address of this machine", e);
    }
  }

  private static Map<String, Object> read(Path file) {
    try {
      Map<String, Object> yaml =
          new YAMLMapper().readValue(Files.readString(file), new TypeReference<>() {});
      for (String key : yaml.keySet()) {
        if (!KEYS.contains(key) && !AnchorConfig.KEYS.contains(key)) {
          throw invalid(
              file + ": unknown key '" + key + "'; known are " + KEYS + AnchorConfig.KEYS, null);
        }
      }
      return yaml;
    } catch (IOException e) {
      throw invalid(file + " cannot be read", e);
    } catch (JacksonException e) {
      throw invalid(file + ": " + e.getOriginalMessage(), e);
    }
  }

  private static String text(Map<String, Object> yaml, String key, String absent) {
    Object value = yaml.get(key);
    return value == null ? absent : value.toString();
  }

  private static int port(
      @Nullable Integer option, Map<String, Object> yaml, String key, int absent) {
    Object value = option != null ? option : yaml.getOrDefault(key, absent);
    if (value instanceof Integer port && port >= 0 && port <= 65_535) {
      return port;
    }
    throw invalid(key + " must be 0..65535, not " + value, null);
  }

  private static PlatformException invalid(String detail, @Nullable Exception cause) {
    return new PlatformException(CliErrorCode.CONFIGURATION_INVALID, detail, cause);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorSettings;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.secrets.KeyVaultChoice;
import org.citywall.collect.TlsPolicy;
import org.citywall.collect.TlsPolicy.ClientCertificate;
import org.citywall.console.detection.RuleFolders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code citywall.yaml} says; paths in it are relative to its own folder. */
final class ServerYaml {

  private static final String AUTHORITIES = "client-authorities";
  private static final String INGEST_TLS = "ingest-tls";
  private static final String FRAMEWORKS = "frameworks";
  private static final String REPORT = "report";
  private static final String FONT = "font";
  private static final String CONSOLE_BIND = "console-bind";
  private static final String CONSOLE_TLS = "console-tls";
  private static final Set<String> KEYS =
      Set.of(
          "data",
          "bind",
          CONSOLE_BIND,
          "console-port",
          CONSOLE_TLS,
          "console-certificate",
          "console-key",
          "syslog-port",
          "syslog-tls-port",
          "relp-port",
          "relp-tls-port",
          "ingest-port",
          "host-names",
          AUTHORITIES,
          "syslog-tls-clients",
          "relp-tls-clients",
          "ingest-clients",
          INGEST_TLS,
          "origin",
          "keys",
          FRAMEWORKS,
          REPORT,
          RetentionConfig.KEY,
          SigmaConfig.KEY,
          ExposureConfig.KEY,
          CheckConfig.KEY);

  private final Map<String, Object> values;
  private final Path file;
  private final Path folder;

  private ServerYaml(Map<String, Object> values, Path file) {
    this.values = values;
    this.file = file;
    this.folder = file.resolveSibling("");
  }

  /** A file that says nothing. */
  static ServerYaml absent() {
    return new ServerYaml(Map.of(), Path.of(""));
  }

  static ServerYaml read(Path file) {
    try {
      Map<String, Object> yaml =
          new YAMLMapper().readValue(Files.readString(file), new TypeReference<>() {});
      for (String key : yaml.keySet()) {
        if (!KEYS.contains(key) && !AnchorConfig.KEYS.contains(key)) {
          throw invalid(
              file + ": unknown key '" + key + "'; known are " + KEYS + AnchorConfig.KEYS, null);
        }
      }
      return new ServerYaml(yaml, file.toAbsolutePath());
    } catch (IOException e) {
      throw invalid(file + " cannot be read", e);
    } catch (JacksonException e) {
      throw invalid(file + ": " + e.getOriginalMessage(), e);
    }
  }

  String text(String key, String absent) {
    Object value = values.get(key);
    return value == null ? absent : value.toString();
  }

  /** One text or a list of them. */
  List<String> texts(String key) {
    Object value = values.get(key);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  int port(@Nullable Integer option, String key, int absent) {
    Object value = option != null ? option : values.getOrDefault(key, absent);
    if (value instanceof Integer port && port >= 0 && port <= 65_535) {
      return port;
    }
    throw invalid(key + " must be 0..65535, not " + value, null);
  }

  /** A port that is off unless it is given. */
  OptionalInt port(@Nullable Integer option, String key) {
    return option == null && !values.containsKey(key)
        ? OptionalInt.empty()
        : OptionalInt.of(port(option, key, 0));
  }

  /** Who gives authorities wants certificates, unless it says otherwise of a port. */
  TlsPolicy tlsPolicy() {
    Object authorities = values.get(AUTHORITIES);
    boolean https = flag(INGEST_TLS, false);
    ClientCertificate usual =
        authorities == null ? ClientCertificate.OFF : ClientCertificate.REQUIRED;
    return new TlsPolicy(
        authorities == null ? null : folder.resolve(authorities.toString()),
        clients("syslog-tls-clients", usual),
        clients("relp-tls-clients", usual),
        clients("ingest-clients", https ? usual : ClientCertificate.OFF),
        https);
  }

  private ClientCertificate clients(String key, ClientCertificate usual) {
    // YAML 1.1 reads a bare off as false.
    String value = Boolean.FALSE.equals(values.get(key)) ? "off" : text(key, usual.name());
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "off" -> ClientCertificate.OFF;
      case "optional" -> ClientCertificate.OPTIONAL;
      case "required" -> ClientCertificate.REQUIRED;
      default -> throw invalid(key + " must be off, optional or required", null);
    };
  }

  private boolean flag(String key, boolean absent) {
    Object value = values.getOrDefault(key, absent);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw invalid(key + " must be true or false", null);
  }

  /** How the console encrypts, or null for plain HTTP, which is refused but on loopback. */
  @Nullable ConsoleTls consoleTls(InetAddress bind) {
    Object certificate = values.get("console-certificate");
    Object key = values.get("console-key");
    if ((certificate == null) != (key == null)) {
      throw invalid("console-certificate and console-key belong together", null);
    }
    if (!flag(CONSOLE_TLS, certificate != null || !bind.isLoopbackAddress())) {
      if (certificate != null || !bind.isLoopbackAddress()) {
        throw invalid(
            CONSOLE_TLS + " is false, but there is a certificate or the address is no loopback",
            null);
      }
      return null;
    }
    return certificate == null || key == null
        ? ConsoleTls.ISSUED
        : new ConsoleTls(folder.resolve(certificate.toString()), folder.resolve(key.toString()));
  }

  /** Where keys are kept: in the file of the data folder unless the section says otherwise. */
  KeyVaultChoice keys() {
    if (!(values.getOrDefault("keys", Map.of()) instanceof Map<?, ?> section)) {
      throw invalid("keys is a section: vault: file, vault or crypto-machine", null);
    }
    try {
      return KeyVaultChoice.parse(section, folder);
    } catch (IllegalArgumentException e) {
      throw invalid("keys: " + e.getMessage(), e);
    }
  }

  /** Who vouches for the log, or null where nobody does. */
  @Nullable AnchorSettings anchors() {
    return AnchorConfig.of(values, folder);
  }

  /** How long payloads are kept at least. */
  RetentionPolicy retention() {
    return RetentionConfig.of(values);
  }

  /** Where Sigma rules are; in the usual folder unless the section says otherwise. */
  RuleFolders rules(Path usual) {
    return SigmaConfig.of(values, folder, usual);
  }

  /** Where the site's control catalogues are; in the usual folder too, where there is one. */
  List<Path> frameworks(Path usual) {
    Stream<Path> named = texts(FRAMEWORKS).stream().map(path -> folder.resolve(path).normalize());
    return Stream.concat(named, Stream.of(usual).filter(Files::isDirectory)).toList();
  }

  /** Font of PDF reports; null where nothing is said. */
  @Nullable Path reportFont() {
    Object value = values.get(REPORT);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> section)
        || !Set.of(FONT).equals(section.keySet())
        || !(section.get(FONT) instanceof String font)) {
      throw invalid(REPORT + ": is a section of " + FONT + ", a file", null);
    }
    return folder.resolve(font).normalize();
  }

  /** Under which keys persons are told apart. */
  ExposureConfig exposure() {
    return ExposureConfig.of(values, file);
  }

  /** With what the console's checks are made. */
  CheckConfig checks(Path usual) {
    return CheckConfig.of(values, folder, usual);
  }

  static PlatformException invalid(String detail, @Nullable Exception cause) {
    return new PlatformException(CliErrorCode.CONFIGURATION_INVALID, detail, cause);
  }
}

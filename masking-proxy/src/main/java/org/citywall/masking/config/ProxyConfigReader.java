// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.secrets.KeyVaultChoice;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.secrets.VaultSettings;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the document of a {@code proxy.yaml}. */
final class ProxyConfigReader {

  private static final int MAX_PORT = 65_535;

  private final YamlMapping document;
  private final Path file;
  private final SecretReferences secrets;

  ProxyConfigReader(YamlValue root, Path file, SecretReferences secrets) {
    this.document =
        root.mapping(
            "listen",
            "tls",
            "backend",
            "vault",
            "mode",
            "unknown-table",
            "users",
            "catalogue",
            "audit");
    this.file = file.toAbsolutePath();
    this.secrets = secrets;
  }

  /** The path under a key of the document. */
  Path path(String key) {
    return path(document.require(key));
  }

  ProxyConfig read(Path catalogueFile, Catalogue catalogue) {
    UnknownTable unknown =
        document
            .find("unknown-table")
            .map(value -> value.choice(UnknownTable.class))
            .orElse(UnknownTable.DENY);
    return new ProxyConfig(
        listen(document.require("listen")),
        tls(),
        backend(document.require("backend")),
        document.find("mode").map(value -> value.choice(ProxyMode.class)).orElse(ProxyMode.ENFORCE),
        new ProxyUsersReader(catalogue.scheme(), secrets).read(document.find("users")),
        catalogueFile,
        new Policy(catalogue, unknown),
        document.find("audit").map(this::audit).orElse(null));
  }

  /** Where {@code ${vault:..}} is asked. */
  Optional<VaultSettings> vault() {
    return document.find("vault").map(this::vault);
  }

  private VaultSettings vault(YamlValue value) {
    Map<String, String> section = new LinkedHashMap<>();
    value.mapping().entries().forEach((key, one) -> section.put(key, one.text()));
    if (section.put("vault", "vault") != null) {
      throw value.mistake(MaskingErrorCode.KEY_UNKNOWN, "'vault' is no key here");
    }
    try {
      KeyVaultChoice choice = KeyVaultChoice.parse(section, file.resolveSibling(""));
      return ((KeyVaultChoice.InVault) choice).settings();
    } catch (IllegalArgumentException e) {
      throw value.mistake(MaskingErrorCode.VALUE_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static HostPort listen(YamlValue value) {
    try {
      return HostPort.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw value.mistake(MaskingErrorCode.VALUE_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private ListenTls tls() {
    Optional<YamlValue> value = document.find("tls");
    if (value.isEmpty()) {
      return new ListenTls(ListenTls.Mode.OFF, null, null);
    }
    YamlMapping tls = value.get().mapping("mode", "certificate", "key");
    ListenTls.Mode mode = tls.require("mode").choice(ListenTls.Mode.class);
    if (mode == ListenTls.Mode.OFF) {
      return new ListenTls(mode, optional(tls, "certificate"), optional(tls, "key"));
    }
    return new ListenTls(mode, path(tls.require("certificate")), path(tls.require("key")));
  }

  private @Nullable Path optional(YamlMapping mapping, String key) {
    return mapping.find(key).map(this::path).orElse(null);
  }

  private Backend backend(YamlValue value) {
    YamlMapping backend = value.mapping("dialect", "host", "port", "database", "user", "password");
    return new Backend(
        backend.require("dialect").choice(Backend.Dialect.class),
        backend.require("host").text(),
        backend.require("port").number(1, MAX_PORT),
        backend.require("database").text(),
        backend.require("user").text(),
        secret(backend.require("password")));
  }

  private AuditTarget audit(YamlValue value) {
    YamlMapping audit = value.mapping("data", "ingest");
    return new AuditTarget(
        path(audit.require("data")), audit.find("ingest").map(this::ingest).orElse(null));
  }

  private AuditTarget.Ingest ingest(YamlValue value) {
    YamlMapping ingest = value.mapping("url", "certificate", "key");
    YamlValue url = ingest.require("url");
    URI uri;
    try {
      uri = URI.create(url.text());
    } catch (IllegalArgumentException e) {
      throw url.mistake(MaskingErrorCode.VALUE_INVALID, "is no URL");
    }
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw url.mistake(MaskingErrorCode.VALUE_INVALID, "is https://HOST:PORT");
    }
    return new AuditTarget.Ingest(
        uri, path(ingest.require("certificate")), path(ingest.require("key")));
  }

  private ConfiguredSecret secret(YamlValue value) {
    return ConfiguredSecret.of(value.text(), secrets);
  }

  private Path path(YamlValue value) {
    try {
      return file.resolveSibling(value.text());
    } catch (InvalidPathException e) {
      throw value.mistake(MaskingErrorCode.VALUE_INVALID, "is no path");
    }
  }
}

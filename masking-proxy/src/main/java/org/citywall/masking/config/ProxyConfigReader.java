// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.secrets.KeyVaultChoice;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.secrets.VaultSettings;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.grant.Grants;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.wire.WireLimits;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the document of a {@code proxy.yaml}. */
final class ProxyConfigReader {

  private static final String LOOK_UP_KEY = "look-up-key";
  private static final String SUBJECT_KEY = "subject-key";

  /** Bytes that nobody guesses. */
  private static final int LEAST_KEY = 16;

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
            "hardened",
            "users",
            "catalogue",
            "grants",
            "usage",
            LOOK_UP_KEY,
            SUBJECT_KEY,
            "limits",
            "audit");
    this.file = file.toAbsolutePath();
    this.secrets = secrets;
  }

  /** The path under a key of the document. */
  Path path(String key) {
    return path(document.require(key));
  }

  /** The path under a key that may be missing. */
  Optional<Path> findPath(String key) {
    return document.find(key).map(this::path);
  }

  ProxyConfig read(Path catalogueFile, Catalogue catalogue, Grants grants) {
    UnknownTable unknown =
        document
            .find("unknown-table")
            .map(value -> value.choice(UnknownTable.class))
            .orElse(UnknownTable.DENY);
    return new ProxyConfig(
        listen(document.require("listen")),
        tls(),
        backend(document.require("backend")),
        mode(),
        hardened(),
        new ProxyUsersReader(catalogue.scheme(), secrets, tls().clientAuthority() != null)
            .read(document.find("users")),
        catalogueFile,
        new Policy(catalogue, unknown),
        findPath("grants").orElse(null),
        grants,
        document.find("usage").map(value -> value.choice(UsagePlace.class)).orElse(UsagePlace.FILE),
        lookUpKey(grants),
        document.find(SUBJECT_KEY).map(this::subjectKey).orElse(null),
        document.find("limits").map(LimitsReader::read).orElse(WireLimits.DEFAULT),
        document.find("audit").map(this::audit).orElse(null));
  }

  private @Nullable Sensitive<String> lookUpKey(Grants grants) {
    YamlValue value = document.find(LOOK_UP_KEY).orElse(null);
    if (value == null) {
      if (grants.byPerson().values().stream()
          .flatMap(List::stream)
          .anyMatch(grant -> grant.lookUps() != null)) {
        throw document
            .require("grants")
            .mistake(MaskingErrorCode.VALUE_INVALID, "grants look-ups, which need look-up-key");
      }
      return null;
    }
    Sensitive<String> key = secrets.resolve(value.text());
    if (key.reveal().getBytes(StandardCharsets.UTF_8).length < LEAST_KEY) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is at least " + LEAST_KEY + " bytes long");
    }
    return key;
  }

  private SubjectKey subjectKey(YamlValue value) {
    try {
      return SubjectKey.of(secrets.resolve(value.text()));
    } catch (IllegalArgumentException e) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is at least " + SubjectKey.LEAST_KEY + " bytes long");
    }
  }

  private ProxyMode mode() {
    return document
        .find("mode")
        .map(value -> value.choice(ProxyMode.class))
        .orElse(ProxyMode.ENFORCE);
  }

  private boolean hardened() {
    YamlValue value = document.find("hardened").orElse(null);
    if (value == null) {
      return false;
    }
    YamlValue enabled = value.mapping("enabled").require("enabled");
    if (enabled.flag() && mode() == ProxyMode.OBSERVE) {
      throw enabled.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "mode: observe sends statements as they are, which the database would refuse");
    }
    if (enabled.flag() && document.require("backend").mapping().find("vault-role").isPresent()) {
      throw enabled.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "what a lent login may read cannot be verified; give the backend a password");
    }
    return enabled.flag();
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
      return new ListenTls(ListenTls.Mode.OFF, null, null, null);
    }
    YamlMapping tls = value.get().mapping("mode", "certificate", "key", "client-authority");
    ListenTls.Mode mode = tls.require("mode").choice(ListenTls.Mode.class);
    if (mode == ListenTls.Mode.OFF) {
      return new ListenTls(mode, optional(tls, "certificate"), optional(tls, "key"), null);
    }
    return new ListenTls(
        mode,
        path(tls.require("certificate")),
        path(tls.require("key")),
        optional(tls, "client-authority"));
  }

  private @Nullable Path optional(YamlMapping mapping, String key) {
    return mapping.find(key).map(this::path).orElse(null);
  }

  private Backend backend(YamlValue value) {
    YamlMapping backend =
        value.mapping(
            "dialect", "host", "port", "database", "user", "password", "vault-role", "tls");
    return new Backend(
        backend.require("dialect").choice(Backend.Dialect.class),
        backend.require("host").text(),
        backend.require("port").number(1, MAX_PORT),
        backend.require("database").text(),
        backend.require("user").text(),
        backendSecret(backend),
        backend.find("tls").map(this::backendTls).orElse(Backend.Tls.OFF));
  }

  private BackendSecret backendSecret(YamlMapping backend) {
    Optional<YamlValue> role = backend.find("vault-role");
    if (role.isEmpty()) {
      return new BackendSecret.Password(secret(backend.require("password")));
    }
    if (backend.find("password").isPresent()) {
      throw role.get().mistake(MaskingErrorCode.VALUE_INVALID, "stands beside a password");
    }
    return new BackendSecret.Lent(role.get().text(), secrets);
  }

  private Backend.Tls backendTls(YamlValue value) {
    YamlMapping tls = value.mapping("mode", "authority");
    Backend.Tls.Mode mode = tls.require("mode").choice(Backend.Tls.Mode.class);
    return new Backend.Tls(
        mode,
        mode == Backend.Tls.Mode.OFF ? optional(tls, "authority") : path(tls.require("authority")));
  }

  private AuditTarget audit(YamlValue value) {
    YamlMapping audit = value.mapping("data", "ingest");
    return new AuditTarget(
        path(audit.require("data")), audit.find("ingest").map(this::ingest).orElse(null));
  }

  private AuditTarget.Ingest ingest(YamlValue value) {
    YamlMapping ingest = value.mapping("url", "certificate", "key", "authority", "token");
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
        uri,
        path(ingest.require("certificate")),
        path(ingest.require("key")),
        ingest.find("authority").map(this::path).orElse(null),
        ingest.find("token").map(this::secret).orElse(null));
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

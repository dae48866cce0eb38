// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.LocalHost;
import org.citywall.compliance.collect.MariaDbTarget;
import org.citywall.compliance.collect.PlatformTarget;
import org.citywall.compliance.collect.PostgresTarget;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.collect.TlsTarget;
import org.citywall.compliance.collect.bundle.BundleHost;
import org.citywall.compliance.collect.ssh.SshHost;
import org.citywall.compliance.collect.ssh.SshLogin;
import org.citywall.compliance.collect.tls.TlsOpening;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.checking.ListedTarget;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is checked, as a file lists it. */
final class CheckTargets {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final int SSH_PORT = 22;

  private CheckTargets() {}

  /** Kinds of targets. */
  enum Kind {
    /** This machine. */
    HOST,
    /** A file system below a folder, which does not run. */
    ROOT,
    /** What a script gathered on a host. */
    BUNDLE,
    /** A host that is read over SSH. */
    SSH,
    POSTGRESQL,
    /** MariaDB or MySQL. */
    MARIADB,
    /** Citywall itself. */
    PLATFORM,
    /** A place where a server should speak TLS. */
    TLS
  }

  /** The file. */
  record TargetsFile(List<Entry> targets) {}

  /**
   * A target in the file.
   *
   * @param systems numbers of graded systems that it is part of
   * @param profile beginning of the ids of the checks that it is asked for; all where absent
   * @param path of a root
   * @param bundle the file of a bundle
   * @param knownHosts file of the keys of hosts
   * @param key a reference to a private key
   * @param data folder of a server of the platform
   * @param proxy file of settings of a masking proxy
   * @param registers file of what people write down
   * @param sha256 of that file, as it was noted where it was made
   * @param host of a server; {@code localhost} where absent
   * @param password a reference as in every file of settings
   * @param tls how to connect to a database
   * @param certificate of who vouches for a database's certificate
   * @param opening what is said before TLS begins; nothing where absent
   */
  record Entry(
      @Nullable String name,
      @Nullable Kind kind,
      @Nullable List<String> systems,
      @Nullable String profile,
      @Nullable Path path,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String database,
      @Nullable String user,
      @Nullable String password,
      @Nullable DatabaseTls tls,
      @Nullable Path certificate,
      @Nullable TlsOpening opening,
      @Nullable Path bundle,
      @Nullable String sha256,
      @Nullable Path knownHosts,
      @Nullable String key,
      @Nullable Path data,
      @Nullable Path proxy,
      @Nullable Path registers) {}

  /** This machine. */
  static Target thisHost() {
    return new HostTarget("localhost", LocalHost.here(Clock.systemUTC()));
  }

  /** A root below a folder. */
  static Target root(Path path) {
    return new HostTarget(
        path.toString(), LocalHost.below(path.toAbsolutePath(), Clock.systemUTC()));
  }

  /** The targets of a file, {@code CLI-0057} where it is wrong. */
  static List<ListedTarget> list(Path file) {
    TargetsFile read;
    try {
      read = YAML.readValue(TextFile.read(file), TargetsFile.class);
    } catch (JacksonException e) {
      throw wrong(file, "line " + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()), e);
    }
    if (read == null || read.targets() == null || read.targets().isEmpty()) {
      throw wrong(file, "it lists no targets", null);
    }
    List<ListedTarget> targets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry entry : read.targets()) {
      String name = entry.name();
      if (name == null || name.isBlank() || !names.add(name)) {
        throw wrong(file, "each target needs a name of its own", null);
      }
      targets.add(
          new ListedTarget(
              target(file, name, entry),
              systems(file, name, entry),
              Objects.requireNonNullElse(entry.profile(), "")));
    }
    return targets;
  }

  private static Set<SystemId> systems(Path file, String name, Entry entry) {
    Set<SystemId> systems = new HashSet<>();
    for (String system : Objects.requireNonNullElse(entry.systems(), List.<String>of())) {
      try {
        systems.add(SystemId.parse(system));
      } catch (PlatformException e) {
        throw wrong(file, name + ": " + system + " is no number of a system", e);
      }
    }
    return systems;
  }

  private static Target target(Path file, String name, Entry entry) {
    return switch (entry.kind()) {
      case HOST -> new HostTarget(name, LocalHost.here(Clock.systemUTC()));
      case ROOT -> {
        Path root = beside(file, needed(file, name, "path", entry.path()));
        yield new HostTarget(name, LocalHost.below(root, Clock.systemUTC()));
      }
      case BUNDLE -> {
        Path bundle = beside(file, needed(file, name, "bundle", entry.bundle()));
        yield new HostTarget(name, new BundleHost(bundle, entry.sha256()));
      }
      case SSH -> new HostTarget(name, ssh(file, name, entry));
      case POSTGRESQL -> {
        needed(file, name, "database", entry.database());
        needed(file, name, "user", entry.user());
        yield new PostgresTarget(name, CheckDatabase.postgresql(file, entry));
      }
      case MARIADB -> {
        needed(file, name, "user", entry.user());
        yield new MariaDbTarget(name, CheckDatabase.mariadb(file, entry));
      }
      case TLS ->
          new TlsTarget(
              name,
              Objects.requireNonNullElse(entry.host(), "localhost"),
              needed(file, name, "port", entry.port()),
              Objects.requireNonNullElse(entry.opening(), TlsOpening.DIRECT),
              Clock.systemUTC());
      case PLATFORM ->
          new PlatformTarget(
              name,
              new CheckPlatform(
                  optional(file, entry.data()),
                  optional(file, entry.proxy()),
                  optional(file, entry.registers())),
              Clock.systemUTC());
      case null -> throw wrong(file, name + " needs a kind", null);
    };
  }

  private static SshHost ssh(Path file, String name, Entry entry) {
    if ((entry.key() == null) == (entry.password() == null)) {
      throw wrong(file, name + " needs either key or password", null);
    }
    return new SshHost(
        new SshLogin(
            needed(file, name, "host", entry.host()),
            Objects.requireNonNullElse(entry.port(), SSH_PORT),
            needed(file, name, "user", entry.user()),
            beside(file, needed(file, name, "known-hosts", entry.knownHosts())),
            secret(file, entry.key()),
            secret(file, entry.password())),
        Clock.systemUTC());
  }

  private static @Nullable Supplier<String> secret(Path file, @Nullable String reference) {
    if (reference == null) {
      return null;
    }
    SecretReferences secrets = new SecretReferences(file, System.getenv(), Optional.empty());
    return () -> secrets.resolve(reference).reveal();
  }

  private static <T> T needed(Path file, String name, String key, @Nullable T value) {
    if (value == null) {
      throw wrong(file, name + " needs " + key, null);
    }
    return value;
  }

  private static @Nullable Path optional(Path file, @Nullable Path path) {
    return path == null ? null : beside(file, path);
  }

  /** A path in the file is taken from where the file stands. */
  static Path beside(Path file, Path path) {
    return file.toAbsolutePath().resolveSibling(path);
  }

  private static PlatformException wrong(Path file, String why, @Nullable Exception cause) {
    return new PlatformException(CliErrorCode.CHECK_TARGETS_INVALID, file + ": " + why, cause);
  }
}

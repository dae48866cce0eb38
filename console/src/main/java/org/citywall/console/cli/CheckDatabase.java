// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.compliance.collect.DatabaseSource;
import org.jspecify.annotations.Nullable;

/** Connections for checks: with time-outs, and nothing that a server could ask of its client. */
final class CheckDatabase {

  private static final int POSTGRESQL_PORT = 5432;
  private static final int MARIADB_PORT = 3306;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

  private CheckDatabase() {}

  static DatabaseSource postgresql(Path file, CheckTargets.Entry entry) {
    String seconds = Long.toString(PATIENCE.toSeconds());
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "connectTimeout",
            seconds,
            "loginTimeout",
            seconds,
            "socketTimeout",
            seconds,
            "ApplicationName",
            "citywall check",
            "sslmode",
            postgresqlMode(entry.tls())));
    if (entry.certificate() != null) {
      properties.setProperty(
          "sslrootcert", CheckTargets.beside(file, entry.certificate()).toString());
    }
    String url = "jdbc:postgresql://" + address(entry, POSTGRESQL_PORT) + "/" + entry.database();
    return source(file, entry, url, properties);
  }

  static DatabaseSource mariadb(Path file, CheckTargets.Entry entry) {
    String milliseconds = Long.toString(PATIENCE.toMillis());
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "connectTimeout",
            milliseconds,
            "socketTimeout",
            milliseconds,
            "allowLocalInfile",
            "false",
            // none of these sends the password itself
            "restrictedAuth",
            "mysql_native_password,client_ed25519,parsec,caching_sha2_password",
            "sslMode",
            mariadbMode(entry)));
    if (entry.certificate() != null) {
      properties.setProperty(
          "serverSslCert", CheckTargets.beside(file, entry.certificate()).toString());
    }
    return source(file, entry, "jdbc:mariadb://" + address(entry, MARIADB_PORT) + "/", properties);
  }

  private static String postgresqlMode(@Nullable DatabaseTls tls) {
    return switch (tls) {
      case OFF -> "disable";
      case TRUST -> "require";
      case VERIFY -> "verify-full";
      case null -> "prefer";
    };
  }

  private static String mariadbMode(CheckTargets.Entry entry) {
    return switch (entry.tls()) {
      case OFF -> "disable";
      case TRUST -> "trust";
      case VERIFY -> "verify-full";
      case null -> HERE.contains(host(entry)) ? "disable" : "verify-full";
    };
  }

  private static String host(CheckTargets.Entry entry) {
    return Objects.requireNonNullElse(entry.host(), "localhost");
  }

  private static String address(CheckTargets.Entry entry, int port) {
    return host(entry) + ":" + Objects.requireNonNullElse(entry.port(), port);
  }

  private static DatabaseSource source(
      Path file, CheckTargets.Entry entry, String url, Properties properties) {
    SecretReferences secrets = new SecretReferences(file, System.getenv(), Optional.empty());
    String user = Objects.requireNonNull(entry.user());
    String password = entry.password();
    return () -> {
      Properties own = new Properties();
      own.putAll(properties);
      own.setProperty("user", user);
      if (password != null) {
        own.setProperty("password", secrets.resolve(password).reveal());
      }
      return DriverManager.getConnection(url, own);
    };
  }
}

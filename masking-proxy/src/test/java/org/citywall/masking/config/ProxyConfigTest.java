// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.PersonType;
import org.citywall.masking.identity.Application;
import org.citywall.masking.identity.Otherwise;
import org.citywall.masking.policy.Person;
import org.citywall.masking.wire.ClientCertificate;
import org.citywall.masking.wire.WireLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyConfigTest {

  private static final String VERIFIER = "4096:c2FsdA==$c3RvcmVk:c2VydmVy";

  private static final String USUAL =
      """
      listen: 127.0.0.1:15432
      tls:
        mode: "off"
        certificate: proxy.pem
        key: proxy.key
      backend:
        dialect: postgresql
        host: db.internal
        port: 5432
        database: demo
        user: citywall
        password: "${env:PGPASSWORD}"
      mode: observe
      unknown-table: observe
      users:
        - name: ana
          password: "scram-sha-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"
          clearance: 2
          department: 330100-DSJ
          person-type: staff
          purposes: [statistics]
          valid-until: 2027-01-01T00:00:00+08:00
        - {name: bo, password: "${file:bo.secret}", clearance: 4}
      catalogue: catalogue.yaml
      audit:
        data: log
        ingest: {url: "https://audit.internal:9443", certificate: p.pem, key: p.key}
      """;

  /** What a proxy needs at least; the users begin at line 5. */
  private static final String LEAST =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: h, port: 1, database: d, user: u, password: "${env:P}"}
      catalogue: catalogue.yaml
      users:
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeCatalogue() throws IOException {
    Files.writeString(folder.resolve("catalogue.yaml"), "scheme: zhejiang-4\ntables: []\n");
  }

  @Test
  void readsWhatTheFileSays() throws IOException {
    ProxyConfig config = read(USUAL);

    assertThat(config.listen()).isEqualTo(new HostPort("127.0.0.1", 15_432));
    assertThat(config.tls())
        .isEqualTo(
            new ListenTls(
                ListenTls.Mode.OFF,
                folder.resolve("proxy.pem"),
                folder.resolve("proxy.key"),
                null));
    assertThat(config.backend().tls()).isEqualTo(Backend.Tls.OFF);
    assertThat(config.backend().dialect()).isEqualTo(Backend.Dialect.POSTGRESQL);
    assertThat(config.backend().host()).isEqualTo("db.internal");
    assertThat(config.backend().port()).isEqualTo(5432);
    assertThat(config.mode()).isEqualTo(ProxyMode.OBSERVE);
    assertThat(config.user("ana").person())
        .isEqualTo(
            new Person(
                "ana",
                2,
                "330100-DSJ",
                PersonType.STAFF,
                Set.of("statistics"),
                Instant.parse("2026-12-31T16:00:00Z")));
    assertThat(config.user("bo").person())
        .isEqualTo(new Person("bo", 4, null, null, Set.of(), null));
    assertThat(config.audit())
        .isEqualTo(
            new AuditTarget(
                folder.resolve("log"),
                new AuditTarget.Ingest(
                    URI.create("https://audit.internal:9443"),
                    folder.resolve("p.pem"),
                    folder.resolve("p.key"),
                    null,
                    null)));
  }

  @Test
  void deniesAndEnforcesUnlessTheFileSaysOtherwise() throws IOException {
    ProxyConfig config = read(LEAST.replace("users:\n", ""));

    assertThat(config.mode()).isEqualTo(ProxyMode.ENFORCE);
    assertThat(config.tls().mode()).isEqualTo(ListenTls.Mode.OFF);
    assertThat(config.users()).isEmpty();
    assertThat(config.audit()).isNull();
    assertThat(
            config
                .policy()
                .rights(new Person("ana", 4, null, null, Set.of(), null), Instant.EPOCH)
                .passesUnknownTables())
        .isFalse();
  }

  @Test
  void takesAVerifierInTheFormOfPostgresEvenOfAFileThatOthersRead() throws IOException {
    ProxyConfig config = read(USUAL, "rw-r--r--");

    assertThat(config.user("ana").password().resolve().reveal())
        .isEqualTo("SCRAM-SHA-256$" + VERIFIER);
  }

  @Test
  void readsAnApplicationAndThePeopleItNames() throws IOException {
    ProxyConfig config =
        read(
            LEAST
                + """
                  - name: portal
                    password: '${env:P}'
                    clearance: 2
                    application:
                      keys:
                        - id: k1
                          public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
                          valid-until: 2027-01-01T00:00:00+08:00
                      may-act-for: {persons: [ana], departments: [330100-MZJ]}
                      stale: floor
                      floor: 1
                      max-age: 90s
                      session-max-age: 2h
                  - {name: ana, clearance: 3}
                """,
            "rw-------");

    Application portal = config.user("portal").application();
    assertThat(portal.keys()).containsOnlyKeys("k1");
    assertThat(portal.missing()).isEqualTo(Otherwise.REFUSE);
    assertThat(portal.stale()).isEqualTo(Otherwise.FLOOR);
    assertThat(portal.floor()).isEqualTo(1);
    assertThat(portal.maxAge()).isEqualTo(Duration.ofSeconds(90));
    assertThat(portal.sessionMaxAge()).isEqualTo(Duration.ofHours(2));
    assertThat(portal.clockSkew()).isEqualTo(Duration.ofSeconds(5));
    assertThat(portal.persons()).containsExactly("ana");
    assertThat(config.user("ana").password()).isNull();
    assertThat(config.user("ana").application()).isNull();
  }

  @Test
  void refusesAPasswordInAFileThatOthersRead() throws IOException {
    String yaml = LEAST + "  - {name: ana, password: s3cret, clearance: 1}\n";

    assertThat(read(yaml, "rw-------").user("ana").password().resolve().reveal())
        .isEqualTo("s3cret");
    for (String permissions : new String[] {"rw-r-----", "rw----r--"}) {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> read(yaml, permissions))
          .satisfies(e -> assertThat(e.code()).isEqualTo(AuditErrorCode.KEYS_UNREADABLE));
    }
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(LEAST.replace("${env:P}", "s3cret"), "rw-r--r--"))
        .withMessageContaining("may be read by others");
  }

  @Test
  void resolvesSecretsOnlyWhenTheyAreUsed() throws IOException {
    ProxyConfig config = read(USUAL);

    assertThat(config.backend().secret())
        .isInstanceOfSatisfying(
            BackendSecret.Password.class,
            own -> assertThat(own.secret().resolve().reveal()).isEqualTo("of the environment"));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> config.user("bo").password().resolve())
        .satisfies(e -> assertThat(e.code()).isEqualTo(AuditErrorCode.SECRET_MISSING));
    Path secret = folder.resolve("bo.secret");
    Files.writeString(secret, "of the file\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    assertThat(config.user("bo").password().resolve().reveal()).isEqualTo("of the file");
  }

  @Test
  void takesLoginsThatAreLentInThePlaceOfAPassword() throws IOException {
    String least = LEAST + "  []\n";
    String lent = least.replace("password: \"${env:P}\"", "vault-role: clerks");
    assertThat(lent).contains("vault-role");

    assertThat(read(lent).backend().secret()).isInstanceOf(BackendSecret.Lent.class);
    for (String wrong :
        List.of(
            least.replace("password:", "vault-role: clerks, password:"),
            lent + "hardened: {enabled: true}\n")) {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> read(wrong))
          .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.VALUE_INVALID));
    }
    ProxyConfig config = read(lent);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> config.backend().connect("test"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(AuditErrorCode.SECRET_REFERENCE_INVALID));
  }

  @Test
  void namesTheVaultToBeAsked() throws IOException {
    String yaml =
        USUAL
            + """
            vault:
              address: https://vault.internal:8200
              authority: vault.pem
              role-id: proxy
              secret-id: vault.secret
              kv-mount: secrets
            """;
    read(yaml);

    assertThat(ProxyConfig.vault(folder.resolve("proxy.yaml")))
        .hasValueSatisfying(
            vault -> {
              assertThat(vault.address()).isEqualTo(URI.create("https://vault.internal:8200"));
              assertThat(vault.authority()).isEqualTo(folder.resolve("vault.pem"));
              assertThat(vault.secretId()).isEqualTo(folder.resolve("vault.secret"));
              assertThat(vault.mounts().kv()).isEqualTo("secrets");
            });
    read(USUAL);
    assertThat(ProxyConfig.vault(folder.resolve("proxy.yaml"))).isEmpty();
  }

  @Test
  void readsLimitsAndLeavesTheOthersAsUsual() throws IOException {
    WireLimits usual = WireLimits.DEFAULT;
    String limits =
        """
        limits:
          connections: 50
          statement-bytes: 4096
          log-in: 500ms
          idle: "off"
          statement: 10m
          idle-in-transaction: 1d
        """;

    assertThat(read(USUAL).limits()).isEqualTo(usual);
    assertThat(read(USUAL + limits).limits())
        .isEqualTo(
            new WireLimits(
                50,
                50,
                4096,
                usual.messageBytes(),
                new WireLimits.Times(
                    Duration.ofMillis(500),
                    Duration.ZERO,
                    Duration.ofDays(1),
                    Duration.ofMinutes(10),
                    usual.times().unread())));
    assertThat(read(USUAL + "limits: {connections: 9, connections-per-user: 2}").limits())
        .extracting(WireLimits::connections, WireLimits::connectionsPerUser)
        .containsExactly(9, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connections: 0",
        "connections-per-user: -1",
        "statement-bytes: 1048577",
        "message-bytes: 10",
        "log-in: off",
        "idle: 0s",
        "idle: 30",
        "statement: 10 m",
        "statement: 366d",
        "unread: 1w",
        "unread: [1s]"
      })
  void namesTheLimitThatCannotBe(String limit) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(USUAL + "limits:\n  " + limit + "\n"))
        .withMessageContaining("proxy.yaml:" + (USUAL.lines().count() + 2) + ": limits.")
        .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.VALUE_INVALID));
  }

  @Test
  void readsCertificatesOfClientsAndOfTheDatabase() throws IOException {
    ProxyConfig config =
        read(
            USUAL
                .replace("mode: \"off\"", "mode: require\n  client-authority: people.pem")
                .replace(
                    "password: \"${env:PGPASSWORD}\"\n",
                    "password: \"${env:PGPASSWORD}\"\n"
                        + "  tls: {mode: verify-full, authority: db.pem}\n")
                .replace(
                    "{name: bo,",
                    "{name: cy, certificate: "
                        + "aB".repeat(32)
                        + ", clearance: 1}\n"
                        + "  - {name: bo, certificate: \"CN=bo, O=Bureau\","));

    assertThat(config.tls().clientAuthority()).isEqualTo(folder.resolve("people.pem"));
    assertThat(config.backend().tls())
        .isEqualTo(new Backend.Tls(Backend.Tls.Mode.VERIFY_FULL, folder.resolve("db.pem")));
    assertThat(config.user("ana").certificate()).isNull();
    assertThat(config.user("bo").certificate()).isEqualTo(new ClientCertificate("CN=bo, O=Bureau"));
    assertThat(config.user("bo").password()).isNotNull();
    assertThat(config.user("cy").certificate()).isEqualTo(new ClientCertificate("aB".repeat(32)));
    assertThat(config.user("cy").password()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client-authority: people.pem | certificate: bo, | is a distinguished name",
        "x: y                         | certificate: CN=bo, | is no key here",
        "                             | certificate: CN=bo, | client-authority",
      })
  void namesTheCertificateThatCannotBe(@Nullable String tls, String user, String mistake) {
    String yaml =
        USUAL
            .replace("mode: \"off\"", "mode: require")
            .replace(
                "  key: proxy.key\nbackend",
                "  key: proxy.key\n" + (tls == null ? "" : "  " + tls + "\n") + "backend")
            .replace("{name: bo, password: \"${file:bo.secret}\",", "{name: bo, " + user);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(yaml))
        .withMessageContaining(mistake);
  }

  @Test
  void printsNoSecret() throws IOException {
    assertThat(read(USUAL).toString()).doesNotContain("c3RvcmVk").doesNotContain("PGPASSWORD");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:15432, 127.0.0.1, 15432",
    "localhost:0,     localhost, 0",
    "'[::1]:15432',   ::1,       15432",
  })
  void readsAddressesWithTheirPort(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
    assertThat(HostPort.parse(text)).hasToString(text);
  }

  @Test
  void refusesAUserThatItDoesNotKnow() throws IOException {
    ProxyConfig config = read(USUAL);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> config.user("eve"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.USER_UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FILE_SYNTAX   | 5 | `  - {name: ana`",
        "KEY_UNKNOWN   | 5 | `  - {name: ana, password: '${env:P}', clearance: 1, admin: true}`",
        "KEY_UNKNOWN   | 5 | `  []~limit: {}`",
        "KEY_TWICE     | 5 | `  - {name: ana, name: bo}`",
        "NAME_TWICE    | 6 | `  - {name: a, password: '${env:P}', clearance: 1}~  - {name: a, password: '${env:P}', clearance: 2}`",
        "LEVEL_UNKNOWN | 5 | `  - {name: ana, password: '${env:P}', clearance: 5}`",
        "LEVEL_UNKNOWN | 5 | `  - {name: ana, password: '${env:P}', clearance: -1}`",
        "VALUE_INVALID | 5 | `  - {name: ana, password: '${env:P}'}`",
        "VALUE_INVALID | 5 | `  - {name: a, clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}]}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {may-act-for: {departments: [x]}}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: AAAA}], may-act-for: {departments: [x]}}}`",
        "NAME_TWICE    | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}, {id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}, missing: floor}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}, stale: floor, floor: 3}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}, max-age: 60}}`",
        "VALUE_INVALID | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}, stale: ignore}}`",
        "KEY_UNKNOWN   | 5 | `  - {name: a, password: '${env:P}', clearance: 2, application: {keys: [{id: k, public-key: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}], may-act-for: {departments: [x]}, age: 60s}}`",
        "VALUE_INVALID | 5 | `  - {password: '${env:P}', clearance: 1}`",
        "VALUE_INVALID | 5 | `  - {name: ana, password: '${env:P}', clearance: high}`",
        "VALUE_INVALID | 5 | `  - {name: ana, password: '${env:P}', clearance: 1, person-type: robot}`",
        "VALUE_INVALID | 5 | `  - {name: ana, password: '${env:P}', clearance: 1, purposes: all}`",
        "VALUE_INVALID | 5 | `  - {name: ana, password: '${env:P}', clearance: 1, valid-until: 2027-01-01}`",
        "VALUE_INVALID | 5 | `  []~mode: off`",
        "VALUE_INVALID | 5 | `  []~unknown-table: allow`",
        "VALUE_INVALID | 5 | `  []~hardened: true`",
        "VALUE_INVALID | 5 | `  []~hardened: {enabled: yes}`",
        "VALUE_INVALID | 5 | `  []~hardened: {}`",
        "KEY_UNKNOWN   | 5 | `  []~hardened: {enabled: true, views: true}`",
        "VALUE_INVALID | 5 | `  []~hardened: {enabled: true}~mode: observe`",
        "VALUE_INVALID | 5 | `  []~tls: {mode: require}`",
        "VALUE_INVALID | 5 | `  []~tls: {mode: sometimes}`",
        "VALUE_INVALID | 5 | `  []~tls: require`",
        "VALUE_INVALID | 5 | `  []~audit: {}`",
        "VALUE_INVALID | 5 | `  []~vault: {address: 'https://v'}`",
        "VALUE_INVALID | 5 | `  []~vault: {address: 'http://v', authority: a, role-id: r, secret-id: s}`",
        "KEY_UNKNOWN   | 5 | `  []~vault: {vault: file}`",
        "VALUE_INVALID | 5 | `  []~audit: {data: log, ingest: {url: 'http://x', certificate: a, key: b}}`",
        "VALUE_INVALID | 5 | `  []~audit: {data: log, ingest: {url: 'https://x', key: b}}`",
      })
  void namesEachMistakeWithFileAndLine(MaskingErrorCode code, int line, String users) {
    String yaml =
        users.startsWith("  []")
            ? LEAST.replace("users:\n", "users: []" + users.substring(4).replace('~', '\n'))
            : LEAST + users.replace('~', '\n');

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(yaml))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageStartingWith(code.id() + " " + folder.resolve("proxy.yaml") + ":" + line + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | listen: 127.0.0.1:0   | listen: 127.0.0.1",
        "1 | listen: 127.0.0.1:0   | listen: 127.0.0.1:65536",
        "1 | listen: 127.0.0.1:0   | 'listen: \"::1:5\"'",
        "2 | port: 1               | port: 0",
        "2 | dialect: postgresql   | dialect: mysql",
        "2 | host: h,              | ' '",
      })
  void namesAMistakeInAddressAndBackend(int line, String right, String wrong) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(LEAST.replace(right, wrong) + "  []\n"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.VALUE_INVALID))
        .withMessageContaining("proxy.yaml:" + line + ":");
  }

  @Test
  void namesTheCatalogueThatCannotBeReadAndTheMistakeInIt() throws IOException {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(USUAL.replace("catalogue.yaml", "nowhere.yaml")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.FILE_UNREADABLE))
        .withMessageContaining("nowhere.yaml");
    Files.writeString(folder.resolve("catalogue.yaml"), "scheme: zhejiang-4\ntable: []\n");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(USUAL))
        .withMessageContaining("catalogue.yaml:2:");
  }

  private ProxyConfig read(String yaml) throws IOException {
    return read(yaml, "rw-------");
  }

  private ProxyConfig read(String yaml, String permissions) throws IOException {
    Path file = folder.resolve("proxy.yaml");
    Files.writeString(file, yaml);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return ProxyConfig.read(file, Map.of("PGPASSWORD", "of the environment"), Optional.empty());
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that prove who they are by certificates, and a database that does. */
class CertificatesIT {

  private static final String NONE = "none";
  private static final String PHONE = "SELECT phone FROM person ORDER BY id LIMIT 1";

  @TempDir private static Path folder;
  private static FileKeyVault authority;
  private static FileKeyVault stranger;
  private static DemoDatabase database;

  private final MemoryLog log = new MemoryLog();
  private MaskingProxy proxy;

  @BeforeAll
  static void startDatabase() throws Exception {
    authority = vault("authority");
    stranger = vault("stranger");
    write(
        "catalogue.yaml",
        "scheme: zhejiang-4\ntables: [{name: public.person, columns: "
            + "{id: {level: 1}, phone: {level: 3}}}]\n");
    write("authority.pem", authority.serverIdentity("x", List.of("127.0.0.1")).authorityPem());
    write("stranger.pem", stranger.serverIdentity("x", List.of("127.0.0.1")).authorityPem());
    identity("server", authority.serverIdentity("proxy", List.of("127.0.0.1")));
    identity("ana", authority.issueClientIdentity("ana"));
    identity("bo", authority.issueClientIdentity("bo"));
    identity("false", stranger.issueClientIdentity("ana"));
    database =
        DemoDatabase.start(
            Map.of(
                "listen_addresses",
                "127.0.0.1,127.0.0.2",
                "ssl",
                "on",
                "ssl_cert_file",
                folder.resolve("server.pem").toString(),
                "ssl_key_file",
                folder.resolve("server.key").toString()));
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    database.close();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private static FileKeyVault vault(String name) throws Exception {
    Path data = Files.createDirectory(folder.resolve(name + "-vault"));
    return FileKeyVault.open(data, Map.of(), Clock.systemUTC(), new SecureRandom());
  }

  private static void identity(String name, TlsIdentity identity) throws Exception {
    write(name + ".pem", identity.chainPem());
    write(
        name + ".key",
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(identity.key().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    write(name + ".pk8", identity.key().getEncoded());
    write(name + ".subject", identity.chain().getFirst().getSubjectX500Principal().getName());
  }

  private static void write(String name, String text) throws Exception {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(String name, byte[] content) throws Exception {
    Path file = folder.resolve(name);
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String file(String backendTls, String users) throws Exception {
    return """
        listen: 127.0.0.1:0
        tls: {mode: require, certificate: server.pem, key: server.key, client-authority: authority.pem}
        backend:
          {dialect: postgresql, host: HOST, port: PORT, database: demo, user: app, password: app, tls: TLS}
        catalogue: catalogue.yaml
        users:
        """
            .replace("PORT", Integer.toString(database.port()))
            .replace("TLS", backendTls)
            .replace("HOST", "127.0.0.1")
        + users;
  }

  private void start(String file) throws Exception {
    write("proxy.yaml", file);
    proxy =
        MaskingProxy.start(
            new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.empty(), config -> {}),
            PostgresAnalyser.installed().orElseThrow(),
            log,
            Clock.systemUTC(),
            new SecureRandom());
  }

  private static String user(String name, String proofs) throws Exception {
    String subject = Files.readString(folder.resolve(name + ".subject"));
    return "  - {name: " + name + ", clearance: 4, " + proofs.replace("SUBJECT", subject) + "}\n";
  }

  private static String people() throws Exception {
    return user("ana", "certificate: \"SUBJECT\"")
        + user("bo", "certificate: \"SUBJECT\", password: secret");
  }

  private Connection connect(String user, String certificate, String password) throws SQLException {
    return DriverManager.getConnection(url(), login(user, certificate, password));
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/demo";
  }

  private static Properties login(String user, String certificate, String password) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("sslmode", "verify-full");
    login.setProperty("sslrootcert", folder.resolve("authority.pem").toString());
    if (!certificate.equals(NONE)) {
      login.setProperty("sslcert", folder.resolve(certificate + ".pem").toString());
      login.setProperty("sslkey", folder.resolve(certificate + ".pk8").toString());
    }
    login.setProperty("socketTimeout", "20");
    return login;
  }

  private static Optional<String> phone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PHONE)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private Event logIn() {
    Awaitility.await().until(() -> events().stream().anyMatch(CertificatesIT::isLogIn));
    return events().stream().filter(CertificatesIT::isLogIn).findFirst().orElseThrow();
  }

  private static boolean isLogIn(Event event) {
    return "database-log-in".equals(event.text(Field.EVENT_ACTION));
  }

  private List<Event> events() {
    return log.read(0, 1000).stream().map(LoggedEntry::event).toList();
  }

  private static int encryptedBackends() throws SQLException {
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FILTER (WHERE ssl), count(*) FROM pg_stat_ssl"
                    + " JOIN pg_stat_activity USING (pid) WHERE usename = 'app'"
                    + " AND application_name <> 'citywall schema'")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(row.getInt(2));
      return row.getInt(1);
    }
  }

  @Test
  void takesACertificateInThePlaceOfAPasswordAndRecordsIt() throws Exception {
    start(file("{mode: verify-full, authority: authority.pem}", people()));

    try (Connection ana = connect("ana", "ana", "any")) {
      assertThat(phone(ana)).isPresent();
      assertThat(encryptedBackends()).isEqualTo(1);
    }

    Event logIn = logIn();
    assertThat(logIn.text(Field.EVENT_OUTCOME)).isEqualTo("success");
    assertThat(logIn.text(Field.TLS_CLIENT_SUBJECT))
        .isEqualTo(Files.readString(folder.resolve("ana.subject")));
    assertThat(logIn.text(Field.TLS_CLIENT_HASH)).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource({
    "bo,  bo,     wrong",
    "bo,  ana,    secret",
    "bo,  none,   secret",
    "ana, bo,     any",
    "ana, none,   any",
    "cy,  ana,    any",
  })
  void letsNobodyInWhoLacksOneOfTheProofs(String user, String certificate, String password)
      throws Exception {
    start(file("{mode: \"off\"}", people()));

    assertThatThrownBy(() -> connect(user, certificate, password).close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    assertThat(logIn().text(Field.EVENT_OUTCOME)).isEqualTo("failure");
  }

  @Test
  void takesBothProofsWhereTheFileAsksForBoth() throws Exception {
    start(file("{mode: verify-ca, authority: authority.pem}", people()));

    try (Connection bo = connect("bo", "bo", "secret")) {
      assertThat(phone(bo)).isPresent();
      assertThat(encryptedBackends()).isEqualTo(1);
    }
  }

  @Test
  void believesNoCertificateOfAnotherAuthority() throws Exception {
    start(file("{mode: \"off\"}", people()));

    assertThatThrownBy(() -> connect("ana", "false", "any").close())
        .isInstanceOf(SQLException.class);
    Awaitility.await().until(() -> proxy.connections() == 0);
  }

  @Test
  void showsNothingMoreOnceACertificateIsTakenOutOfTheFile() throws Exception {
    start(file("{mode: \"off\"}", people()));
    try (Connection ana = connect("ana", "ana", "any")) {
      assertThat(phone(ana)).isPresent();

      write("proxy.yaml", file("{mode: \"off\"}", user("ana", "certificate: " + "0".repeat(64))));

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(phone(ana)).isEmpty());
    }
    assertThatThrownBy(() -> connect("ana", "ana", "any").close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, stranger.pem", "127.0.0.2, authority.pem"})
  void givesItsPasswordToNoDatabaseThatDoesNotProveItself(String host, String trusted)
      throws Exception {
    start(
        file("{mode: verify-full, authority: " + trusted + "}", people())
            .replace("host: 127.0.0.1", "host: " + host));

    assertThatThrownBy(() -> connect("ana", "ana", "any").close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("MSK-0065");
    assertThat(encryptedBackends()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "prefer", "disable"})
  void bindsPasswordsToItsCertificateForClientsThatAskForIt(String channelBinding)
      throws Exception {
    start(file("{mode: \"off\"}", people()));
    Properties login = login("bo", "bo", "secret");
    login.setProperty("channelBinding", channelBinding);

    try (Connection bo = DriverManager.getConnection(url(), login)) {
      assertThat(phone(bo)).isPresent();
    }
  }

  @Test
  void cancelsOverTls() throws Exception {
    start(file("{mode: verify-full, authority: authority.pem}", people()));
    try (Connection ana = connect("ana", "ana", "any");
        Statement statement = ana.createStatement()) {
      statement.setQueryTimeout(1);

      assertThatThrownBy(
              () -> statement.executeQuery("SELECT count(*) FROM generate_series(1, 10000000000)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }
}

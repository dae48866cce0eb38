// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.client.CitywallIdentity;
import org.citywall.masking.config.AdminBackend;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.hardened.HardenedMode;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hardened mode for whoever may be behind a statement: clerks, purposes, grants, working hours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardenedPeopleIT {

  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      defaults:
        personal.phone: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4, replace-char: "*"}}
      tables:
        - name: public.person
          columns:
            id: {level: 1}
            name: {level: 3}
            phone: {level: 3, category: personal.phone}
            dept: {level: 1}
        - name: public.orders
          needs: {purpose: required, purposes: [statistics]}
          columns: {id: {level: 1}, person_id: {level: 1}, contact_phone: {level: 1}, amount: {level: 2}}
        - name: public.visit
          columns: {id: {level: 1}, person_phone: {level: 3, category: personal.phone}, place: {level: 1}}
      """;

  private static final String PROXY =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: demo, user: app, password: app}
      hardened: {enabled: true}
      users:
        - {name: ana, password: secret, clearance: 2, purposes: [appeal, statistics]}
        - name: day
          password: secret
          clearance: 3
          hours: {days: [monday], from: "08:00", to: "18:00", zone: Z}
        - name: portal
          password: secret
          clearance: 3
          purposes: [service, statistics]
          application: {keys: [{id: k1, public-key: KEY}], may-act-for: {departments: [MZJ], persons: [su]}}
        - name: kiosk
          password: secret
          clearance: 2
          application:
            keys: [{id: k1, public-key: KEY}]
            may-act-for: {departments: [MZJ]}
            missing: floor
            floor: 1
        - {name: wang, clearance: 3, department: MZJ, purposes: [service, statistics]}
        - {name: su, clearance: 1, department: FY, purposes: [service]}
      catalogue: catalogue.yaml
      grants: grants.yaml
      """;

  private static final String GRANTS =
      """
      grants:
        - id: G-1
          person: ana
          columns: [public.person.phone]
          purposes: [appeal]
          valid-from: 2026-05-01T00:00:00Z
          valid-until: 2099-05-01T00:00:00Z
          approver: lin
          reason: an appeal
        - id: G-2
          person: ana
          columns: [public.person.name]
          rows: 2
          valid-from: 2026-05-01T00:00:00Z
          valid-until: 2099-05-01T00:00:00Z
          approver: lin
          reason: two of them
      """;

  private static final String ONE = "SELECT phone FROM person WHERE id = 1";
  private static final String MASKED = "138****5678";
  private static final String PLAIN = "13847195678";

  private Path folder;
  private final MutableClock clock = MutableClock.at("2026-05-04T09:00:00Z");
  private DemoDatabase database;
  private KeyPair keys;
  private PolicyFiles files;
  private MaskingProxy proxy;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    database = DemoDatabase.start();
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    write("catalogue.yaml", CATALOGUE);
    write("grants.yaml", GRANTS);
    write(
        "proxy.yaml",
        PROXY
            .replace("PORT", Integer.toString(database.port()))
            .replace("KEY", Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
    files = new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.empty(), config -> {});
    mode().apply(false);
    proxy =
        MaskingProxy.start(
            files,
            PostgresAnalyser.installed().orElseThrow(),
            new MemoryLog(),
            clock,
            new SecureRandom());
  }

  @AfterAll
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
      database.close();
    }
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private HardenedMode mode() {
    return new HardenedMode(
        AdminBackend.of(database.port()),
        "app",
        PostgresAnalyser.installed().orElseThrow(),
        HardenedMode.profiles(files.current(), clock.instant()),
        files.current().policy().version());
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/demo?socketTimeout=20",
        user,
        "secret");
  }

  private String token(String application, String clerk, String purpose) {
    return new CitywallIdentity(application, "k1", keys.getPrivate(), clock)
        .anywhere(new CitywallIdentity.Clerk(clerk, "", purpose, ""));
  }

  /** What is shown, rows behind each other, or the code of the refusal. */
  private static String read(Connection connection, String sql) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return String.join(",", rows);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage()).replaceAll("(?s).*(MSK-[0-9]{4}).*", "$1");
    }
  }

  private static void set(Connection connection, String setting, String value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET citywall." + setting + " = '" + value + "'");
    }
  }

  @Test
  void readsTheViewsOfTheClerkBehindEachStatement() throws Exception {
    try (Connection portal = connect("portal")) {
      set(portal, "identity", token("portal", "wang", "service"));
      assertThat(read(portal, ONE)).isEqualTo(PLAIN);

      set(portal, "identity", token("portal", "su", ""));
      assertThat(read(portal, ONE)).isEqualTo(MASKED);

      set(portal, "identity", token("portal", "wang", "statistics"));
      assertThat(read(portal, "SELECT amount FROM orders ORDER BY id LIMIT 1"))
          .isNotEqualTo("null");
      set(portal, "identity", token("portal", "wang", ""));
      assertThat(read(portal, "SELECT amount FROM orders ORDER BY id LIMIT 1")).isEqualTo("null");
    }
  }

  @Test
  void readsTheViewsOfTheFloorWhereNobodyIsNamed() throws Exception {
    try (Connection kiosk = connect("kiosk")) {
      assertThat(read(kiosk, ONE)).isEqualTo(MASKED);
      set(kiosk, "purpose", "whatever");
      assertThat(read(kiosk, ONE)).isEqualTo(MASKED);
      set(kiosk, "identity", token("kiosk", "wang", "service"));
      assertThat(read(kiosk, ONE)).isEqualTo(MASKED);
    }
  }

  @Test
  void showsWhatIsGrantedForTheDeclaredPurposeAlone() throws Exception {
    try (Connection ana = connect("ana")) {
      assertThat(read(ana, ONE)).isEqualTo(PLAIN);
      set(ana, "purpose", "statistics");
      assertThat(read(ana, ONE)).isEqualTo(MASKED);
      set(ana, "purpose", "appeal");
      assertThat(read(ana, ONE)).isEqualTo(PLAIN);
      assertThat(read(ana, "UPDATE person SET phone = '1' RETURNING id")).isEqualTo("MSK-0028");
    }
  }

  @Test
  void countsTheRowsOfAGrantAndMasksAgainBehindThem() throws Exception {
    try (Connection ana = connect("ana")) {
      set(ana, "purpose", "statistics");
      assertThat(read(ana, "SELECT name FROM person WHERE id = 1")).isEqualTo("欧阳测试");
      assertThat(read(ana, "SELECT name FROM person WHERE id IN (1, 2, 3)")).isEqualTo("MSK-0076");
      assertThat(read(ana, "SELECT name FROM person WHERE id = 1")).isEqualTo("null");
      assertThat(read(ana, ONE)).isEqualTo(MASKED);
    }
  }

  @Test
  void readsTheViewsOfBothSidesOfWorkingHours() throws Exception {
    try (Connection day = connect("day")) {
      assertThat(read(day, "SELECT phone FROM person")).contains(PLAIN);
      clock.set(Instant.parse("2026-05-04T19:00:00Z"));
      assertThat(read(day, "SELECT phone FROM person")).contains(MASKED).doesNotContain(PLAIN);
    } finally {
      clock.set(Instant.parse("2026-05-04T09:00:00Z"));
    }
  }

  @Test
  void refusesWhatAGrantShowsUntilItIsPlannedAndNothingElse() throws Exception {
    String visit = "SELECT person_phone FROM visit ORDER BY id LIMIT 1";
    try (Connection ana = connect("ana")) {
      assertThat(read(ana, visit)).contains("****");
      write(
          "grants.yaml",
          GRANTS
              + GRANTS
                  .substring(GRANTS.indexOf("  - id: G-1"), GRANTS.indexOf("  - id: G-2"))
                  .replace("G-1", "G-3")
                  .replace("person.phone", "visit.person_phone"));
      Awaitility.await().untilAsserted(() -> assertThat(read(ana, visit)).isEqualTo("MSK-0050"));
      assertThat(read(ana, ONE)).isEqualTo(PLAIN);

      mode().apply(false);

      Awaitility.await().untilAsserted(() -> assertThat(read(ana, visit)).startsWith("13"));
      assertThat(mode().verify()).isEmpty();
    }
  }

  @Test
  void leavesTheLoginNothingButTheViews() throws Exception {
    try (Connection app = database.connect("app")) {
      assertThat(read(app, ONE)).contains("permission denied");
      assertThat(read(app, "SELECT amount FROM orders")).contains("permission denied");
    }
  }
}

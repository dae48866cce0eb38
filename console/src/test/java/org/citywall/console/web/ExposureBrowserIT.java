// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.account.Role;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.proxy.MaskingProxy;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** From a row that a real database returns to the answer that a resident gets. */
@EnabledIf("browserInstalled")
class ExposureBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";
  private static final String ANNA = "11010519491231002X";
  private static final String BERT = "440308199901010012";
  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      defaults:
        personal.id-card: {mask: {type: MASK_FROM_X_TO_Y, from-x: 6, to-y: 16, replace-char: "*"}}
      tables:
        - name: public.resident
          owner: 330100-MZJ
          subject: sfzh
          columns:
            id: {level: 1}
            name: {level: 2}
            sfzh: {level: 4, category: personal.id-card}
      """;
  private static final String PROXY =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: 127.0.0.1, port: PORT, database: postgres, user: proxy, password: proxy}
      users:
        - {name: ana, password: secret-of-ana, clearance: 2, department: 330100-DSJ}
        - {name: bo, password: secret-of-bo, clearance: 4, department: 330100-MZJ}
        - {name: cai, password: secret-of-cai, clearance: 4, department: 330100-RSJ}
      catalogue: catalogue.yaml
      subject-key: SUBJECT_KEY
      """;

  @TempDir private static Path folder;

  private static EmbeddedPostgres database;
  private static LiveConsole console;
  private static MaskingProxy proxy;
  private static Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = EmbeddedPostgres.start();
    try (Connection owner = database.getPostgresDatabase().getConnection();
        Statement sql = owner.createStatement()) {
      sql.execute("CREATE TABLE resident(id int, name text, sfzh varchar(18))");
      sql.execute(
          "INSERT INTO resident VALUES (1, 'Anna', '%s'), (2, 'Bert', '%s')".formatted(ANNA, BERT));
      sql.execute("CREATE ROLE proxy LOGIN PASSWORD 'proxy'");
      sql.execute("GRANT SELECT ON resident TO proxy");
    }
    console = LiveConsole.start();
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    write("catalogue.yaml", CATALOGUE);
    write(
        "proxy.yaml",
        PROXY
            .replace("PORT", Integer.toString(database.getPort()))
            .replace("SUBJECT_KEY", LiveConsole.SUBJECT_KEY));
    proxy =
        MaskingProxy.start(
            new PolicyFiles(folder.resolve("proxy.yaml"), Map.of(), Optional.empty(), config -> {}),
            PostgresAnalyser.installed().orElseThrow(),
            console.log(),
            Clock.systemUTC(),
            new SecureRandom());
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws IOException {
    chromium.close();
    proxy.close();
    console.close();
    database.close();
  }

  @Test
  void tellsAResidentWhoLookedAtTheirRecord() throws SQLException {
    assertThat(query("ana", "SELECT name, sfzh FROM resident ORDER BY id"))
        .containsExactly("Anna", "Bert");
    query("bo", "SELECT name, sfzh FROM resident ORDER BY id");
    query("cai", "SELECT sfzh FROM resident WHERE id = 2");
    awaitSearchable(3);
    Page page = loggedIn("sun.li");

    page.navigate("/exposure?by=operator&days=7");
    assertThat(page.locator("tbody tr", new Page.LocatorOptions().setHasText("bo")).first())
        .containsText("2");
    assertThat(page.locator("tbody tr")).hasCount(3);
    assertThat(page.locator("dl.facts")).containsText("未知人员的行数");
    picture(page, "exposure");
    page.click("tbody tr:has-text('bo') a:has-text('查看')");
    assertThat(page.locator("main")).containsText("bo");

    page.navigate("/exposure/subject");
    page.fill("#subject", ANNA);
    page.fill("#reason", "投诉 2026-17 号");
    page.click("form[action$='/exposure/subject'] button");

    assertThat(page.locator("main")).containsText("涉及此人数据的访问：1 次");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("bo");
    assertThat(page.locator("tbody tr")).containsText("330100-MZJ");
    assertThat(page.locator("tbody tr")).containsText("public.resident.sfzh");
    assertThat(page.locator("tbody tr")).containsText("无人声明用途");
    assertThat(page.content()).doesNotContain(ANNA);
    assertThat(page.url()).doesNotContain(ANNA);
    picture(page, "subject");
    assertThat(questions()).as("the question is recorded").isEqualTo(1);
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void refusesWhatIsNoNumberAndRepeatsNothingOfIt() {
    Page page = loggedIn("sun.li");
    page.navigate("/exposure/subject");
    long before = questions();
    page.fill("#subject", "110105194912310021");
    page.fill("#reason", "投诉 2026-17 号");

    page.click("form[action$='/exposure/subject'] button");

    assertThat(page.locator("[role=status]")).containsText("CON-0046");
    assertThat(page.content()).doesNotContain("110105194912310021");
    assertThat(questions()).isEqualTo(before);
  }

  private static void picture(Page page, String name) {
    String pictures = System.getProperty("exposure.pictures");
    if (pictures != null) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of(pictures, name + ".png")).setFullPage(true));
    }
  }

  private static void awaitSearchable(int completions) {
    Awaitility.await()
        .until(
            () ->
                actions().stream().filter("access-completed"::equals).count() >= completions
                    && console.index().health().lag() == 0);
  }

  private static long questions() {
    return actions().stream().filter("subject-looked-up"::equals).count();
  }

  private static List<String> actions() {
    List<String> actions = new ArrayList<>();
    for (LoggedEntry entry : console.log().read(0, 10_000)) {
      String action = entry.event().text(Field.EVENT_ACTION);
      if (action != null) {
        actions.add(action);
      }
    }
    return actions;
  }

  private static List<String> query(String user, String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/postgres";
    List<String> first = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, "secret-of-" + user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        first.add(rows.getString(1));
      }
    }
    return first;
  }

  private static void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Page loggedIn(String user) {
    Page page = chromium.page(console.address(), "zh-CN", true);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    return page;
  }
}

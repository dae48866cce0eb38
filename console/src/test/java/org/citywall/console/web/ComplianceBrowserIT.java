// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.citywall.compliance.collect.PostgresTarget;
import org.citywall.compliance.score.Result;
import org.citywall.console.Actor;
import org.citywall.console.account.Role;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.Settlement;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.checking.CheckPlan;
import org.citywall.console.checking.ListedTarget;
import org.citywall.console.demo.DemoAssessment;
import org.citywall.console.testing.TlsSwitch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auditor's ways in a browser: through a system, from its registration to a closed round; and
 * through the demo city's core system, whose real database has no TLS until it is mended.
 */
@EnabledIf("browserInstalled")
class ComplianceBrowserIT {

  private static final String PASSWORD = "Correct-Horse-7";

  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder;

  private @Nullable TlsSwitch database;
  private LiveConsole console;
  private Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeEach
  void start() {
    PostgresTarget target = new PostgresTarget("core-db", this::connection);
    CheckPlan plan =
        new CheckPlan(
            () -> List.of(new ListedTarget(target, Set.of(new SystemId(2)), "postgresql.tls")),
            folder.resolve("runs"),
            Duration.ofSeconds(20),
            2,
            Optional.empty());
    console = LiveConsole.start(plan);
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    chromium = Chromium.start();
  }

  @AfterEach
  void stop() throws Exception {
    chromium.close();
    console.close();
    if (database != null) {
      database.close();
    }
  }

  @Test
  void mendsTheDemoDatabaseAndRunsItsChecksAgain() throws Exception {
    database = TlsSwitch.start(folder);
    DemoAssessment.fill(desk(), () -> DemoAssessment.transport(this::connection, CLOCK));
    Page page = loggedIn();
    page.navigate("/compliance/assessments/ASM-0002");
    assertThat(page.locator("h1")).containsText("ASM-0002");
    assertThat(page.locator(".scored").nth(0)).containsText("84.00");
    assertThat(page.locator(".scored").nth(0)).containsText("差");
    picture(page, "core-before");

    database.switchTlsOn();
    Awaitility.await()
        .until(
            () ->
                DemoAssessment.transport(this::connection, CLOCK).getFirst().result()
                    == Result.CONFORM);
    page.click("button:has-text('运行本系统的检查')");
    assertThat(page.locator("h1")).containsText("RUN-0001");
    assertThat(page.locator(".pagehead .tag")).containsText("已完成");
    assertThat(page.locator("main")).containsText("1 targets: conform 1; ASM-0002: taken 3");
    picture(page, "run");
    assertThat(Accessibility.graveFindings(page)).isEmpty();
    page.navigate(
        "/compliance/assessments/ASM-0002?framework=gbt22239-l3&item=L3-CES1-27&object=core-db");
    assertThat(page.locator("#drawer header .tag")).containsText("符合");
    assertThat(page.locator(".scored").nth(0)).containsText("差");
    page.fill("form[action$='/risk-mended'] input[name=note]", "已启用 TLS");
    page.click("form[action$='/risk-mended'] button");

    assertThat(page.locator(".scored").nth(0)).containsText("87.50");
    assertThat(page.locator(".scored").nth(0)).containsText("良");
    assertThat(page.locator(".scored").nth(1)).containsText("djbh-2025");
    page.navigate("/compliance/assessments/ASM-0002");
    picture(page, "core-after");
    page.navigate("/compliance/checks");
    assertThat(page.locator("tbody tr")).containsText("RUN-0001");
    picture(page, "runs");
    assertThat(Accessibility.graveFindings(page)).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  private Connection connection() throws SQLException {
    return Objects.requireNonNull(database).connection();
  }

  private Page loggedIn() {
    Page page = chromium.page(console.address(), "zh-CN", true);
    page.navigate("/login");
    page.fill("#username", "sun.li");
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    return page;
  }

  private DemoAssessment.Desk desk() {
    return new DemoAssessment.Desk(
        console.service(SystemRegister.class),
        console.service(Assessments.class),
        console.service(Settling.class),
        console.service(CheckFeed.class),
        console.service(Rectification.class));
  }

  @Test
  void gradesAssessesAndMendsWithKeysAndWithoutComplaintsOfTheBrowser() {
    Page page = loggedIn();

    page.navigate("/compliance/systems");
    page.click("details.fold > summary");
    page.fill("#new-name", "社保核心业务系统");
    page.fill("#new-owner", "数据局");
    page.check("details input[name=core]");
    page.click("details.fold form button[type=submit]");
    assertThat(page.locator("[role=status]")).containsText("SYS-0001");
    assertThat(page.locator("tbody tr")).containsText("核心系统");
    page.click("text=社保核心业务系统");
    page.check("input[value='gbt22239-l3/1']");
    page.click("form[action$='/begin'] button");

    assertThat(page.locator("h1")).containsText("ASM-0001");
    assertThat(page.locator(".scored").first()).containsText("未完成");
    press(page, "1");
    assertThat(page.locator("#drawer h2")).containsText("L3-PES1-02");
    press(page, "3");
    assertThat(page.locator("#drawer h2")).containsText("L3-PES1-03");
    press(page, "k");
    assertThat(page.locator("#drawer header .tag")).containsText("不符合");
    picture(page, "assessment");
    assertThat(Accessibility.graveFindings(page)).isEmpty();

    settleTheRest();
    page.reload();
    assertThat(page.locator(".scored").first()).containsText("99.53");
    page.click("summary:has-text('生成整改任务')");
    page.click("form[action$='/tasks'] button");
    assertThat(page.locator("tbody tr")).containsText("L3-PES1-02");
    page.fill("input[name=note]", "已搬离顶层");
    page.click("form[action$='/mended'] button");
    page.click("form[action$='/close'] button");
    assertThat(page.locator("[role=status]")).containsText("CON-0070");
    picture(page, "rectification");

    page.navigate("/compliance/assessments/ASM-0001");
    page.click("form[action$='/close'] button");
    assertThat(page.locator(".pagehead .tag")).containsText("已结束");
    page.navigate("/compliance/systems");
    assertThat(page.locator("tbody tr")).containsText("99.53");
    picture(page, "systems");
    page.navigate("/compliance/systems/SYS-0001");
    picture(page, "system");
    assertThat(Accessibility.graveFindings(page)).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  /** A key counts once the page's scripts are there. */
  private static void press(Page page, String key) {
    page.waitForLoadState();
    page.keyboard().press(key);
  }

  private void settleTheRest() {
    AssessmentId round = new AssessmentId(1);
    List<ItemKey> open =
        console.service(Assessments.class).get(round).results().stream()
            .filter(result -> result.stated() == Result.UNTESTED)
            .map(ItemResult::key)
            .toList();
    console
        .service(Settling.class)
        .settleAll(
            new Actor("sun.li", "127.0.0.1"), round, open, Settlement.of(Result.CONFORM, ""));
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/pictures", "compliance-" + name + ".png")));
  }
}

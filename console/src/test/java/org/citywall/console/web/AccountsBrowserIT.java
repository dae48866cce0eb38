// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The life of an account, from the seat of who administers it. */
@EnabledIf("browserInstalled")
class AccountsBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";
  private static LiveConsole console;
  private static Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeAll
  static void start() {
    console = LiveConsole.start();
    console.account("zhao.min", PASSWORD, Role.ADMIN);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    console.close();
  }

  @AfterEach
  void nothingBrokeThePolicy() {
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void createsClosesAndResetsAnAccountAndLeavesAnEntryForEachAct() {
    Page admin = loggedIn("zhao.min", PASSWORD);
    admin.navigate("/admin/accounts");
    admin.fill("#name", "Li.Na");
    admin.fill("#displayName", "李娜");
    admin.check("input[value=OFFICER]");
    admin.click("form:has(#name) button");
    String given = admin.locator(".given .password").innerText();

    Page officer = loggedIn("li.na", given);
    assertThat(officer).hasURL(Pattern.compile(".*/password"));
    change(officer, given, "Better-Battery-7");
    assertThat(officer.locator("nav.side")).isVisible();

    open(admin, "li.na");
    assertThat(admin.locator(".given")).hasCount(0);
    admin.fill("#note-close", "离岗 2026-17");
    admin.click("button.danger");
    assertThat(admin.locator("[role=status]")).hasText("已停用 li.na。");
    officer.navigate("/triage");
    assertThat(officer).hasURL(Pattern.compile(".*/login"));

    admin.click("form[action$='/reopen'] button");
    assertThat(admin.locator("[role=status]")).hasText("已启用 li.na。");
    admin.click("form[action$='/reset'] button");
    String reset = admin.locator(".given .password").innerText();
    assertThat(reset).isNotEqualTo(given);
    admin.click(".lang a[lang=en]");
    assertThat(admin).hasURL(Pattern.compile(".*/admin/accounts/li.na"));
    assertThat(admin.locator(".given")).hasCount(0);

    assertThat(actsOn("li.na"))
        .containsExactly(
            "console-account-created",
            "console-account-closed",
            "console-account-reopened",
            "console-password-reset");
    assertThat(everything()).doesNotContain(given).doesNotContain(reset);
    admin.context().close();
    officer.context().close();
  }

  @Test
  void unlocksAnAccountAndChangesItsRoles() {
    console.account("wang.fang", PASSWORD, Role.OFFICER);
    for (int i = 0; i < 5; i++) {
      console
          .service(Accounts.class)
          .logIn("wang.fang", org.citywall.audit.secrets.Sensitive.of("Wrong-Horse-1"), "10.1.2.3");
    }
    Page admin = loggedIn("zhao.min", PASSWORD);
    open(admin, "wang.fang");
    assertThat(admin.locator(".pagehead .tag")).hasText("已锁定");

    admin.click("form[action$='/unlock'] button");
    assertThat(admin.locator(".pagehead .tag")).hasText("正常");
    admin.check("input[value=AUDITOR]");
    admin.click("form[action$='/roles'] button");
    assertThat(admin.locator("[role=status]")).containsText("CON-0019");
    admin.uncheck("input[value=OFFICER]");
    admin.check("input[value=AUDITOR]");
    admin.click("form[action$='/roles'] button");

    assertThat(admin.locator("[role=status]")).hasText("已变更 wang.fang 的角色。");
    assertThat(admin.locator(".facts .tag")).hasText("审计员");
    assertThat(console.service(Accounts.class).find("wang.fang").orElseThrow().roles())
        .containsExactly(Role.AUDITOR);
    admin.context().close();
  }

  @Test
  void offersNothingAgainstOnesOwnAccountAndSaysWhoHoldsTooMuch() {
    Page admin = loggedIn("zhao.min", PASSWORD);
    open(admin, "zhao.min");
    assertThat(admin.locator("form[action$='/reset'], form[action$='/close']")).hasCount(0);
    admin.uncheck("input[value=ADMIN]");
    admin.check("input[value=AUDITOR]");
    admin.click("form[action$='/roles'] button");
    assertThat(admin.locator("[role=status]")).containsText("CON-0025");

    admin.navigate("/admin/accounts");

    assertThat(admin.locator(".note.warn")).containsText("账号 admin 同时承担");
    admin.context().close();
  }

  @Test
  void keepsWhatWasTypedWhereTheNameIsTaken() {
    Page admin = loggedIn("zhao.min", PASSWORD);
    admin.navigate("/admin/accounts");
    admin.fill("#name", "zhao.min");
    admin.fill("#displayName", "赵敏");
    admin.check("input[value=AUDITOR]");
    admin.click("form:has(#name) button");

    assertThat(admin.locator("[role=alert]")).containsText("CON-0015");
    assertThat(admin.locator("#displayName")).hasValue("赵敏");
    assertThat(admin.locator("input[value=AUDITOR]")).isChecked();
    admin.context().close();
  }

  private static void open(Page admin, String name) {
    admin.navigate("/admin/accounts");
    Locator link = admin.locator("tbody a").filter(new Locator.FilterOptions().setHasText(name));
    link.click();
    assertThat(admin.locator("h1")).containsText(name);
  }

  private static void change(Page page, String current, String chosen) {
    page.fill("#current", current);
    page.fill("#chosen", chosen);
    page.fill("#repeated", chosen);
    page.click("main button.primary");
  }

  private static Page loggedIn(String user, String password) {
    Page page = chromium.page(console.address(), "zh-CN", true);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", password);
    page.click("main button.primary");
    return page;
  }

  private static List<String> actsOn(String account) {
    return entries()
        .filter(entry -> account.equals(entry.event().text(Field.USER_TARGET_NAME)))
        .map(entry -> String.valueOf(entry.event().text(Field.EVENT_ACTION)))
        .toList();
  }

  private static String everything() {
    StringBuilder text = new StringBuilder();
    entries().forEach(entry -> entry.event().forEach((field, value) -> text.append(value)));
    return text.toString();
  }

  private static Stream<LoggedEntry> entries() {
    return console.log().read(0, 10_000).stream();
  }
}

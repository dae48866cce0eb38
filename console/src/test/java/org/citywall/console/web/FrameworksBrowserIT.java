// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.console.account.Role;
import org.citywall.console.framework.OwnFrameworks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two officers and an auditor on the pages of frameworks: one writes, the other publishes. */
@EnabledIf("browserInstalled")
class FrameworksBrowserIT {

  private static final String PASSWORD = "Correct-Horse-7";

  private LiveConsole console;
  private Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeEach
  void start() {
    console = LiveConsole.start();
    console.account("li.na", PASSWORD, Role.OFFICER);
    console.account("wang.fang", PASSWORD, Role.CHIEF);
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    chromium = Chromium.start();
  }

  @AfterEach
  void stop() {
    chromium.close();
    console.close();
  }

  @Test
  void anOfficerWritesATemplateAndAnotherPublishesIt() throws IOException {
    Page page = loggedIn("li.na", "zh-CN");
    page.navigate("/compliance/frameworks");
    assertThat(page.locator("tbody tr")).hasCount(13);
    page.click("a[href$='/extranet-template']");
    assertThat(page.locator("h1")).containsText("政务外网安全检查");
    assertThat(Accessibility.graveFindings(page)).isEmpty();
    picture(page, "shipped");
    page.fill("#copy-id", "Own Extranet");
    page.click("#copy button");
    assertThat(page.locator("#copy-id-wrong")).containsText("CMP-0009");
    assertThat(page.locator("#copy-id")).hasValue("Own Extranet");
    page.fill("#copy-id", "own-extranet");
    page.fill("#copy-zh", "市政务外网检查");
    page.click("#copy button");

    assertThat(page.locator("h1")).containsText("市政务外网检查");
    page.selectOption("#head-family", "djbh");
    page.click("#edit-head button");
    page.fill("#item-id", "access-ai");
    page.fill("#item-zh", " ");
    page.click("#edit-item button");
    assertThat(page.locator("#item-zh-wrong")).containsText("CMP-0008");
    assertThat(page.locator("#item-id")).hasValue("access-ai");
    assertThat(Accessibility.graveFindings(page)).isEmpty();
    picture(page, "refused");
    page.fill("#item-zh", "智能终端接入已登记");
    page.selectOption("#item-importance", "key");
    page.click("#edit-item button");
    assertThat(page.locator("tr.current")).containsText("智能终端接入已登记");
    page.click("button[name=up][value=access-ai]");
    page.click("button[name=remove][value=duty]");
    assertThat(page.locator(".items tbody")).hasCount(2);
    assertThat(page.locator("form[action$='/publish'] button")).isDisabled();
    picture(page, "draft");

    Page chief = loggedIn("wang.fang", "en-US");
    chief.navigate("/compliance/frameworks/own-extranet/draft");
    chief.click("form[action$='/publish'] button");
    assertThat(chief.locator("[role=status]")).containsText("own-extranet/1");
    Download file = chief.waitForDownload(() -> chief.click("text=Export YAML"));
    Catalogue read = Catalogue.parse("file", Files.readString(file.path()));
    assertThat(read)
        .isEqualTo(console.service(OwnFrameworks.class).catalogues().get("own-extranet"));
    assertThat(read.items()).hasSize(7);
    chief.click("form[action$='/revise'] button");
    chief.click("a[aria-label='Edit access-ai']");
    chief.fill("#item-en", "Smart terminals are registered");
    chief.click("#edit-item button");
    chief.click("a[href*='/diff']");
    assertThat(chief.locator("table.diff")).containsText("Smart terminals are registered");
    assertThat(Accessibility.graveFindings(chief)).isEmpty();
    picture(chief, "diff");
    chief.navigate("/compliance/frameworks");
    assertThat(Accessibility.graveFindings(chief)).isEmpty();
    picture(chief, "list");

    Page auditor = loggedIn("sun.li", "zh-CN");
    auditor.navigate("/compliance/frameworks/own-extranet");
    assertThat(auditor.locator("h1")).containsText("市政务外网检查");
    assertThat(auditor.locator("main form")).hasCount(0);
    picture(auditor, "own");
    auditor.navigate("/compliance/frameworks/own-extranet/draft");
    assertThat(auditor.locator("#edit-item")).hasCount(0);
    assertThat(chromium.complaints()).isEmpty();
  }

  private Page loggedIn(String user, String language) {
    Page page = chromium.page(console.address(), language, true);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    page.waitForURL(url -> !url.contains("/login"));
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/pictures", "framework-" + name + ".png")));
  }
}

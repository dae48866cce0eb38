// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.citywall.audit.log.Checkpoint;
import org.citywall.console.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** An auditor takes a proof away and checks it, and sees what administrators did. */
@EnabledIf("browserInstalled")
class AuditBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";
  private static LiveConsole console;
  private static Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeAll
  static void start() {
    console = LiveConsole.start();
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    console.account("zhao.min", PASSWORD, Role.ADMIN);
    console.log().append(SshAttack.of("syslog-tls/gw-01", "203.0.113.7", "li", Instant.now()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                console.log().checkpoint().map(Checkpoint::size).orElse(0L)
                    == console.log().size());
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
  void checksADownloadedProofAndNoticesOneChangedCharacter() throws IOException {
    Page page = auditor();
    page.navigate("/audit");
    page.fill("#entry", "5");
    page.click("form:has(#entry) button");
    assertThat(page).hasURL(Pattern.compile(".*/events/5"));
    assertThat(page.locator("#proof")).hasAttribute("data-status", "verified");
    Download download = page.waitForDownload(() -> page.click("#proof a[download]"));
    String proof = Files.readString(download.path());

    page.navigate("/audit");
    check(page, proof);
    assertThat(page.locator("[role=status]")).containsText("证明通过");
    assertThat(page.locator("[role=status] a")).hasText("打开存证条目 5");

    int at = proof.length() / 2;
    char other = proof.charAt(at) == 'A' ? 'B' : 'A';
    check(page, proof.substring(0, at) + other + proof.substring(at + 1));
    assertThat(page.locator("[role=status]")).containsText("证明未通过验证");

    page.click(".lang a[lang=en]");
    assertThat(page).hasURL(Pattern.compile(".*/audit"));
    assertThat(page.locator("h1")).hasText("Audit");
    page.context().close();
  }

  @Test
  void readsInChineseWhatPeopleDid() {
    Page page = auditor();
    page.navigate("/audit");

    assertThat(page.locator("tbody tr").filter(row("新建账号")).first()).containsText("系统管理员");
    assertThat(page.locator("tbody tr").filter(row("登录")).first()).containsText("成功");
    page.context().close();
  }

  private static com.microsoft.playwright.Locator.FilterOptions row(String text) {
    return new com.microsoft.playwright.Locator.FilterOptions().setHasText(text);
  }

  private static void check(Page page, String proof) {
    page.fill("#pasted", proof);
    page.click("form:has(#pasted) button");
  }

  private static Page auditor() {
    Page page = chromium.page(console.address(), "zh-CN", true);
    page.navigate("/login");
    page.fill("#username", "sun.li");
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    assertThat(page.locator("nav.side")).isVisible();
    return page;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.LogOptions;
import org.citywall.console.account.Role;
import org.citywall.correlation.Context;
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
    awaitCheckpoint(console);
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
    Download download = page.waitForDownload(() -> page.click("#proof a[href$='/proof']"));
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

  @Test
  void showsTheProofOfAnEntryOnceACheckpointCoversItWithoutReload() {
    LogOptions slow =
        LogOptions.defaults()
            .withIntervals(Duration.ofSeconds(4), Duration.ofMinutes(10), Duration.ofSeconds(30));
    try (LiveConsole other = LiveConsole.start(Context.empty(), slow)) {
      other.account("sun.li", PASSWORD, Role.AUDITOR);
      Page page = auditor(other);
      awaitCheckpoint(other);
      long leaf = other.log().size();
      other.log().append(SshAttack.of("syslog-tls/gw-01", "203.0.113.7", "li", Instant.now()));

      page.navigate("/events/" + leaf);
      page.evaluate("window.untouched = true");

      assertThat(page.locator("#proof"))
          .hasAttribute(
              "data-status",
              "verified",
              new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
      assertThat(page.locator("#proof a[href$='/proof']")).isVisible();
      assertThat(page.evaluate("window.untouched")).isEqualTo(true);
      page.context().close();
    }
  }

  private static void awaitCheckpoint(LiveConsole of) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> of.log().checkpoint().map(Checkpoint::size).orElse(0L) == of.log().size());
  }

  private static com.microsoft.playwright.Locator.FilterOptions row(String text) {
    return new com.microsoft.playwright.Locator.FilterOptions().setHasText(text);
  }

  private static void check(Page page, String proof) {
    page.fill("#pasted", proof);
    page.click("form:has(#pasted) button");
  }

  private static Page auditor() {
    return auditor(console);
  }

  private static Page auditor(LiveConsole at) {
    Page page = chromium.page(at.address(), "zh-CN", true);
    page.navigate("/login");
    page.fill("#username", "sun.li");
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    assertThat(page.locator("nav.side")).isVisible();
    return page;
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way: sshd's words through a real rsyslog over TLS become one incident before the
 * officer's eyes, with its events and a proof for each.
 */
final class ForwardedAttackBrowserIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String ATTACKER = "203.0.113.9";
  private static final int FAILURES = 10;
  private static final LocatorAssertions.IsVisibleOptions PATIENT =
      new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

  @TempDir Path folder;

  private final List<String> complaints = new ArrayList<>();

  @Test
  void forwardedLogInAttackBecomesOneIncidentThatCanBeProved() throws Exception {
    requirePrograms();
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.start("up", data);
        Rsyslog rsyslog =
            Rsyslog.forwardingOverTls(
                Files.createDirectory(folder.resolve("rsyslog")),
                server.port("syslog-tls"),
                new DataFolder(data).authority());
        Playwright playwright = playwright();
        Browser chromium = launch(playwright)) {
      Page page = signedIn(chromium, server);
      page.navigate(server.part("console") + "/triage");
      assertThat(incidents(page)).hasCount(0);

      attack(rsyslog);
      long attacked = System.nanoTime();
      assertThat(incidents(page).first()).isVisible(PATIENT);
      report(Duration.ofNanos(System.nanoTime() - attacked));

      // The first incident of an empty queue opens by itself.
      Locator detail = page.locator("#detail article.incident");
      assertThat(detail).containsText(ATTACKER);
      proveFirstEvent(detail);
      assertThat(complaints).isEmpty();
      page.navigate(server.part("console") + "/triage");
      assertThat(incidents(page)).hasCount(1);
      assertThat(server.stop()).isEqualTo(143);
    }
    assertThat(
            new LogVerifier(data, java.util.Optional.empty())
                .full(Progress.SILENT)
                .verdict()
                .exitCode())
        .isZero();
  }

  private static void requirePrograms() {
    boolean there = Rsyslog.isInstalled() && Files.isExecutable(CHROMIUM);
    if (System.getenv("CI") != null) {
      assertThat(there).as("rsyslogd and chromium are installed in CI").isTrue();
    }
    assumeTrue(there, "rsyslogd or chromium is not installed");
  }

  private static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  private static Browser launch(Playwright playwright) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(
                    List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync")));
  }

  /** Logs in with the printed one-time password, which must be changed at once. */
  private Page signedIn(Browser chromium, ServerProcess server) {
    String printed =
        server.output().stream()
            .filter(line -> line.contains("one-time-password="))
            .findFirst()
            .orElseThrow();
    String oneTime = printed.substring(printed.indexOf('=', printed.indexOf("password")) + 1);
    Page page =
        chromium.newPage(
            new Browser.NewPageOptions().setViewportSize(1366, 768).setLocale("zh-CN"));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(server.part("console") + "/login");
    page.fill("input[name=username]", "admin");
    page.fill("input[name=password]", oneTime);
    page.click("button[type=submit]");
    assertThat(page).hasURL(Pattern.compile(".*/password.*"));
    Locator passwords = page.locator("input[type=password]");
    passwords.nth(0).fill(oneTime);
    passwords.nth(1).fill("Grey-Herons-Fish-At-4");
    passwords.nth(2).fill("Grey-Herons-Fish-At-4");
    page.click("main button[type=submit]");
    assertThat(page).not().hasURL(Pattern.compile(".*/password.*"));
    return page;
  }

  private static void attack(Rsyslog rsyslog) throws Exception {
    for (int i = 0; i < FAILURES; i++) {
      rsyslog.log(
          "sshd",
          4242 + i,
          "Failed password for root from " + ATTACKER + " port " + (50_000 + i) + " ssh2");
    }
    rsyslog.log("sshd", 4300, "Accepted password for root from " + ATTACKER + " port 50100 ssh2");
  }

  private static Locator incidents(Page page) {
    return page.locator("#rows [data-incident]");
  }

  /** Opens an event where the incident lists it; its bytes and their proof come from the log. */
  private static void proveFirstEvent(Locator detail) {
    detail.locator("details:has(a[href^='/events/']) > summary").first().click();
    assertThat(detail.locator("section.proof").first())
        .hasAttribute(
            "data-status",
            "verified",
            new LocatorAssertions.HasAttributeOptions().setTimeout(15_000));
    assertThat(detail.locator("pre.original").first()).containsText(ATTACKER);
  }

  /** A figure for people; a test does not judge the clock. */
  private static void report(Duration took) {
    System.out.println("last log-in to incident on the page: " + took.toMillis() + " ms");
  }
}

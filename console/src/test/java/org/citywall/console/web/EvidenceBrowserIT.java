// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.bundle.BundleReport;
import org.citywall.audit.bundle.BundleVerifier;
import org.citywall.audit.bundle.EvidenceBundle;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.console.account.Role;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.Incidents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * An evidence bundle from the page of an incident, in a real browser, checked as its reader does.
 */
@EnabledIf("browserInstalled")
class EvidenceBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";

  private static LiveConsole console;
  private static Chromium chromium;

  /** A build that must not skip fails where the browser is missing. */
  static boolean browserInstalled() {
    return Chromium.installed() || "true".equals(System.getenv("CI"));
  }

  @BeforeAll
  static void start() {
    console = LiveConsole.start();
    console.account("zhang.wei", PASSWORD, Role.OFFICER);
    console.account("wu.audit", PASSWORD, Role.AUDITOR);
    chromium = Chromium.start();
    console.log().append(SshAttack.of("gw-01", "203.0.113.7", "chen.jie", Instant.now()));
    Incidents incidents = console.service(Incidents.class);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> incidents.count(IncidentFilter.ALL) == 1);
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

  private static Page incident(String user, String language, boolean script) {
    Page page = chromium.page(console.address(), language, script);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    page.navigate("/incidents");
    page.locator("main a[href^='/incidents/INC-']").first().click();
    return page;
  }

  private static BundleReport download(Page page) {
    Download download = page.waitForDownload(() -> page.click(".evidence button.primary"));
    assertThat(download.suggestedFilename()).matches("INC-[0-9]{8}-0001-evidence\\.zip");
    Path file = download.path();
    return BundleVerifier.verify(EvidenceBundle.read(file), List.of(console.key()));
  }

  @Test
  void holdsTheEntriesOfTheIncidentAndIsToldToTheLog() {
    Page page = incident("zhang.wei", "zh-CN", true);
    page.click(".evidence summary");
    assertThat(page.locator(".evidence summary")).hasText("导出证据包");
    assertThat(Accessibility.graveFindings(page)).isEmpty();
    page.fill("#evidence-reason", "移送公安机关");

    BundleReport report = download(page);

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.manifest().person()).isEqualTo("zhang.wei");
    assertThat(report.manifest().reason()).isEqualTo("移送公安机关");
    assertThat(report.disclosed())
        .extracting(entry -> entry.event().text(Field.USER_NAME))
        .contains("chen.jie");
    LoggedEntry record = console.log().read(report.manifest().record());
    assertThat(record.event().text(Field.EVENT_ACTION)).isEqualTo("evidence-exported");
    assertThat(console.log().read(0, 1000))
        .anyMatch(
            entry ->
                "data-exported".equals(entry.event().text(Field.EVENT_ACTION))
                    && "evidence.zip".equals(entry.event().text(Field.FILE_NAME)));
    page.context().close();
  }

  @Test
  void withholdsOthersAndWorksWithoutScriptForAnAuditor() {
    Page page = incident("wu.audit", "en", false);
    page.click(".evidence summary");
    page.fill("#evidence-reason", "case 12");
    page.fill("#evidence-user", "somebody.else");

    BundleReport report = download(page);

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.disclosed()).isEmpty();
    assertThat(report.manifest().counts().withheld()).isGreaterThanOrEqualTo(11);
    page.context().close();
  }
}

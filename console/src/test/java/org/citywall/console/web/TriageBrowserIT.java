// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.citywall.console.Actor;
import org.citywall.console.account.Role;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentState;
import org.citywall.console.incident.Incidents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** An officer's day at the triage page, in a real browser before a real console. */
@EnabledIf("browserInstalled")
class TriageBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";

  /** A checkpoint comes within a second; the page waits for it. */
  private static final LocatorAssertions.HasAttributeOptions PROVED =
      new LocatorAssertions.HasAttributeOptions().setTimeout(15_000);

  private static LiveConsole console;
  private static Chromium chromium;
  private static int attacks;

  /** A build that must not skip fails where the browser is missing. */
  static boolean browserInstalled() {
    return Chromium.installed() || "true".equals(System.getenv("CI"));
  }

  @BeforeAll
  static void start() {
    console = LiveConsole.start();
    console.account("zhang.wei", PASSWORD, Role.OFFICER);
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
  void forcesTheFirstPasswordToBeChanged() {
    Page page = chromium.page(console.address(), "zh-CN", true);
    page.navigate("/login");
    logIn(page, "admin", console.firstPassword());
    assertThat(page).hasURL(Pattern.compile(".*/password"));
    assertThat(page.locator(".note.warn")).containsText("由他人设置");

    page.navigate("/triage");
    assertThat(page).hasURL(Pattern.compile(".*/password"));
    page.fill("#current", console.firstPassword());
    page.fill("#chosen", "short");
    page.fill("#repeated", "short");
    page.click("main button.primary");
    assertThat(page.locator("[role=alert]").first()).containsText("CON-0013");
    page.fill("#current", console.firstPassword());
    page.fill("#chosen", "Better-Battery-7");
    page.fill("#repeated", "Better-Battery-7");
    page.click("main button.primary");

    assertThat(page.locator("h1")).hasText("当前待办");
    page.context().close();
  }

  @Test
  void showsAnIncidentThatArrivesWithoutReloadAndProvesItsEvents() {
    Page page = officer("zh-CN");
    page.navigate("/triage");
    assertThat(page.locator("cw-live")).hasAttribute("data-state", "open");
    page.evaluate("window.untouched = true");
    page.mouse().move(700, 20);

    String user = attack();
    Locator arrival = page.locator(".queue a, .newbar:not([hidden])");
    assertThat(arrival.filter(new Locator.FilterOptions().setHasText(user)).first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(10_000));
    assertThat(page.evaluate("window.untouched")).isEqualTo(true);

    page.locator(".queue a").filter(new Locator.FilterOptions().setHasText(user)).click();
    assertThat(page.locator("#detail h2")).containsText(user);
    assertThat(page.locator("#detail .events > li")).hasCount(11);
    page.locator("#detail .events summary").last().click();
    Locator proof = page.locator("#detail .events .proof");
    assertThat(proof).hasAttribute("data-status", "verified", PROVED);
    assertThat(page.locator("#detail .events pre.original").first())
        .containsText("Accepted password");
    page.context().close();
  }

  @Test
  void opensTheFirstIncidentOfAnEmptyQueueWithoutReload() {
    resolveAll();
    Page page = officer("en");
    page.navigate("/triage");
    assertThat(page.locator("cw-live")).hasAttribute("data-state", "open");
    assertThat(page.locator(".queue a")).hasCount(0);
    page.evaluate("window.untouched = true");

    String user = attack();

    assertThat(page.locator("#detail h2")).containsText(user);
    assertThat(page.evaluate("window.untouched")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void dismissesByKeysGoesOnAndTakesItBack() {
    attack();
    String user = attack();
    Page page = officer("en");
    page.navigate("/triage");
    page.evaluate("window.untouched = true");
    Locator row =
        page.locator(".queue a").filter(new Locator.FilterOptions().setHasText(user)).first();
    row.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#detail h2")).isFocused();
    assertThat(page.locator("#detail h2")).containsText(user);
    String id = page.locator("#detail [data-incident]").getAttribute("data-incident");

    page.keyboard().press("a");
    assertThat(page.locator("#detail .tag").first()).hasText("In hand");
    page.keyboard().press("d");
    page.keyboard().press("2");
    page.keyboard().press("Enter");
    assertThat(page.locator(".toast")).containsText(id + " was dismissed");
    assertThat(page.locator(".queue a[data-incident=\"" + id + "\"]")).hasCount(0);
    assertThat(page.locator(".queue a[aria-current]")).isFocused();
    assertThat(state(id)).isEqualTo(IncidentState.DISMISSED);

    page.locator(".toast button").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator(".queue a[data-incident=\"" + id + "\"]")).hasCount(1);
    assertThat(state(id)).isEqualTo(IncidentState.TAKEN);
    assertThat(page.evaluate("window.untouched")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void movesNoRowWhileTheOfficerIsInTheQueue() {
    attack();
    Page page = officer("en");
    page.navigate("/triage");
    assertThat(page.locator("cw-live")).hasAttribute("data-state", "open");
    page.locator(".queue a").first().click();
    String first = page.locator(".queue a").first().getAttribute("data-incident");

    attack();
    assertThat(page.locator(".newbar")).containsText("1 new, highest severity High");
    assertThat(page.locator(".queue a").first()).hasAttribute("data-incident", first);

    page.keyboard().press("r");
    assertThat(page.locator(".newbar")).isHidden();
    assertThat(page.locator(".queue a").nth(1)).hasAttribute("data-incident", first);
    page.context().close();
  }

  @Test // #2
  void keepsAnEventUnfoldedWhenItsIncidentIsLoadedAgain() {
    String user = attack();
    Page page = officer("en");
    page.navigate("/triage");
    Locator row = page.locator(".queue a").filter(new Locator.FilterOptions().setHasText(user));
    row.click();
    assertThat(page.locator("#detail h2")).containsText(user);
    page.locator("#detail .events summary").last().click();
    Locator original = page.locator("#detail .events pre.original").first();
    assertThat(original).containsText("Accepted password");
    page.evaluate("document.querySelector('#detail article').dataset.old = true");

    row.click();

    assertThat(page.locator("#detail article[data-old]")).hasCount(0);
    assertThat(original).containsText("Accepted password");
    page.context().close();
  }

  @Test // #2
  void keepsTheFocusInARowWhenRowsArriveThatWereAskedForBefore() {
    String user = attack();
    Page page = officer("en");
    page.navigate("/triage");
    Locator row = page.locator(".queue a").filter(new Locator.FilterOptions().setHasText(user));
    row.evaluate(
        """
        row => {
          row.dataset.old = true;
          window.dispatchEvent(new CustomEvent("cw:live", { detail: { type: "reload" } }));
          row.focus();
        }""");

    assertThat(page.locator(".queue a[data-old]")).hasCount(0);
    assertThat(row).isFocused();
    page.context().close();
  }

  @Test
  void decidesWithoutScript() {
    String user = attack();
    Page page = chromium.page(console.address(), "zh-CN", false);
    page.navigate("/login");
    logIn(page, "zhang.wei", PASSWORD);
    page.navigate("/triage");
    page.locator(".queue a").filter(new Locator.FilterOptions().setHasText(user)).click();
    String id = page.locator("#detail [data-incident]").getAttribute("data-incident");

    page.locator("#detail button[data-key=a]").click();
    assertThat(page.locator(".toast")).containsText("已接手 " + id);
    page.locator("#detail summary[data-key=c]").click();
    page.locator("#detail form[action$='/resolve'] button").click();

    assertThat(state(id)).isEqualTo(IncidentState.RESOLVED);
    page.context().close();
  }

  @Test
  void showsHostileLinesAsText() {
    String hostile = "<img src=x onerror=window.owned=1>";
    attack(hostile);
    Page page = officer("en");
    page.navigate("/triage");
    page.locator(".queue a").filter(new Locator.FilterOptions().setHasText(hostile)).click();

    assertThat(page.locator("#detail h2")).containsText(hostile);
    assertThat(page.evaluate("window.owned === undefined")).isEqualTo(true);
    assertThat(page.locator("main img")).hasCount(0);
    page.context().close();
  }

  private static Page officer(String language) {
    Page page = chromium.page(console.address(), language, true);
    page.navigate("/login");
    logIn(page, "zhang.wei", PASSWORD);
    assertThat(page.locator("nav.side")).isVisible();
    return page;
  }

  private static void logIn(Page page, String user, String password) {
    page.fill("#username", user);
    page.fill("#password", password);
    page.click("main button.primary");
  }

  private static String attack() {
    return attack("user" + attacks);
  }

  /** Appends an attack and waits until it is an incident. */
  private static String attack(String user) {
    attacks++;
    Incidents incidents = console.service(Incidents.class);
    long before = incidents.count(IncidentFilter.ALL);
    console
        .log()
        .append(
            SshAttack.of("syslog-tls/gw-" + attacks, "203.0.113." + attacks, user, Instant.now()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> incidents.count(IncidentFilter.ALL) > before);
    return user;
  }

  private static void resolveAll() {
    Incidents incidents = console.service(Incidents.class);
    Actor officer = new Actor("zhang.wei", "127.0.0.1");
    incidents
        .queue(IncidentFilter.OPEN, null, 100)
        .incidents()
        .forEach(open -> incidents.resolve(officer, open.id(), open.version(), ""));
  }

  private static IncidentState state(String id) {
    return console
        .service(Incidents.class)
        .get(new org.citywall.console.incident.IncidentId(id))
        .summary()
        .state();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.console.account.Role;
import org.citywall.console.testing.KeptLogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a legal hold and of a destruction, from the seats of the persons it takes. */
@EnabledIf("browserInstalled")
class RetentionBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";
  private static final Payloads OLD = new Payloads("330100-MZJ", YearMonth.of(2021, 3));

  private LiveConsole console;
  private Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeEach
  void start() {
    console = LiveConsole.start();
    console.account("zhao.min", PASSWORD, Role.ADMIN);
    console.account("zhang.wei", PASSWORD, Role.CHIEF, Role.OFFICER);
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    console.log().append(IntStream.range(0, 12).mapToObj(RetentionBrowserIT::entry).toList());
    chromium = Chromium.start();
  }

  private static Entry entry(int number) {
    String department = number % 3 == 0 ? "330100-GAJ" : OLD.group();
    String day = (number % 2 == 0 ? "2021-03-" : "2021-04-") + (number + 10);
    return KeptLogs.entry(number + 1, Instant.parse(day + "T08:00:00Z"), department);
  }

  @AfterEach
  void stop() {
    chromium.close();
    console.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void destroysByTwoPersonsWithAndWithoutScripts(boolean script) {
    Page admin = loggedIn("zhao.min", "zh-CN", script);
    Page chief = loggedIn("zhang.wei", "zh-CN", script);

    propose(admin, "制度第七条");
    assertThat(admin.locator("[role=status]")).containsText("已提出");
    assertThat(admin.locator("form[action$='/approve']")).hasCount(0);
    chief.navigate("/retention");
    assertThat(chief.locator("form[action$='/propose'], form[action$='/destroy']")).hasCount(0);
    chief.click("form[action$='/approve'] button");
    assertThat(chief.locator("[role=status]")).containsText("已批准");

    admin.navigate("/retention");
    admin.check("form[action$='/destroy'] input[type=checkbox]");
    admin.click("form[action$='/destroy'] button");

    assertThat(admin.locator("[role=status]")).containsText("已销毁");
    Locator done = admin.locator(".below tbody tr");
    assertThat(done).containsText("zhao.min · zhang.wei");
    assertThat(done).containsText("制度第七条");
    long destruction = console.log().retention().destructions().getFirst().leaf();
    assertThat(done).containsText("叶 " + destruction);
    assertThat(chief.request().get("/events/" + destruction).status()).isEqualTo(200);
    assertThat(admin.locator("#payloads option")).hasCount(3);
    assertThat(console.log().payloads()).doesNotContain(OLD);
    assertThat(entries()).filteredOn(LoggedEntry::shredded).hasSize(4);
    assertThat(ordered("retention-destruction-ordered")).containsExactly("zhao.min");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void refusesUnderAHoldUntilTwoPersonsLiftItAndSaysWhy() {
    Page admin = loggedIn("zhao.min", "zh-CN", true);
    Page chief = loggedIn("zhang.wei", "zh-CN", true);
    chief.navigate("/retention");
    chief.fill("#hold-group", OLD.group());
    chief.fill("#hold-to", "2021-12");
    chief.fill("#hold-incident", "INC-20261122-0001");
    chief.fill("#hold-reason", "法院保全 12 号");
    chief.click("form[action$='/hold'] button");
    assertThat(chief.locator("[role=status]")).containsText("保全已生效");
    assertThat(chief.locator("form[action$='/lift']")).hasCount(0);

    propose(admin, "制度第七条");
    assertThat(admin.locator("[role=status]")).containsText("AUD-0121");
    assertThat(admin.locator("[role=status]")).containsText("法定保全");
    assertThat(admin.locator(".stack .tag.warn").first()).hasText("法定保全中");
    admin.fill("form[action$='/lift'] input[name=reason]", "案件已结");
    admin.click("form[action$='/lift'] button");
    chief.navigate("/retention");
    chief.click("form[action$='/approve'] button");
    assertThat(chief.locator("[role=status]")).containsText("已批准");
    propose(admin, "制度第七条");
    assertThat(admin.locator("[role=status]")).containsText("已提出");
    chief.navigate("/retention");
    chief.click("form[action$='/withdraw'] button");
    assertThat(chief.locator("[role=status]")).containsText("提议已撤回");

    assertThat(ordered("retention-refused")).containsExactly("zhao.min");
    assertThat(ordered("legal-hold-placed")).containsExactly("zhang.wei");
    assertThat(ordered("retention-withdrawn")).containsExactly("zhang.wei");
    assertThat(console.log().retention().holds()).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void letsNobodyApproveTheirOwnProposalWhateverRolesTheyHold() {
    console.account("both", PASSWORD, Role.CHIEF);
    long proposal = console.log().record(new DestructionProposed(OLD, "both", "rule 7"));
    Page both = loggedIn("both", "en", true);
    both.navigate("/retention");

    both.click("form[action$='/approve'] button");

    assertThat(both.locator("[role=status]")).containsText("AUD-0122");
    assertThat(both.locator("[role=status]")).containsText("A second person has to approve");
    assertThat(console.log().retention().proposals())
        .singleElement()
        .matches(one -> one.leaf() == proposal && one.approval() == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh-CN", "en"})
  void isReadableByEverySeatWithEverythingOnIt(String language) {
    fill();
    for (String user : List.of("zhao.min", "zhang.wei", "sun.li")) {
      Page page = loggedIn(user, language, true);
      page.navigate("/retention");
      assertThat(page.locator(".orders > li")).hasCount(3);
      assertThat(page.content()).doesNotContain("??");
      assertThat(Accessibility.graveFindings(page)).as(user).isEmpty();
      for (int width : List.of(1366, 683)) {
        page.setViewportSize(width, 900);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as("%s at %s", user, width)
            .isEqualTo(true);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures", user + "-" + language + "-" + width + ".png"))
                .setFullPage(true)
                .setCaret(ScreenshotCaret.INITIAL));
      }
    }
    assertThat(chromium.complaints()).isEmpty();
  }

  /** A hold, a proposal, an approval that waits and a destruction that is done. */
  private void fill() {
    Page admin = loggedIn("zhao.min", "en", true);
    Page chief = loggedIn("zhang.wei", "en", true);
    propose(admin, "Retention schedule 7, minutes of 12 November");
    chief.navigate("/retention");
    chief.click("form[action$='/approve'] button");
    admin.navigate("/retention");
    admin.check("form[action$='/destroy'] input[type=checkbox]");
    admin.click("form[action$='/destroy'] button");
    propose(admin, "Retention schedule 7, second group");
    chief.navigate("/retention");
    chief.click("form[action$='/approve'] button");
    admin.navigate("/retention");
    admin.selectOption("#payloads", "2021-04 " + OLD.group());
    admin.fill("#propose-reason", "Retention schedule 7, April");
    admin.click("form[action$='/propose'] button");
    chief.navigate("/retention");
    chief.fill("#hold-group", "330100-GAJ");
    chief.fill("#hold-from", "2021-04");
    chief.fill("#hold-reason", "Case 12 of the district court");
    chief.click("form[action$='/hold'] button");
    assertThat(chief.locator("[role=status]")).containsText("in force");
  }

  private static void propose(Page admin, String reason) {
    admin.navigate("/retention");
    String wanted = OLD.month() + " " + OLD.group();
    boolean there = admin.locator("#payloads option[value='" + wanted + "']").count() > 0;
    admin.selectOption("#payloads", there ? wanted : "2021-03 330100-GAJ");
    admin.fill("#propose-reason", reason);
    admin.click("form[action$='/propose'] button");
  }

  private Page loggedIn(String user, String language, boolean script) {
    Page page = chromium.page(console.address(), language, script);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    return page;
  }

  private List<LoggedEntry> entries() {
    return console.log().read(0, 10_000);
  }

  private List<String> ordered(String action) {
    return entries().stream()
        .map(LoggedEntry::event)
        .filter(event -> action.equals(event.text(Field.EVENT_ACTION)))
        .map(event -> Objects.requireNonNull(event.text(Field.USER_NAME)))
        .toList();
  }
}

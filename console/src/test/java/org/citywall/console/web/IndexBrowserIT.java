// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.console.Actor;
import org.citywall.console.account.Role;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.scorecard.IndexBook;
import org.citywall.console.scorecard.IndexEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A period of the index in a browser: read, entered, prepared by one, signed by another. */
@EnabledIf("browserInstalled")
class IndexBrowserIT {

  private static final String PASSWORD = "Correct-Horse-7";

  private LiveConsole console;
  private Chromium chromium;

  static boolean browserInstalled() {
    return PagesBrowserIT.browserInstalled();
  }

  @BeforeEach
  void start() {
    console = LiveConsole.start();
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    console.account("wang.wei", PASSWORD, Role.CHIEF);
    chromium = Chromium.start();
  }

  @AfterEach
  void stop() {
    chromium.close();
    console.close();
  }

  @Test
  void entersPreparesAndSignsThePeriodThatIsOver() {
    IndexBook book = console.service(IndexBook.class);
    IndexPeriod last = IndexPeriod.of(book.feeds().length(), book.current().from().minusDays(1));
    Page page = loggedIn("sun.li", "zh-CN");
    page.navigate("/compliance/index");
    page.click("form[action$='/recompute'] button");
    assertThat(page.locator("[role=status]")).containsText(book.current().id());
    assertThat(page.locator("main")).containsText("须人工填报");
    picture(page, "current");
    assertThat(Accessibility.graveFindings(page)).isEmpty();

    page.navigate("/compliance/index/" + last.id());
    page.click("tr:has(#v-training-trained) summary");
    page.fill("#v-training-trained", "90");
    page.fill("#w-training-trained", "180 人中 162 人完成");
    page.fill("#e-training-trained", "培训台账");
    page.fill("#s-training-trained", "a".repeat(64));
    page.locator("form:has(#v-training-trained) button").click();
    assertThat(page.locator("[role=status]")).containsText("training-trained");
    enterTheRest(book, last);
    page.reload();
    page.click("form[action$='/prepare'] button");
    assertThat(page.locator(".pagehead .tag")).containsText("待签署");
    assertThat(page.locator("form[action$='/sign']")).hasCount(0);

    Page other = loggedIn("wang.wei", "en");
    other.navigate("/compliance/index/" + last.id());
    other.click("form[action$='/sign'] button");
    assertThat(other.locator(".pagehead .tag")).containsText("Signed");
    assertThat(other.locator("main")).containsText("80.71");
    picture(other, "signed");
    assertThat(Accessibility.graveFindings(other)).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static void enterTheRest(IndexBook book, IndexPeriod period) {
    long version = 1;
    for (Catalogue.Item item : book.board(period).index().items()) {
      if (!item.id().equals("training-trained")) {
        Evidence evidence =
            Evidence.brought("统计表", null, "b".repeat(64), period.from(), period.to());
        version =
            book.enter(
                    new Actor("sun.li", "127.0.0.1"),
                    period,
                    version,
                    item.id(),
                    new IndexEntry(BigDecimal.valueOf(80), "按统计表", evidence))
                .version();
      }
    }
  }

  private Page loggedIn(String user, String language) {
    Page page = chromium.page(console.address(), language, true);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/pictures", "index-" + name + ".png")));
  }
}

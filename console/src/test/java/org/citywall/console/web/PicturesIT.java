// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.console.account.Role;
import org.citywall.console.demo.DemoCity;
import org.citywall.console.demo.DemoContext;
import org.citywall.console.demo.DemoHistory;
import org.citywall.console.incident.Incidents;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Draws the pictures of the documentation from the demo city; changes files only when asked to. */
@EnabledIfSystemProperty(named = "screenshots", matches = "update")
class PicturesIT {

  private static final Path IMAGES = Path.of("../docs/images");
  private static final String PASSWORD = "Correct-Horse-9";

  /** Days of history that are left out: the stories are in the last few. */
  private static final int SKIPPED = 26;

  @Test
  void drawsTheTriagePageInBothLanguages() {
    DemoCity city = DemoCity.of(1, Clock.systemUTC().instant());
    try (LiveConsole console = LiveConsole.start(DemoContext.of(city));
        Chromium chromium = Chromium.start()) {
      console.account("chen.jing", PASSWORD, Role.OFFICER);
      new DemoHistory(city).days().skip(SKIPPED).forEach(console.log()::append);
      Incidents incidents = console.service(Incidents.class);
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> incidents.countOpen().containsKey(Severity.CRITICAL));
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> console.index().health().nextLeaf() == console.log().size());

      draw(chromium.page(console.address(), "zh-CN", true), "triage.png");
      draw(chromium.page(console.address(), "en", true), "triage-en.png");

      assertThat(chromium.complaints()).isEmpty();
    }
  }

  private static void draw(Page page, String name) {
    page.navigate("/login");
    page.fill("#username", "chen.jing");
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    page.navigate("/triage");
    Locator gravest = page.locator(".queue a:has(.critical)").first();
    gravest.click();
    assertThat(gravest).hasAttribute("aria-current", "true");
    assertThat(page.locator("#detail .sev.critical")).isVisible();
    assertThat(page.locator("#detail")).not().hasAttribute("aria-busy", "true");
    assertThat(page.locator("cw-live")).hasAttribute("data-state", "open");
    picture(page, IMAGES.resolve(name));
    for (String path : List.of("home", "search", "event")) {
      Path folder = Path.of("target/pictures");
      page.navigate(
          switch (path) {
            case "home" -> "/";
            case "search" -> "/search?span=7d&field=gov.department.name";
            default -> "/search?q=db.table:*&span=7d";
          });
      picture(page, folder.resolve(path + "-" + name));
    }
  }

  /**
   * With the caret as it is: to hide it Playwright writes inline styles, which the policy blocks.
   */
  private static void picture(Page page, Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setCaret(ScreenshotCaret.INITIAL));
  }
}

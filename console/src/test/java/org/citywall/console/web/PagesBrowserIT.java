// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.console.account.Role;
import org.citywall.console.demo.DemoCity;
import org.citywall.console.demo.DemoContext;
import org.citywall.console.demo.DemoHistory;
import org.citywall.console.incident.Incidents;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page, in both languages and for every seat, before a console with the demo's data. */
@EnabledIf("browserInstalled")
@Order(Integer.MAX_VALUE)
class PagesBrowserIT {

  private static final String PASSWORD = "Correct-Horse-9";

  /** Days of history that are left out: the stories are in the last few. */
  private static final int SKIPPED = 28;

  /** Office screens, and the smaller one at 200 % zoom. */
  private static final List<Integer> WIDTHS = List.of(1366, 1920, 683);

  /** What the pages say beside the data, and nothing of theirs may be in Chinese for English. */
  private static final List<String> WITHOUT_DATA =
      List.of("/health", "/sources", "/password", "/admin/accounts", "/retention");

  private static LiveConsole console;
  private static Chromium chromium;
  private static String gravest;

  /** A build that must not skip fails where the browser is missing. */
  static boolean browserInstalled() {
    return Chromium.installed() || "true".equals(System.getenv("CI"));
  }

  @BeforeAll
  static void start() {
    DemoCity city = DemoCity.of(1, Clock.systemUTC().instant());
    console = LiveConsole.start(DemoContext.of(city));
    console.account("zhang.wei", PASSWORD, Role.OFFICER, Role.CHIEF);
    console.account("sun.li", PASSWORD, Role.AUDITOR);
    console.account("zhao.min", PASSWORD, Role.ADMIN);
    console.account("wu.gang", PASSWORD, Role.DBA);
    new DemoHistory(city).days().skip(SKIPPED).forEach(console.log()::append);
    console.log().append(List.of(endless(), tick()));
    Incidents incidents = console.service(Incidents.class);
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> incidents.countOpen().containsKey(Severity.CRITICAL));
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> console.index().health().nextLeaf() == console.log().size());
    gravest =
        incidents
            .queue(QueueFilter.of("open", "CRITICAL", false).filter("zhang.wei"), null, 1)
            .incidents()
            .getFirst()
            .id()
            .number();
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

  @ParameterizedTest
  @ValueSource(strings = {"zh-CN", "en"})
  void showsEveryPageWholeTranslatedAndUsable(String language) {
    for (Seat seat : seats()) {
      Page page = loggedIn(seat.user(), language);
      for (String path : seat.paths()) {
        page.setViewportSize(1366, 768);
        Response answer = page.navigate(path);

        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(page.locator("html").getAttribute("lang")).as(path).isEqualTo(language);
        assertThat(page.locator("h1").count()).as("headings of %s", path).isEqualTo(1);
        assertThat(page.content()).as(path).doesNotContain("??");
        if (language.equals("en")) {
          assertThat(Accessibility.graveFindings(page)).as(path).isEmpty();
        }
        for (int width : WIDTHS) {
          page.setViewportSize(width, width * 9 / 16);
          assertThat(overflow(page)).as("%s at %d pixels", path, width).isEmpty();
        }
      }
      page.context().close();
    }
  }

  @Test
  void saysNothingInChineseOnEnglishPages() {
    for (Seat seat : seats()) {
      Page page = loggedIn(seat.user(), "en");
      for (String path : seat.paths().stream().filter(WITHOUT_DATA::contains).toList()) {
        page.navigate(path);

        String text = page.locator("body").innerText().replace("中文", "");
        assertThat(text.codePoints().filter(Character::isIdeographic).count()).as(text).isZero();
      }
      page.context().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zhang.wei", "sun.li", "zhao.min", "wu.gang"})
  void leadsNowhereThatDoesNotExistOrIsNotAllowed(String user) {
    Page page = loggedIn(user, "zh-CN");
    Set<String> links = new LinkedHashSet<>();
    for (String path : pathsOf(user)) {
      page.navigate(path);
      links.addAll(linksOf(page));
    }

    for (String link : links) {
      assertThat(page.request().get(link).status()).as(link).isEqualTo(200);
    }
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/triage", "/search", "/audit"})
  void showsWhereTheFocusIs(String path) {
    Page page =
        path.equals("/login")
            ? chromium.page(console.address(), "zh-CN", true)
            : loggedIn("zhang.wei", "zh-CN");
    page.navigate(path);

    for (int i = 0; i < 20; i++) {
      page.keyboard().press("Tab");
      Object outline =
          page.evaluate(
              "() => { const at = document.activeElement; const style = getComputedStyle(at);"
                  + " return at === document.body || style.outlineStyle !== 'none'"
                  + " || at.tagName + '.' + at.className; }");
      assertThat(outline).as("focus %d of %s", i, path).isEqualTo(true);
    }
    page.context().close();
  }

  @Test
  void opensEveryFormOfAnIncidentWithinItsPane() {
    for (String language : List.of("zh-CN", "en")) {
      Page page = loggedIn("zhang.wei", language);
      page.navigate("/triage?open=" + gravest);
      Locator pane = page.locator("#detail");
      for (String key : List.of("e", "d", "c", "n")) {
        page.keyboard().press(key);
        Locator form = page.locator("details.drop[open] > form");
        assertThat(form).isVisible();

        assertThat(form.boundingBox().x).as(key).isGreaterThan(pane.boundingBox().x);
        assertThat(form.boundingBox().x + form.boundingBox().width)
            .as("%s in %s", key, language)
            .isLessThan(pane.boundingBox().x + pane.boundingBox().width);
        assertThat(Accessibility.graveFindings(page)).as(key).isEmpty();
        page.keyboard().press("Escape");
        assertThat(form).hasCount(0);
      }
      page.keyboard().press("?");
      assertThat(page.locator("dialog#keys")).isVisible();
      assertThat(Accessibility.graveFindings(page)).isEmpty();
      page.context().close();
    }
  }

  @Test
  void movesNothingForWhoWantsNoMotion() {
    Page page = loggedIn("zhang.wei", "en");
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.navigate("/triage");

    Object animation =
        page.evaluate(
            "() => { const row = document.querySelector('.queue a'); row.classList.add('arrived');"
                + " return getComputedStyle(row).animationName; }");

    assertThat(animation).isEqualTo("none");
    page.context().close();
  }

  @Test
  void leavesTheClockOutOfASearchUnlessAsked() {
    Page page = loggedIn("sun.li", "en");
    page.navigate("/search?q=gov.source.id:test/clock");
    assertThat(page.locator(".hits tbody tr")).hasCount(0);

    page.check("input[name=ticks]");
    page.click(".searchbox button");

    assertThat(page.locator(".hits tbody tr")).hasCount(1);
    assertThat(page).hasURL(java.util.regex.Pattern.compile(".*ticks=true.*"));
    page.context().close();
  }

  @Test
  void narrowsASearchByDraggingOverItsBars() {
    Page page = loggedIn("sun.li", "zh-CN");
    page.navigate("/search?span=7d");
    var area = page.locator("cw-brush .area").boundingBox();
    page.mouse().move(area.x + area.width * 0.25, area.y + 10);
    page.mouse().down();
    page.mouse().move(area.x + area.width * 0.75, area.y + 20);
    page.mouse().up();

    assertThat(page.locator("input[name=from]"))
        .hasValue(java.util.regex.Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"));
    String shown = page.locator(".card > header time").first().innerText();
    assertThat(page.locator("input[name=from]")).hasValue(shown);
    page.context().close();
  }

  @Test
  void explainsWhatIsWrongWithAQueryOrATimeInChinese() {
    Page page = loggedIn("sun.li", "zh-CN");
    page.navigate("/search?q=usr.name:zhang");
    assertThat(page.locator(".queryerror")).containsText("是否指");
    assertThat(page.locator(".queryerror")).containsText("user.name");
    assertThat(page.locator(".queryerror [lang=en]")).hasCount(0);

    page.navigate("/search?from=yesterday");
    assertThat(page.locator(".queryerror")).containsText("时间范围无法理解");
    assertThat(page.locator("input[name=from]")).hasValue("yesterday");
    page.context().close();
  }

  @Test
  void answersWhatDoesNotExistWithThePageForIt() {
    Page page = loggedIn("sun.li", "zh-CN");

    assertThat(page.navigate("/events/999999999").status()).isEqualTo(404);
    assertThat(page.locator("main")).containsText("AUD-0017");
    assertThat(page.navigate("/incidents/INC-20261122-9999").status()).isEqualTo(404);
    assertThat(page.navigate("/incidents/nonsense").status()).isEqualTo(400);
    assertThat(page.navigate("/nowhere").status()).isEqualTo(403);
    assertThat(page.locator("h1")).hasText("无权访问");
    assertThat(page.navigate("/assets/nowhere.js").status()).isEqualTo(404);
    page.context().close();
  }

  /** Whose pages are looked at. */
  private record Seat(String user, List<String> paths) {}

  private static List<Seat> seats() {
    return List.of("zhang.wei", "sun.li", "zhao.min", "wu.gang").stream()
        .map(user -> new Seat(user, pathsOf(user)))
        .toList();
  }

  private static List<String> pathsOf(String user) {
    List<String> paths = new ArrayList<>(List.of("/", "/sources", "/health", "/password"));
    if (user.equals("zhao.min")) {
      paths.addAll(List.of("/audit", "/admin/accounts", "/admin/accounts/wu.gang"));
      paths.addAll(List.of("/admin/accounts/zhao.min", "/retention"));
    } else if (user.equals("sun.li")) {
      paths.addAll(List.of("/triage?open=" + gravest, "/incidents/" + gravest, "/audit"));
      paths.add("/retention");
    } else if (user.equals("zhang.wei")) {
      long last = console.log().size() - 1;
      paths.addAll(
          List.of(
              "/triage",
              "/triage?state=dismissed",
              "/triage?open=" + gravest,
              "/incidents",
              "/incidents?state=dismissed",
              "/incidents/" + gravest,
              "/search",
              "/search?span=7d&field=gov.department.name",
              "/search?q=user.name:nobody",
              "/search?q=user.name:(a+OR",
              "/search?from=yesterday",
              "/search?q=tags:endless&span=1h",
              "/events/0",
              "/events/" + last,
              "/exposure",
              "/exposure?by=table&days=90",
              "/exposure/subject",
              "/audit"));
    }
    return paths;
  }

  private static Page loggedIn(String user, String language) {
    Page page = chromium.page(console.address(), language, true);
    page.navigate("/login");
    page.fill("#username", user);
    page.fill("#password", PASSWORD);
    page.click("main button.primary");
    assertThat(page.locator("nav.side")).isVisible();
    return page;
  }

  /** Elements that stick out of the window. */
  private static List<?> overflow(Page page) {
    return (List<?>)
        page.evaluate(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? []
              : [...document.querySelectorAll('body *')]
                .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
                .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)
            """);
  }

  /** Addresses of this console that the page links to, one of each kind of address. */
  private static List<String> linksOf(Page page) {
    List<?> found =
        (List<?>)
            page.evaluate(
                """
                () => [...document.querySelectorAll('a[href]')]
                  .map((a) => new URL(a.getAttribute('href'), location))
                  .filter((url) => url.origin === location.origin)
                  .map((url) => url.pathname + url.search)
                """);
    Set<String> kinds = new LinkedHashSet<>();
    List<String> links = new ArrayList<>();
    for (Object link : found) {
      String kind = link.toString().replaceAll("=[^&]*", "=").replaceAll("\\d+", "0");
      if (kinds.add(kind)) {
        links.add(link.toString());
      }
    }
    return links;
  }

  /** A record that no page can break into lines at a blank. */
  private static Entry endless() {
    String word = "x".repeat(2_000);
    Instant now = Instant.now();
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("test/" + "s".repeat(200), 1, 1), now, now)
            .put(Field.TAGS, List.of("endless", word))
            .put(Field.USER_NAME, "u" + word)
            .put(Field.HOST_NAME, "h" + word)
            .put(Field.EVENT_ACTION, "a" + word)
            .put(Field.EVENT_OUTCOME, "failure")
            .put(Field.MESSAGE, "m" + word)
            .put(Field.EVENT_ORIGINAL, word.getBytes(StandardCharsets.UTF_8))
            .build());
  }

  private static Entry tick() {
    Instant now = Instant.now();
    return new Entry(
        EntryKind.TICK,
        Event.builder(new SourcePosition("test/clock", 1, 1), now, now)
            .put(Field.EVENT_ACTION, "tick")
            .build());
  }
}

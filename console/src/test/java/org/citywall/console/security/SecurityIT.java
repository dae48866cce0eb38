// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.console.Actor;
import org.citywall.console.account.AccountOrder;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.Role;
import org.citywall.console.config.ConsoleApplication;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.config.WebListener;
import org.citywall.console.framework.OwnFrameworks;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.Browser;
import org.citywall.console.testing.EmptyIndex;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityIT {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'";
  private static final String NEW_PASSWORD = "Correct-Horse-77-Battery";

  private ConsoleApplication console;
  private String oneTime;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    console =
        ConsoleApplication.start(
            new ConsoleRuntime(
                folder,
                WebListener.loopback(0),
                new StateDatabase.Embedded(folder.resolve("state")),
                new MemoryLog(),
                new EmptyIndex(),
                null,
                Clock.systemUTC(),
                ConsoleRuntime.CHINA,
                Map.of()));
    oneTime = console.firstPassword().orElseThrow().reveal();
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser(console.address());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/triage",
        "/incidents",
        "/incidents/INC-20261122-0001",
        "/search",
        "/search.csv",
        "/exposure",
        "/exposure.csv",
        "/exposure.json",
        "/exposure/subject",
        "/events/0",
        "/live",
        "/sources",
        "/health",
        "/audit",
        "/retention",
        "/admin/accounts",
        "/admin/accounts/admin",
        "/password",
        "/actuator",
        "/actuator/health",
        "/no-such-page",
        "/assets/../triage",
        "/watermark.svg"
      })
  void sendsWhoIsNotLoggedInAwayFrom(String path) {
    HttpResponse<String> answer = browser.get(path);

    assertThat(answer.statusCode()).isIn(302, 400);
    assertThat(answer.headers().firstValue("Location").orElse("/login")).endsWith("/login");
    assertThat(browser.cookie("CITYWALL")).isEmpty();
  }

  @Test
  void answersBackgroundRequestsOfWhoIsNotLoggedInWithoutAPage() {
    HttpResponse<String> htmx = browser.get("/triage/rows", "HX-Request", "true");
    HttpResponse<String> stream = browser.get("/live", "HX-Request", "true");

    assertThat(htmx.statusCode()).isEqualTo(401);
    assertThat(htmx.headers().firstValue("HX-Redirect")).hasValue("/login");
    assertThat(stream.statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/", "/assets/citywall.css", "/no-such-page"})
  void sendsTheStrictPolicyWith(String path) {
    HttpResponse<String> answer = browser.get(path);

    assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue(POLICY);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
  }

  @Test
  void refusesFormsWithoutToken() {
    HttpResponse<String> answer =
        browser.postWithoutToken("/login", Map.of("username", "admin", "password", oneTime));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(browser.cookie("CITYWALL")).isEmpty();
  }

  @Test
  void letsNobodyPastTheChangeOfAGivenPassword() {
    String given = officer("fresh");
    browser.logIn("fresh", given);

    HttpResponse<String> triage = browser.get("/triage");
    HttpResponse<String> post = browser.post("/incidents/INC-20261122-0001/take", Map.of());

    assertThat(triage.statusCode()).isEqualTo(302);
    assertThat(triage.headers().firstValue("Location").orElse("")).endsWith("/password");
    assertThat(post.headers().firstValue("Location").orElse("")).endsWith("/password");
  }

  @Test
  void setsCookiesThatScriptsAndOtherSitesCannotUse() {
    String given = officer("cookie");

    HttpResponse<String> answer = browser.logIn("cookie", given);

    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("CITYWALL=")
                    .contains("HttpOnly")
                    .containsIgnoringCase("SameSite=Strict"));
  }

  @Test
  void givesASessionANewIdAtLogIn() {
    String given = officer("fixed");
    browser.logIn("fixed", given);
    String first = browser.cookie("CITYWALL");

    browser.logIn("fixed", given);

    assertThat(browser.cookie("CITYWALL")).isNotEqualTo(first);
  }

  @Test
  void refusesAWrongPasswordWithItsCode() {
    officer("wrong");

    HttpResponse<String> answer = browser.logIn("wrong", "not the password");

    assertThat(answer.headers().firstValue("Location").orElse(""))
        .endsWith("/login?error=CON-0010");
  }

  @Test
  void answersALockedAccountLikeOneThatDoesNotExist() {
    String given = officer("guessed");
    for (int i = 0; i < 5; i++) {
      browser.logIn("guessed", "not the password");
    }

    HttpResponse<String> locked = browser.logIn("guessed", given);
    HttpResponse<String> unknown = browser.logIn("nobody", given);

    assertThat(locked.statusCode()).isEqualTo(unknown.statusCode());
    assertThat(locked.headers().firstValue("Location").orElse(""))
        .endsWith("/login?error=CON-0010")
        .isEqualTo(unknown.headers().firstValue("Location").orElse(""));
    assertThat(console.service(Accounts.class).find("guessed").orElseThrow().lockedUntil())
        .isNotNull();
  }

  @Test
  void endsASessionWhosePasswordWasChangedElsewhere() {
    String given = officer("twice");
    browser.logIn("twice", given);
    Accounts accounts = console.service(Accounts.class);
    accounts.changePassword(
        new Actor("twice", "127.0.0.1"), Sensitive.of(given), Sensitive.of(NEW_PASSWORD));

    HttpResponse<String> answer = browser.get("/triage");

    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
  }

  @Test
  void deniesByRole() {
    String given = account("auditor", Role.AUDITOR);
    changePassword("auditor", given);
    browser.logIn("auditor", NEW_PASSWORD);

    HttpResponse<String> decision = browser.post("/incidents/INC-20261122-0001/take", Map.of());
    HttpResponse<String> evidence =
        browser.post("/incidents/INC-20261122-0001/evidence", Map.of("reason", "case 12"));
    HttpResponse<String> unnamed = browser.get("/actuator/env");

    assertThat(decision.statusCode()).isEqualTo(403);
    assertThat(evidence.statusCode()).isEqualTo(400);
    assertThat(unnamed.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
  void keepsAccountsFromWhoDoesNotAdministerThem(Role role) {
    String name = "seat-" + role.name().toLowerCase(Locale.ROOT);
    changePassword(name, account(name, role));
    browser.logIn(name, NEW_PASSWORD);

    HttpResponse<String> list = browser.get("/admin/accounts");
    HttpResponse<String> create =
        browser.post(
            "/admin/accounts", Map.of("name", "x-" + name, "displayName", "x", "roles", "ADMIN"));
    HttpResponse<String> reset =
        browser.post("/admin/accounts/admin/reset", Map.of("version", "1"));

    assertThat(list.statusCode()).isEqualTo(403);
    assertThat(create.statusCode()).isEqualTo(403);
    assertThat(reset.statusCode()).isEqualTo(403);
    assertThat(console.service(Accounts.class).find("x-" + name)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void letsOnlyWhoProposesOrApprovesGiveOrdersAboutRetention(Role role) {
    String name = "keeper-" + role.name().toLowerCase(Locale.ROOT);
    changePassword(name, account(name, role));
    browser.logIn(name, NEW_PASSWORD);
    boolean orders = Set.of(Role.ADMIN, Role.CHIEF).contains(role);
    boolean reads = orders || role == Role.AUDITOR;

    for (String act : List.of("hold", "lift", "propose", "withdraw", "approve", "destroy")) {
      HttpResponse<String> answer = browser.post("/retention/" + act, Map.of("leaf", "1"));
      HttpResponse<String> forged =
          browser.postWithoutToken("/retention/" + act, Map.of("leaf", "1"));

      assertThat(answer.statusCode()).as(act).isEqualTo(orders ? 302 : 403);
      assertThat(forged.statusCode()).as(act).isEqualTo(403);
    }
    assertThat(browser.get("/retention").statusCode()).isEqualTo(reads ? 200 : 403);
    assertThat(browser.get("/retention/hold").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void letsOnlyOfficersWriteFrameworks(Role role) {
    String name = "writer-" + role.name().toLowerCase(Locale.ROOT);
    changePassword(name, account(name, role));
    browser.logIn(name, NEW_PASSWORD);
    boolean writes = Set.of(Role.OFFICER, Role.CHIEF).contains(role);
    boolean reads = writes || role == Role.AUDITOR;
    String own = "own-" + role.name().toLowerCase(Locale.ROOT);
    String copy = "/compliance/frameworks/extranet-template/copy";

    HttpResponse<String> forged = browser.postWithoutToken(copy, Map.of("id", own, "zh", "甲"));
    HttpResponse<String> made = browser.post(copy, Map.of("id", own, "zh", "甲"));
    HttpResponse<String> published =
        browser.post("/compliance/frameworks/" + own + "/draft/publish", Map.of("seen", "1"));

    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(made.statusCode()).isEqualTo(writes ? 302 : 403);
    assertThat(published.statusCode()).isEqualTo(writes ? 302 : 403);
    OwnFrameworks frameworks = console.service(OwnFrameworks.class);
    assertThat(frameworks.find(own).isPresent()).isEqualTo(writes);
    assertThat(frameworks.catalogues().find(own)).isEmpty();
    assertThat(browser.get("/compliance/frameworks").statusCode()).isEqualTo(reads ? 200 : 403);
  }

  @Test
  void keepsIncidentsAndEventsFromWhoAdministersAccounts() {
    changePassword("sys", account("sys", Role.ADMIN));
    browser.logIn("sys", NEW_PASSWORD);

    assertThat(browser.get("/admin/accounts").statusCode()).isEqualTo(200);
    for (String path :
        List.of(
            "/triage",
            "/incidents",
            "/search",
            "/events/0",
            "/live",
            "/exposure",
            "/exposure.csv",
            "/exposure/subject")) {
      assertThat(browser.get(path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(
            browser
                .post("/exposure/subject", Map.of("subject", "11010519491231002X", "reason", "why"))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            browser
                .post("/incidents/INC-20261122-0001/evidence", Map.of("reason", "case 12"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void endsTheSessionsOfAnAccountThatIsClosed() {
    String given = officer("closing");
    changePassword("closing", given);
    browser.logIn("closing", NEW_PASSWORD);
    assertThat(browser.get("/triage").statusCode()).isEqualTo(200);
    Accounts accounts = console.service(Accounts.class);
    Actor other = new Actor("other", "127.0.0.1");

    long version = accounts.find("closing").orElseThrow().credentialVersion();
    accounts.close(other, new AccountOrder("closing", version, ""));
    accounts.reopen(other, new AccountOrder("closing", version + 1, ""));

    assertThat(browser.get("/triage").headers().firstValue("Location").orElse(""))
        .endsWith("/login");
  }

  @Test
  void endsTheSessionAtLogOut() {
    String given = officer("leaver");
    changePassword("leaver", given);
    browser.logIn("leaver", NEW_PASSWORD);

    HttpResponse<String> answer = browser.post("/logout", Map.of());
    HttpResponse<String> after = browser.get("/triage");

    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login?done");
    assertThat(after.headers().firstValue("Location").orElse("")).endsWith("/login");
  }

  private String officer(String name) {
    return account(name, Role.OFFICER);
  }

  private String account(String name, Role role) {
    return console
        .service(Accounts.class)
        .create(new Actor("admin", "127.0.0.1"), name, name, Set.of(role))
        .reveal();
  }

  private void changePassword(String name, String given) {
    console
        .service(Accounts.class)
        .changePassword(
            new Actor(name, "127.0.0.1"), Sensitive.of(given), Sensitive.of(NEW_PASSWORD));
  }
}

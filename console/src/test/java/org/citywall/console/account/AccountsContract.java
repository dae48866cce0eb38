// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What accounts do, whichever database keeps them. */
abstract class AccountsContract {

  private static final String ADDRESS = "10.0.0.5";
  private static final Actor ADMIN = new Actor("admin", ADDRESS);
  private static final Actor LI = new Actor("li", ADDRESS);
  private static final Sensitive<String> WRONG = Sensitive.of("Not-The-Password-1");
  private static final Sensitive<String> CHOSEN = Sensitive.of("Correct-Horse-77-Battery");

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-11-22T06:00:00Z");
  private final Random random = new Random(7);
  private StateDatabase database;
  private ConsoleFixture console;
  private Accounts accounts;

  /** A database without anything in it. */
  abstract StateDatabase emptyDatabase();

  @BeforeEach
  void start() {
    database = emptyDatabase();
    open();
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void createsTheFirstAdministratorOnce() {
    Sensitive<String> password = accounts.createFirstAdministrator("admin").orElseThrow();
    accounts.firstPasswordTold();

    assertThat(accounts.createFirstAdministrator("admin")).isEmpty();
    assertThat(password.reveal()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(accounts.logIn("admin", password, ADDRESS))
        .isInstanceOfSatisfying(
            LogIn.Granted.class,
            granted -> {
              assertThat(granted.account().mustChangePassword()).isTrue();
              assertThat(granted.account().roles()).contains(Role.ADMIN);
            });
  }

  @Test
  void givesTheFirstAdministratorAnotherPasswordWhereNobodyWasToldTheFirst() {
    Sensitive<String> lost = accounts.createFirstAdministrator("admin").orElseThrow();
    console.close();
    open();

    Sensitive<String> password = accounts.createFirstAdministrator("admin").orElseThrow();
    accounts.firstPasswordTold();

    assertThat(accounts.list()).hasSize(1);
    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("admin", lost, ADDRESS));
    assertThat(accounts.logIn("admin", password, ADDRESS))
        .isInstanceOfSatisfying(
            LogIn.Granted.class,
            granted -> assertThat(granted.account().mustChangePassword()).isTrue());
    assertThat(actions()).containsOnlyOnce("console-one-time-password-renewed");
    assertThat(accounts.createFirstAdministrator("admin")).isEmpty();
  }

  @Test
  void locksAnAccountAfterFiveFailuresForFifteenMinutes() {
    Sensitive<String> password = officer();
    fail("li", 5);

    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("li", password, "10.9.9.9"));
    clock.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("li", password, ADDRESS));
    clock.advance(Duration.ofSeconds(1));

    assertThat(accounts.logIn("li", password, ADDRESS)).isInstanceOf(LogIn.Granted.class);
    assertThat(actions()).contains("console-account-locked");
    assertThat(reasons()).containsSubsequence("wrong-password", "locked-out", "locked-out");
  }

  @Test
  void remembersALockOverARestart() {
    Sensitive<String> password = officer();
    fail("li", 5);
    console.close();

    open();

    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("li", password, "10.9.9.9"));
    assertThat(reasons()).endsWith("locked-out");
  }

  @Test
  void answersAnUnknownAWrongALockedAndAClosedAccountAlike() {
    officer();
    accounts.create(ADMIN, "wu", "吴", Set.of(Role.OFFICER));
    accounts.close(ADMIN, order("wu"));

    LockOutPolicy strict =
        new LockOutPolicy(2, 4, Duration.ofMinutes(15), Duration.ofMinutes(15), 60, 10);
    accounts = new StoredAccounts(console.changes, strict, clock, new Random(7));

    for (int i = 0; i < 4; i++) {
      // One address for each name, or the limit of a shared one would answer instead.
      LogIn unknown = accounts.logIn("nobody", WRONG, "10.1.0.1");

      assertRefused(
          i < 3 ? ConsoleErrorCode.LOG_IN_REFUSED : ConsoleErrorCode.ADDRESS_LOCKED, unknown);
      assertThat(accounts.logIn("li", WRONG, "10.1.0.2")).isEqualTo(unknown);
      assertThat(accounts.logIn("wu", WRONG, "10.1.0.3")).isEqualTo(unknown);
    }
  }

  @Test
  void forgivesFailuresAfterASuccessAndAfterTheWindow() {
    Sensitive<String> password = officer();
    fail("li", 4);
    accounts.logIn("li", password, ADDRESS);
    fail("li", 4);
    clock.advance(Duration.ofMinutes(16));
    fail("li", 4);

    assertThat(accounts.logIn("li", password, ADDRESS)).isInstanceOf(LogIn.Granted.class);
  }

  @Test
  void endsALockWhenAnAdministratorUnlocks() {
    Sensitive<String> password = officer();
    fail("li", 5);

    accounts.unlock(ADMIN, order("li"));

    assertThat(accounts.logIn("li", password, ADDRESS)).isInstanceOf(LogIn.Granted.class);
    assertThat(actions()).contains("console-account-unlocked");
  }

  @Test
  void locksAnAddressThatTriesManyNames() {
    Sensitive<String> password = officer();
    for (int i = 0; i < 20; i++) {
      accounts.logIn("guess" + i, WRONG, ADDRESS);
    }

    assertRefused(ConsoleErrorCode.ADDRESS_LOCKED, accounts.logIn("li", password, ADDRESS));
    assertThat(accounts.logIn("li", password, "10.9.9.9")).isInstanceOf(LogIn.Granted.class);
    assertThat(actions()).contains("console-address-locked");
  }

  @Test
  void recordsLogInsButNeverWhatWasTyped() {
    Sensitive<String> password = officer();
    accounts.logIn("My-Secret-In-The-Wrong-Field", WRONG, ADDRESS);
    accounts.logIn("li", WRONG, ADDRESS);
    accounts.logIn("LI ", password, ADDRESS);
    accounts.logOut(LI);

    StringBuilder everything = new StringBuilder();
    entries().forEach(entry -> entry.forEach((field, value) -> everything.append(value)));
    assertThat(everything.toString())
        .doesNotContainIgnoringCase("My-Secret")
        .doesNotContain(WRONG.reveal())
        .doesNotContain(password.reveal());
    assertThat(actions())
        .endsWith("console-log-in", "console-log-in", "console-log-in", "console-log-out");
    Event success = entries().get(entries().size() - 2);
    assertThat(success.text(Field.EVENT_OUTCOME)).isEqualTo("success");
    assertThat(success.text(Field.USER_NAME)).isEqualTo("li");
    assertThat(success.text(Field.SOURCE_IP)).isEqualTo(ADDRESS);
  }

  @Test
  void changesThePasswordAndEndsOtherSessions() {
    Sensitive<String> given = officer();

    PasswordChange change = accounts.changePassword(LI, given, CHOSEN);

    assertThat(change)
        .isInstanceOfSatisfying(
            PasswordChange.Changed.class,
            changed -> {
              assertThat(changed.account().mustChangePassword()).isFalse();
              assertThat(changed.account().credentialVersion()).isEqualTo(2);
            });
    assertThat(accounts.logIn("li", CHOSEN, ADDRESS)).isInstanceOf(LogIn.Granted.class);
    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("li", given, ADDRESS));
  }

  @Test
  void refusesAChangeWithTheWrongCurrentPasswordAndCountsIt() {
    officer();
    for (int i = 0; i < 4; i++) {
      assertThat(accounts.changePassword(LI, WRONG, CHOSEN))
          .isEqualTo(new PasswordChange.Refused(ConsoleErrorCode.PASSWORD_WRONG, Duration.ZERO));
    }

    assertThat(accounts.changePassword(LI, WRONG, CHOSEN))
        .isEqualTo(new PasswordChange.Refused(ConsoleErrorCode.LOCKED_OUT, Duration.ofMinutes(15)));
  }

  @Test
  void saysEverythingThatIsWrongWithANewPassword() {
    Sensitive<String> given = officer();

    assertThat(accounts.changePassword(LI, given, given))
        .isEqualTo(new PasswordChange.Unfit(Set.of(PasswordProblem.UNCHANGED)));
    assertThat(accounts.changePassword(LI, given, Sensitive.of("abc")))
        .isEqualTo(
            new PasswordChange.Unfit(
                Set.of(PasswordProblem.TOO_SHORT, PasswordProblem.TOO_SIMPLE)));
  }

  @Test
  void refusesNamesThatAreTakenOrMalformed() {
    officer();

    assertCode(ConsoleErrorCode.ACCOUNT_EXISTS, "LI");
    assertCode(ConsoleErrorCode.ACCOUNT_INVALID, "a b");
    assertCode(ConsoleErrorCode.ACCOUNT_INVALID, "x\ny");
    assertCode(ConsoleErrorCode.ACCOUNT_INVALID, "");
  }

  @Test
  void keepsTheDutiesOfTheThreeAdministratorsApart() {
    officer();

    assertThatThrownBy(() -> accounts.create(ADMIN, "wu", "吴", Set.of(Role.ADMIN, Role.AUDITOR)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.ROLES_CONFLICT));
    assertRefused(
        ConsoleErrorCode.ROLES_CONFLICT,
        () -> accounts.changeRoles(ADMIN, order("li"), Set.of(Role.OFFICER, Role.ADMIN)));
    assertThat(
            accounts
                .changeRoles(ADMIN, order("li"), Set.of(Role.OFFICER, Role.CHIEF, Role.DBA))
                .roles())
        .containsExactlyInAnyOrder(Role.OFFICER, Role.CHIEF, Role.DBA);
  }

  @Test
  void recordsRolesBeforeAndAfterAndEndsSessions() {
    officer();
    long version = accounts.find("li").orElseThrow().credentialVersion();

    Account changed =
        accounts.changeRoles(
            ADMIN, new AccountOrder("li", version, " request 17 "), Set.of(Role.AUDITOR));

    assertThat(changed.credentialVersion()).isGreaterThan(version);
    Event entry = entries().getLast();
    assertThat(entry.text(Field.EVENT_ACTION)).isEqualTo("console-roles-changed");
    assertThat(entry.text(Field.USER_NAME)).isEqualTo("admin");
    assertThat(entry.text(Field.USER_TARGET_NAME)).isEqualTo("li");
    assertThat(entry.texts(Field.USER_ROLES)).containsExactly("AUDITOR");
    assertThat(entry.text(Field.EVENT_REASON)).isEqualTo("before: OFFICER");
    assertThat(entry.text(Field.GOV_NOTE)).isEqualTo("request 17");
  }

  @Test
  void closesAnAccountAndOpensItAgainWithoutRevivingItsSessions() {
    Sensitive<String> password = officer();
    long version = accounts.find("li").orElseThrow().credentialVersion();

    accounts.close(ADMIN, order("li"));
    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("li", password, ADDRESS));
    Account open = accounts.reopen(ADMIN, order("li"));

    assertThat(open.credentialVersion()).isGreaterThan(version);
    assertThat(accounts.logIn("li", password, ADDRESS)).isInstanceOf(LogIn.Granted.class);
    assertThat(actions()).contains("console-account-closed", "console-account-reopened");
  }

  @Test
  void resetsAPasswordToAnotherOneThatMustBeChanged() {
    Sensitive<String> given = officer();
    accounts.changePassword(LI, given, CHOSEN);
    fail("li", 5);

    Sensitive<String> reset = accounts.resetPassword(ADMIN, order("li"));

    assertRefused(ConsoleErrorCode.LOG_IN_REFUSED, accounts.logIn("li", CHOSEN, ADDRESS));
    assertThat(accounts.logIn("li", reset, ADDRESS))
        .isInstanceOfSatisfying(
            LogIn.Granted.class,
            granted -> assertThat(granted.account().mustChangePassword()).isTrue());
    assertThat(actions()).contains("console-password-reset");
    assertThat(reset.reveal()).isNotEqualTo(given.reveal());
  }

  @Test
  void letsNobodyAdministerTheirOwnAccountButGiveUpRoles() {
    accounts.createFirstAdministrator("admin");
    accounts.create(ADMIN, "sun", "孙", Set.of(Role.ADMIN));
    Actor sun = new Actor("sun", ADDRESS);

    assertRefused(ConsoleErrorCode.ACCOUNT_OWN, () -> accounts.close(sun, order("sun")));
    assertRefused(ConsoleErrorCode.ACCOUNT_OWN, () -> accounts.resetPassword(sun, order("sun")));
    assertRefused(ConsoleErrorCode.ACCOUNT_OWN, () -> accounts.unlock(sun, order("sun")));
    assertRefused(
        ConsoleErrorCode.ACCOUNT_OWN,
        () -> accounts.changeRoles(sun, order("sun"), Set.of(Role.AUDITOR)));

    assertThat(accounts.changeRoles(ADMIN, order("admin"), Set.of(Role.ADMIN)).roles())
        .containsExactly(Role.ADMIN);
  }

  @Test
  void keepsTheLastAdministrator() {
    accounts.createFirstAdministrator("admin");
    accounts.create(ADMIN, "sun", "孙", Set.of(Role.ADMIN));
    Actor sun = new Actor("sun", ADDRESS);

    accounts.close(sun, order("admin"));

    assertRefused(ConsoleErrorCode.LAST_ADMINISTRATOR, () -> accounts.close(ADMIN, order("sun")));
    assertRefused(
        ConsoleErrorCode.LAST_ADMINISTRATOR,
        () -> accounts.changeRoles(ADMIN, order("sun"), Set.of(Role.OFFICER)));
  }

  @Test
  void tellsTheSecondOfTwoAdministratorsThatTheAccountChanged() {
    officer();
    AccountOrder seen = order("li");
    accounts.changeRoles(ADMIN, seen, Set.of(Role.CHIEF));

    assertRefused(ConsoleErrorCode.ACCOUNT_CHANGED, () -> accounts.close(ADMIN, seen));
    assertRefused(
        ConsoleErrorCode.ACCOUNT_UNKNOWN,
        () -> accounts.close(ADMIN, new AccountOrder("nobody", 1, "")));
  }

  @Test
  void letsNobodyInWhileTheLogRefuses() {
    Sensitive<String> password = officer();
    log.refuseAppends(true);

    for (ConsoleErrorCode code :
        List.of(ConsoleErrorCode.LOG_PENDING, ConsoleErrorCode.LOG_REFUSED)) {
      assertThatThrownBy(() -> accounts.logIn("li", password, ADDRESS))
          .isInstanceOfSatisfying(
              PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
  }

  private void open() {
    console = ConsoleFixture.start(database, log, clock);
    accounts = new StoredAccounts(console.changes, LockOutPolicy.STANDARD, clock, random);
  }

  private Sensitive<String> officer() {
    return accounts.create(ADMIN, "li", "李敏", Set.of(Role.OFFICER));
  }

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      accounts.logIn(name, WRONG, ADDRESS);
    }
  }

  private void assertCode(ConsoleErrorCode code, String name) {
    assertThatThrownBy(() -> accounts.create(ADMIN, name, "name", Set.of(Role.OFFICER)))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private AccountOrder order(String name) {
    return new AccountOrder(name, accounts.find(name).orElseThrow().credentialVersion(), "");
  }

  private static void assertRefused(ConsoleErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void assertRefused(ConsoleErrorCode code, LogIn answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            LogIn.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private List<Event> entries() {
    return ConsoleFixture.entries(log).stream().map(LoggedEntry::event).toList();
  }

  private List<String> actions() {
    return entries().stream().map(event -> event.text(Field.EVENT_ACTION)).toList();
  }

  private List<String> reasons() {
    return entries().stream()
        .map(event -> event.text(Field.EVENT_REASON))
        .filter(Objects::nonNull)
        .toList();
  }
}

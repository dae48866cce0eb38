// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;

/** Accounts in the state database. */
public final class StoredAccounts implements Accounts {

  /** One person starts alone; further accounts take these roles apart (three administrators). */
  private static final Set<Role> FIRST_ROLES =
      EnumSet.of(Role.ADMIN, Role.OFFICER, Role.CHIEF, Role.DBA, Role.AUDITOR);

  private final StateChanges changes;
  private final PasswordHashes hashes = new PasswordHashes();
  private final OneTimePasswords oneTime;
  private final LogInRules rules;
  private final AccountAdministration administration;

  /** {@code random} must be fit for secrets, for example a SecureRandom. */
  public StoredAccounts(
      StateChanges changes, LockOutPolicy policy, Clock clock, RandomGenerator random) {
    this.changes = changes;
    this.oneTime = new OneTimePasswords(random);
    this.rules = new LogInRules(changes, hashes, policy, clock);
    this.administration = new AccountAdministration(changes, hashes, oneTime);
  }

  @Override
  public Optional<Sensitive<String>> createFirstAdministrator(String name) {
    boolean none = changes.store().read(AccountRow::none);
    if (!none && changes.store().read(UntoldPassword::account).isEmpty()) {
      return Optional.empty();
    }
    Sensitive<String> password = oneTime.next();
    String hash = hashes.hash(password);
    boolean valid =
        changes.change(
            journal -> {
              if (AccountRow.none(journal.jdbc())) {
                Account account = AccountAdministration.account(name, name, FIRST_ROLES);
                AccountRow.insert(journal.jdbc(), account, hash, journal.now());
                UntoldPassword.note(journal.jdbc(), account.name());
                AccountEntries.created(journal, Actor.SYSTEM, account);
                return true;
              }
              Optional<String> untold = UntoldPassword.account(journal.jdbc());
              untold.ifPresent(account -> renew(journal, account, hash));
              return untold.isPresent();
            });
    return valid ? Optional.of(password) : Optional.empty();
  }

  private static void renew(Journal journal, String account, String hash) {
    AccountRow.replacePassword(journal.jdbc(), account, hash, true);
    AccountEntries.oneTimePasswordRenewed(journal, account);
  }

  @Override
  public void firstPasswordTold() {
    changes
        .store()
        .inTransaction(
            jdbc -> {
              UntoldPassword.forget(jdbc);
              return true;
            });
  }

  @Override
  public Sensitive<String> create(Actor actor, String name, String displayName, Set<Role> roles) {
    return administration.create(actor, name, displayName, roles);
  }

  @Override
  public Optional<Account> find(String name) {
    return changes
        .store()
        .read(
            jdbc ->
                AccountRow.find(jdbc, AccountAdministration.normal(name)).map(AccountRow::account));
  }

  @Override
  public List<Account> list() {
    return changes.store().read(AccountRow::all);
  }

  @Override
  public LogIn logIn(String name, Sensitive<String> password, String address) {
    return rules.logIn(AccountAdministration.normal(name), password, address);
  }

  @Override
  public void logOut(Actor actor) {
    changes.change(
        journal -> {
          AccountEntries.loggedOut(journal, actor);
          return actor;
        });
  }

  @Override
  public PasswordChange changePassword(
      Actor actor, Sensitive<String> current, Sensitive<String> replacement) {
    LogIn proof = rules.confirm(actor, current);
    if (proof instanceof LogIn.Refused refused) {
      return new PasswordChange.Refused(refused.code(), refused.retryAfter());
    }
    Set<PasswordProblem> problems = PasswordPolicy.problems(actor.user(), replacement.reveal());
    if (replacement.reveal().equals(current.reveal())) {
      problems.add(PasswordProblem.UNCHANGED);
    }
    if (!problems.isEmpty()) {
      return new PasswordChange.Unfit(problems);
    }
    String hash = hashes.hash(replacement);
    changes.change(
        journal -> {
          AccountRow.replacePassword(journal.jdbc(), actor.user(), hash, false);
          AccountEntries.passwordChanged(journal, actor);
          return actor;
        });
    return new PasswordChange.Changed(require(actor.user()));
  }

  @Override
  public Account changeRoles(Actor actor, AccountOrder order, Set<Role> roles) {
    return administration.changeRoles(actor, order, roles);
  }

  @Override
  public Account close(Actor actor, AccountOrder order) {
    return administration.close(actor, order);
  }

  @Override
  public Account reopen(Actor actor, AccountOrder order) {
    return administration.reopen(actor, order);
  }

  @Override
  public Sensitive<String> resetPassword(Actor actor, AccountOrder order) {
    return administration.resetPassword(actor, order);
  }

  @Override
  public Account unlock(Actor actor, AccountOrder order) {
    return administration.unlock(actor, order);
  }

  private Account require(String name) {
    return find(name)
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.ACCOUNT_UNKNOWN, "no account"));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;

/** Accounts in the state database. */
public final class StoredAccounts implements Accounts {

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

  /** One person starts alone; further accounts take these roles apart (three administrators). */
  private static final Set<Role> FIRST_ROLES =
      EnumSet.of(Role.ADMIN, Role.OFFICER, Role.CHIEF, Role.DBA, Role.AUDITOR);

  private final StateChanges changes;
  private final PasswordHashes hashes = new PasswordHashes();
  private final OneTimePasswords oneTime;
  private final LogInRules rules;

  /** {@code random} must be fit for secrets, for example a SecureRandom. */
  public StoredAccounts(
      StateChanges changes, LockOutPolicy policy, Clock clock, RandomGenerator random) {
    this.changes = changes;
    this.oneTime = new OneTimePasswords(random);
    this.rules = new LogInRules(changes, hashes, policy, clock);
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
                add(journal, Actor.SYSTEM, account(name, name, FIRST_ROLES), hash);
                UntoldPassword.note(journal.jdbc(), name);
                return true;
              }
              Optional<String> untold = UntoldPassword.account(journal.jdbc());
              untold.ifPresent(account -> renew(journal, account, hash));
              return untold.isPresent();
            });
    return valid ? Optional.of(password) : Optional.empty();
  }

  private static void renew(Journal journal, String account, String hash) {
    AccountRow.renewOneTimePassword(journal.jdbc(), account, hash);
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
    Account account = account(name, displayName, roles);
    Sensitive<String> password = oneTime.next();
    String hash = hashes.hash(password);
    changes.change(
        journal -> {
          if (AccountRow.find(journal.jdbc(), account.name()).isPresent()) {
            throw new PlatformException(ConsoleErrorCode.ACCOUNT_EXISTS, account.name());
          }
          add(journal, actor, account, hash);
          return account;
        });
    return password;
  }

  @Override
  public Optional<Account> find(String name) {
    return changes
        .store()
        .read(jdbc -> AccountRow.find(jdbc, normal(name)).map(AccountRow::account));
  }

  @Override
  public List<Account> list() {
    return changes.store().read(AccountRow::all);
  }

  @Override
  public LogIn logIn(String name, Sensitive<String> password, String address) {
    return rules.logIn(normal(name), password, address);
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
          AccountRow.replacePassword(journal.jdbc(), actor.user(), hash);
          AccountEntries.passwordChanged(journal, actor);
          return actor;
        });
    return new PasswordChange.Changed(require(actor.user()));
  }

  @Override
  public void unlock(Actor actor, String name) {
    Account account = require(name);
    changes.change(
        journal -> {
          AccountRow.countFailure(journal.jdbc(), account.name(), 0, journal.now(), null);
          AccountEntries.unlocked(journal, actor, account.name());
          return account;
        });
  }

  private Account require(String name) {
    return find(name)
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.ACCOUNT_UNKNOWN, "no account"));
  }

  private static void add(Journal journal, Actor actor, Account account, String hash) {
    AccountRow.insert(journal.jdbc(), account, hash, journal.now());
    AccountEntries.created(journal, actor, account);
  }

  private static Account account(String name, String displayName, Set<Role> roles) {
    String normal = normal(name);
    if (!NAME.matcher(normal).matches() || roles.isEmpty() || displayName.length() > 200) {
      throw new PlatformException(
          ConsoleErrorCode.ACCOUNT_INVALID, "name, display name or roles are not acceptable");
    }
    return new Account(normal, displayName, roles, true, false, 1, null, null);
  }

  private static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;

/**
 * What administrators do to accounts, and what even they may not: act on their own account, put two
 * duties into one hand, or leave nobody who administers.
 */
final class AccountAdministration {

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
  private static final int MAX_DISPLAY_NAME = 200;

  private final StateChanges changes;
  private final PasswordHashes hashes;
  private final OneTimePasswords oneTime;

  AccountAdministration(StateChanges changes, PasswordHashes hashes, OneTimePasswords oneTime) {
    this.changes = changes;
    this.hashes = hashes;
    this.oneTime = oneTime;
  }

  Sensitive<String> create(Actor actor, String name, String displayName, Set<Role> roles) {
    Account account = account(name, displayName, roles);
    requireCompatible(roles);
    Sensitive<String> password = oneTime.next();
    String hash = hashes.hash(password);
    changes.change(
        journal -> {
          if (AccountRow.find(journal.jdbc(), account.name()).isPresent()) {
            throw new PlatformException(ConsoleErrorCode.ACCOUNT_EXISTS, account.name());
          }
          AccountRow.insert(journal.jdbc(), account, hash, journal.now());
          AccountEntries.created(journal, actor, account);
          return account;
        });
    return password;
  }

  Account changeRoles(Actor actor, AccountOrder order, Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new PlatformException(ConsoleErrorCode.ACCOUNT_INVALID, "an account has a role");
    }
    requireCompatible(roles);
    return change(
        order,
        (journal, before) -> {
          if (before.name().equals(actor.user()) && !before.roles().containsAll(roles)) {
            throw new PlatformException(ConsoleErrorCode.ACCOUNT_OWN, "own roles only shrink");
          }
          if (!roles.contains(Role.ADMIN)) {
            requireAnotherAdministrator(journal, before);
          }
          AccountRow.replaceRoles(journal.jdbc(), before.name(), roles);
          AccountEntries.rolesChanged(journal, actor, before, roles, order.note());
          return before;
        });
  }

  Account close(Actor actor, AccountOrder order) {
    requireOther(actor, order);
    return change(
        order,
        (journal, before) -> {
          requireAnotherAdministrator(journal, before);
          AccountRow.setClosed(journal.jdbc(), before.name(), true);
          AccountEntries.administered(
              journal, actor, "console-account-closed", before.name(), order.note());
          return before;
        });
  }

  Account reopen(Actor actor, AccountOrder order) {
    requireOther(actor, order);
    return change(
        order,
        (journal, before) -> {
          AccountRow.setClosed(journal.jdbc(), before.name(), false);
          AccountEntries.administered(
              journal, actor, "console-account-reopened", before.name(), order.note());
          return before;
        });
  }

  Sensitive<String> resetPassword(Actor actor, AccountOrder order) {
    requireOther(actor, order);
    Sensitive<String> password = oneTime.next();
    String hash = hashes.hash(password);
    change(
        order,
        (journal, before) -> {
          AccountRow.replacePassword(journal.jdbc(), before.name(), hash, true);
          AccountEntries.administered(
              journal, actor, "console-password-reset", before.name(), order.note());
          return before;
        });
    return password;
  }

  Account unlock(Actor actor, AccountOrder order) {
    requireOther(actor, order);
    return change(
        order,
        (journal, before) -> {
          AccountRow.countFailure(journal.jdbc(), before.name(), 0, journal.now(), null);
          AccountEntries.administered(
              journal, actor, "console-account-unlocked", before.name(), order.note());
          return before;
        });
  }

  /** A new account with values that are acceptable one by one, or {@code CON-0017}. */
  static Account account(String name, String displayName, Set<Role> roles) {
    String normal = normal(name);
    String shown = displayName.strip();
    if (!NAME.matcher(normal).matches() || roles.isEmpty() || shown.length() > MAX_DISPLAY_NAME) {
      throw new PlatformException(
          ConsoleErrorCode.ACCOUNT_INVALID, "name, display name or roles are not acceptable");
    }
    return new Account(normal, shown.isEmpty() ? normal : shown, roles, true, false, 1, null, null);
  }

  static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private Account change(AccountOrder order, BiFunction<Journal, Account, Account> work) {
    return changes.change(
        journal -> {
          Account before = require(journal, order.name());
          if (before.credentialVersion() != order.version()) {
            throw new PlatformException(ConsoleErrorCode.ACCOUNT_CHANGED, before.name());
          }
          return require(journal, work.apply(journal, before).name());
        });
  }

  private static Account require(Journal journal, String name) {
    return AccountRow.find(journal.jdbc(), normal(name))
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.ACCOUNT_UNKNOWN, "no account"))
        .account();
  }

  private static void requireCompatible(Set<Role> roles) {
    if (!Role.compatible(roles)) {
      throw new PlatformException(ConsoleErrorCode.ROLES_CONFLICT, "roles of several duties");
    }
  }

  private static void requireOther(Actor actor, AccountOrder order) {
    if (normal(order.name()).equals(actor.user())) {
      throw new PlatformException(ConsoleErrorCode.ACCOUNT_OWN, "an act on one's own account");
    }
  }

  private static void requireAnotherAdministrator(Journal journal, Account leaving) {
    boolean another =
        AccountRow.all(journal.jdbc()).stream()
            .filter(account -> !account.name().equals(leaving.name()))
            .anyMatch(account -> !account.closed() && account.roles().contains(Role.ADMIN));
    if (!another && leaving.roles().contains(Role.ADMIN)) {
      throw new PlatformException(ConsoleErrorCode.LAST_ADMINISTRATOR, leaving.name());
    }
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.AddressLimits.Barrier;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;

/**
 * Decides about attempts to log in and keeps count of failures: by account in the database, so that
 * a restart does not forgive them, by address in memory. Attempts beyond the limit of an address
 * make one entry a minute, not one each, so that they cannot flood the log.
 */
final class LogInRules {

  private final StateChanges changes;
  private final PasswordHashes hashes;
  private final LockOutPolicy policy;
  private final Clock clock;
  private final AddressLimits addresses;

  LogInRules(StateChanges changes, PasswordHashes hashes, LockOutPolicy policy, Clock clock) {
    this.changes = changes;
    this.hashes = hashes;
    this.policy = policy;
    this.clock = clock;
    this.addresses = new AddressLimits(policy);
  }

  /** Never says whether an account exists or is locked: whoever asks is nobody yet. */
  LogIn logIn(String name, Sensitive<String> password, String address) {
    LogIn result = check(name, password, address, journal -> succeeded(journal, name, address));
    return refusedBy(result, ConsoleErrorCode.LOCKED_OUT)
        ? new LogIn.Refused(ConsoleErrorCode.LOG_IN_REFUSED, Duration.ZERO)
        : result;
  }

  /** Checks the password of somebody who is logged in; failures count like those of a log-in. */
  LogIn confirm(Actor actor, Sensitive<String> password) {
    LogIn result = check(actor.user(), password, actor.address(), null);
    return refusedBy(result, ConsoleErrorCode.LOG_IN_REFUSED)
        ? new LogIn.Refused(ConsoleErrorCode.PASSWORD_WRONG, Duration.ZERO)
        : result;
  }

  private static boolean refusedBy(LogIn result, ConsoleErrorCode code) {
    return result instanceof LogIn.Refused refused && refused.code() == code;
  }

  private LogIn check(
      String name,
      Sensitive<String> password,
      String address,
      @Nullable Consumer<Journal> onSuccess) {
    Instant now = clock.instant();
    Barrier barrier = addresses.attempt(address, now);
    if (barrier.kind() != Barrier.Kind.NONE) {
      return barred(barrier, address);
    }
    Optional<AccountRow> row = changes.store().read(jdbc -> AccountRow.find(jdbc, name));
    // Computed whatever the account's state is, so that the time taken does not tell it.
    boolean right = hashes.matches(password, row.map(AccountRow::passwordHash));
    if (row.isEmpty() || row.get().account().closed()) {
      return failed(row.isEmpty() ? null : name, address, now, "unknown-or-closed");
    }
    Instant lockedUntil = row.get().account().lockedUntil();
    if (lockedUntil != null && now.isBefore(lockedUntil)) {
      return lockedOut(name, address, now, Duration.between(now, lockedUntil));
    }
    return right
        ? granted(name, row.get().account(), onSuccess)
        : failed(name, address, now, "wrong-password");
  }

  private LogIn granted(String name, Account account, @Nullable Consumer<Journal> onSuccess) {
    if (onSuccess == null) {
      return new LogIn.Granted(account);
    }
    return changes.change(
        journal -> {
          AccountRow current = AccountRow.find(journal.jdbc(), name).orElseThrow();
          Instant locked = current.account().lockedUntil();
          if (locked != null && journal.now().isBefore(locked)) {
            // Guesses running at the same time locked the account after this one was let through.
            return new LogIn.Refused(
                ConsoleErrorCode.LOCKED_OUT, Duration.between(journal.now(), locked));
          }
          onSuccess.accept(journal);
          return new LogIn.Granted(AccountRow.find(journal.jdbc(), name).orElseThrow().account());
        });
  }

  private static void succeeded(Journal journal, String name, String address) {
    AccountRow.countSuccess(journal.jdbc(), name, journal.now());
    AccountEntries.loggedIn(journal, new Actor(name, address));
  }

  private LogIn barred(Barrier barrier, String address) {
    if (barrier.first()) {
      record(journal -> AccountEntries.refused(journal, null, address, "too-many-attempts"));
    }
    return switch (barrier.kind()) {
      case LOCKED -> new LogIn.Refused(ConsoleErrorCode.ADDRESS_LOCKED, barrier.retryAfter());
      case TOO_FAST, NONE ->
          new LogIn.Refused(ConsoleErrorCode.TOO_MANY_ATTEMPTS, barrier.retryAfter());
    };
  }

  // Counts against the address as any failure does, or the difference would give the lock away.
  private LogIn lockedOut(String name, String address, Instant now, Duration rest) {
    boolean addressLocked = addresses.failed(address, now);
    record(
        journal -> {
          AccountEntries.refused(journal, name, address, "locked-out");
          if (addressLocked) {
            AccountEntries.addressLocked(journal, address);
          }
        });
    return addressLocked
        ? new LogIn.Refused(ConsoleErrorCode.ADDRESS_LOCKED, policy.duration())
        : new LogIn.Refused(ConsoleErrorCode.LOCKED_OUT, rest);
  }

  private LogIn failed(@Nullable String account, String address, Instant now, String reason) {
    boolean addressLocked = addresses.failed(address, now);
    boolean accountLocked =
        changes.change(
            journal -> {
              AccountEntries.refused(journal, account, address, reason);
              if (addressLocked) {
                AccountEntries.addressLocked(journal, address);
              }
              return account != null && countFailure(journal, account, address);
            });
    if (addressLocked) {
      return new LogIn.Refused(ConsoleErrorCode.ADDRESS_LOCKED, policy.duration());
    }
    return accountLocked
        ? new LogIn.Refused(ConsoleErrorCode.LOCKED_OUT, policy.duration())
        : new LogIn.Refused(ConsoleErrorCode.LOG_IN_REFUSED, Duration.ZERO);
  }

  private boolean countFailure(Journal journal, String account, String address) {
    AccountRow row = AccountRow.find(journal.jdbc(), account).orElseThrow();
    Instant now = journal.now();
    boolean counting =
        row.failures() > 0 && now.isBefore(row.firstFailureAt().plus(policy.window()));
    int failures = counting ? row.failures() + 1 : 1;
    Instant first = counting ? row.firstFailureAt() : now;
    boolean locks = failures >= policy.accountFailures();
    AccountRow.countFailure(
        journal.jdbc(),
        account,
        locks ? 0 : failures,
        first,
        locks ? now.plus(policy.duration()) : row.account().lockedUntil());
    if (locks) {
      AccountEntries.locked(journal, account, address);
    }
    return locks;
  }

  private void record(Consumer<Journal> entry) {
    changes.change(
        journal -> {
          entry.accept(journal);
          return true;
        });
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;

/**
 * The accounts of the console. Every log-in, refusal, lock-out and change is an entry of the
 * evidence log, durable before the answer; where the log takes nothing, nobody logs in ({@code
 * CON-0002}). Safe for use by several threads.
 */
public interface Accounts {

  int MIN_PASSWORD = 10;
  int MAX_PASSWORD = 128;

  /**
   * Creates the first administrator with a random one-time password, if there is no account yet.
   * The password is kept nowhere: print it once, then call {@link #firstPasswordTold}. Until that
   * was called, each call gives this account another one-time password.
   */
  Optional<Sensitive<String>> createFirstAdministrator(String name);

  /** Somebody was told the first administrator's one-time password. */
  void firstPasswordTold();

  /**
   * Creates an account with a random one-time password, kept nowhere: show it once. {@code
   * CON-0015} the name is taken, {@code CON-0017} name or roles are malformed, {@code CON-0019} the
   * roles are of several duties.
   */
  Sensitive<String> create(Actor actor, String name, String displayName, Set<Role> roles);

  Optional<Account> find(String name);

  /** All accounts by name. */
  List<Account> list();

  /** Checks name and password from an address and keeps count of failures. */
  LogIn logIn(String name, Sensitive<String> password, String address);

  /** Records that somebody logged out. */
  void logOut(Actor actor);

  PasswordChange changePassword(
      Actor actor, Sensitive<String> current, Sensitive<String> replacement);

  /**
   * Gives an account these roles instead of its own and ends its sessions; {@code CON-0019} as at
   * {@link #create}, {@code CON-0025} where somebody would raise themselves, {@code CON-0026} where
   * nobody would be left to administer. All acts below fail with {@code CON-0016} where there is no
   * such account and with {@code CON-0027} where it was changed meanwhile.
   */
  Account changeRoles(Actor actor, AccountOrder order, Set<Role> roles);

  /** Closes an account and ends its sessions; {@code CON-0025}, {@code CON-0026}. */
  Account close(Actor actor, AccountOrder order);

  /** Opens a closed account, with the password it had; {@code CON-0025}. */
  Account reopen(Actor actor, AccountOrder order);

  /**
   * Replaces the password by a random one-time password, kept nowhere, and ends sessions and
   * lock-out; {@code CON-0025}.
   */
  Sensitive<String> resetPassword(Actor actor, AccountOrder order);

  /** Ends a lock-out before its time; {@code CON-0025}. */
  Account unlock(Actor actor, AccountOrder order);
}

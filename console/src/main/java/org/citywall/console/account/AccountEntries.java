// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the log about accounts. The name of an account that does not exist is left out: people
 * type passwords into the wrong field.
 */
final class AccountEntries {

  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  private AccountEntries() {}

  static void loggedIn(Journal journal, Actor actor) {
    about(journal, "console-log-in", SUCCESS, actor.user(), actor.address(), null);
  }

  /** {@code account} is null where there is none of the name given. */
  static void refused(Journal journal, @Nullable String account, String address, String reason) {
    about(journal, "console-log-in", FAILURE, account, address, reason);
  }

  static void locked(Journal journal, String account, String address) {
    about(journal, "console-account-locked", SUCCESS, account, address, null);
  }

  static void addressLocked(Journal journal, String address) {
    about(journal, "console-address-locked", SUCCESS, null, address, null);
  }

  static void loggedOut(Journal journal, Actor actor) {
    about(journal, "console-log-out", SUCCESS, actor.user(), actor.address(), null);
  }

  static void passwordChanged(Journal journal, Actor actor) {
    about(journal, "console-password-changed", SUCCESS, actor.user(), actor.address(), null);
  }

  static void passwordRefused(Journal journal, Actor actor, String reason) {
    about(journal, "console-password-changed", FAILURE, actor.user(), actor.address(), reason);
  }

  static void oneTimePasswordRenewed(Journal journal, String account) {
    about(journal, "console-one-time-password-renewed", SUCCESS, account, "", null);
  }

  static void created(Journal journal, Actor actor, Account account) {
    journal.record(
        event ->
            act(event, actor, "console-account-created", account.name())
                .put(Field.USER_ROLES, names(account.roles())));
  }

  /** The roles before are in {@code event.reason}, those after in {@code user.roles}. */
  static void rolesChanged(
      Journal journal, Actor actor, Account before, Set<Role> after, String note) {
    journal.record(
        event ->
            act(event, actor, "console-roles-changed", before.name())
                .put(Field.USER_ROLES, names(after))
                .put(Field.EVENT_REASON, "before: " + String.join(", ", names(before.roles())))
                .put(Field.GOV_NOTE, note.isEmpty() ? null : note));
  }

  /** Something an administrator did to an account of somebody else. */
  static void administered(
      Journal journal, Actor actor, String action, String account, String note) {
    journal.record(
        event ->
            act(event, actor, action, account).put(Field.GOV_NOTE, note.isEmpty() ? null : note));
  }

  private static Event.Builder act(
      Event.Builder event, Actor actor, String action, String account) {
    return event
        .put(Field.EVENT_CATEGORY, List.of("iam"))
        .put(Field.EVENT_ACTION, action)
        .put(Field.EVENT_OUTCOME, SUCCESS)
        .put(Field.USER_NAME, actor.user())
        .put(Field.SOURCE_IP, actor.address())
        .put(Field.USER_TARGET_NAME, account);
  }

  private static List<String> names(Set<Role> roles) {
    return roles.stream().sorted().map(Role::name).toList();
  }

  private static void about(
      Journal journal,
      String action,
      String outcome,
      @Nullable String account,
      String address,
      @Nullable String reason) {
    journal.record(
        event ->
            event
                .put(Field.EVENT_CATEGORY, List.of("authentication"))
                .put(Field.EVENT_ACTION, action)
                .put(Field.EVENT_OUTCOME, outcome)
                .put(Field.USER_NAME, account)
                .put(Field.SOURCE_IP, address)
                .put(Field.EVENT_REASON, reason));
  }
}

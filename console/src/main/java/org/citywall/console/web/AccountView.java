// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Instant;
import java.util.List;
import org.citywall.console.account.Account;
import org.citywall.console.account.Role;

/**
 * An account as its administrators see it.
 *
 * @param own whether it is the reader's own
 * @param locked whether it is locked out now
 */
public record AccountView(Account account, boolean own, boolean locked) {

  static AccountView of(Account account, String reader, Instant now) {
    Instant until = account.lockedUntil();
    return new AccountView(
        account, account.name().equals(reader), until != null && now.isBefore(until));
  }

  public String displayName() {
    return Legible.line(account.displayName());
  }

  public List<Role> roles() {
    return account.roles().stream().sorted().toList();
  }

  /** Whether it holds duties that belong into different hands. */
  public boolean mixed() {
    return !account.closed() && !Role.compatible(account.roles());
  }

  /** Last part of the message key of its state. */
  public String state() {
    if (account.closed()) {
      return "closed";
    }
    if (locked) {
      return "locked";
    }
    return account.mustChangePassword() ? "given" : "open";
  }

  public String stateClass() {
    return switch (state()) {
      case "closed" -> "done";
      case "locked" -> "bad";
      case "given" -> "warn";
      default -> "good";
    };
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;

/**
 * Which account an administrator acts on, and why.
 *
 * @param name of the account
 * @param version {@link Account#credentialVersion} that the administrator saw: of two who act at
 *     once the second is told so ({@code CON-0027})
 * @param note why, for example the number of the request; empty where nothing is said, at most
 *     {@value #MAX_NOTE} characters ({@code CON-0017})
 */
public record AccountOrder(String name, long version, String note) {

  public static final int MAX_NOTE = 400;

  public AccountOrder {
    note = note.strip();
    if (note.length() > MAX_NOTE) {
      throw new PlatformException(ConsoleErrorCode.ACCOUNT_INVALID, "the note is too long");
    }
  }
}

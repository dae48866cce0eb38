// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account of the console.
 *
 * @param name log-in name, 1..64 of letters, digits, dot, dash, underscore; lower case
 * @param displayName name of the person as pages show it
 * @param mustChangePassword the password was given by somebody else and is good for one log-in
 * @param credentialVersion grows with each change of password or roles; older sessions end
 * @param lockedUntil end of a lock-out, or null
 * @param lastLogIn last successful log-in, or null
 */
public record Account(
    String name,
    String displayName,
    Set<Role> roles,
    boolean mustChangePassword,
    boolean closed,
    long credentialVersion,
    @Nullable Instant lockedUntil,
    @Nullable Instant lastLogIn) {

  public Account {
    roles = Set.copyOf(roles);
  }
}

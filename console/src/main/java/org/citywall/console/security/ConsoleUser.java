// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.citywall.console.account.Account;
import org.citywall.console.account.Role;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who is logged in, as a session remembers it.
 *
 * @param credentialVersion of the account at log-in; the session ends when the account's grows
 */
public record ConsoleUser(String name, String displayName, Set<Role> roles, long credentialVersion)
    implements AuthenticatedPrincipal, Serializable {

  public ConsoleUser {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return name;
  }

  static Authentication authentication(Account account) {
    ConsoleUser user =
        new ConsoleUser(
            account.name(), account.displayName(), account.roles(), account.credentialVersion());
    List<GrantedAuthority> authorities =
        account.roles().stream()
            .sorted()
            .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
            .toList();
    return UsernamePasswordAuthenticationToken.authenticated(user, null, authorities);
  }
}

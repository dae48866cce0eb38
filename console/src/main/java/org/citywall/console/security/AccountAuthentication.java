// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LogIn;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Lets {@link Accounts} decide about a log-in. */
final class AccountAuthentication implements AuthenticationProvider {

  private final Accounts accounts;

  AccountAuthentication(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    Object given = attempt.getCredentials();
    Sensitive<String> password = Sensitive.of(given == null ? "" : given.toString());
    try {
      return switch (accounts.logIn(attempt.getName(), password, address)) {
        case LogIn.Granted granted -> ConsoleUser.authentication(granted.account());
        case LogIn.Refused refused -> throw new LogInRefused(refused.code());
      };
    } catch (PlatformException e) {
      throw new LogInRefused(e.code());
    }
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.citywall.console.account.Account;
import org.citywall.console.account.Accounts;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds a session to what its account is now: it ends when the account is closed or got another
 * password or roles elsewhere, and goes nowhere but to {@code /password} while that must be
 * changed.
 */
final class AccountGuard extends OncePerRequestFilter {

  private static final String PASSWORD = "/password";
  private static final Set<String> BEFORE_CHANGE =
      Set.of(PASSWORD, "/logout", "/login", "/language", "/error", "/watermark.svg");

  private final Accounts accounts;
  private final SecurityContextRepository contexts;

  AccountGuard(Accounts accounts, SecurityContextRepository contexts) {
    this.accounts = accounts;
    this.contexts = contexts;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return PublicPaths.isStatic(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof ConsoleUser user)) {
      chain.doFilter(request, response);
      return;
    }
    Optional<Account> account = accounts.find(user.name());
    if (account.isEmpty() || !stands(account.get(), user)) {
      end(request);
      Redirects.send(request, response, "/login");
    } else if (account.get().mustChangePassword()
        && !BEFORE_CHANGE.contains(request.getRequestURI())) {
      Redirects.send(request, response, PASSWORD);
    } else {
      chain.doFilter(request, response);
      refreshAfterChange(request, response, user);
    }
  }

  private static boolean stands(Account account, ConsoleUser user) {
    return !account.closed() && account.credentialVersion() == user.credentialVersion();
  }

  private static void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
  }

  /** The session that changed the password goes on; all others of the account end. */
  private void refreshAfterChange(
      HttpServletRequest request, HttpServletResponse response, ConsoleUser user) {
    if (!request.getMethod().equals("POST") || !request.getRequestURI().equals(PASSWORD)) {
      return;
    }
    Optional<Account> account = accounts.find(user.name());
    if (account.isPresent()
        && account.get().credentialVersion() == user.credentialVersion() + 1
        && request.getSession(false) != null) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(ConsoleUser.authentication(account.get()));
      contexts.saveContext(context, request, response);
    }
  }
}

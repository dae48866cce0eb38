// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.account.Accounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** Who may open which page, and what every answer carries. What is not named here is denied. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfig {

  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final Logger LOG = LoggerFactory.getLogger(SecurityConfig.class);
  private static final String STRICT = "Strict";

  @Bean
  AuthenticationManager authenticationManager(Accounts accounts) {
    return new ProviderManager(new AccountAuthentication(accounts));
  }

  @Bean
  SecurityFilterChain pages(
      HttpSecurity http, AuthenticationManager authenticationManager, Accounts accounts) {
    SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    return http.authenticationManager(authenticationManager)
        .securityContext(context -> context.securityContextRepository(contexts))
        .authorizeHttpRequests(SecurityConfig::authorize)
        .headers(SecurityConfig::headers)
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()))
        .requestCache(cache -> cache.requestCache(returnAfterLogIn()))
        .formLogin(
            form ->
                form.loginPage("/login").failureHandler(SecurityConfig::logInFailed).permitAll())
        .logout(
            logout ->
                logout
                    .addLogoutHandler(
                        (request, response, user) -> loggedOut(accounts, request, user))
                    .logoutSuccessUrl("/login?done"))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (request, response, failure) -> Redirects.send(request, response, "/login")))
        .addFilterBefore(new AccountGuard(accounts, contexts), AuthorizationFilter.class)
        .build();
  }

  private static void authorize(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers(PublicPaths.STATIC)
        .permitAll()
        .requestMatchers(PublicPaths.PAGES)
        .permitAll()
        .requestMatchers("/", "/password", "/watermark.svg", "/sources/**", "/health/**")
        .authenticated()
        .requestMatchers("/admin/accounts/**")
        .hasRole("ADMIN")
        .requestMatchers(HttpMethod.GET, "/retention")
        .hasAnyRole("AUDITOR", "ADMIN", "CHIEF")
        .requestMatchers(HttpMethod.POST, "/retention/*")
        .hasAnyRole("ADMIN", "CHIEF")
        .requestMatchers("/audit/**")
        .hasAnyRole("AUDITOR", "ADMIN", "CHIEF", "OFFICER")
        .requestMatchers(HttpMethod.POST, "/incidents/*/evidence")
        .hasAnyRole("OFFICER", "CHIEF", "AUDITOR")
        .requestMatchers(HttpMethod.POST, "/compliance/frameworks/**")
        .hasAnyRole("OFFICER", "CHIEF")
        .requestMatchers("/compliance/**")
        .hasAnyRole("OFFICER", "CHIEF", "AUDITOR")
        .requestMatchers(HttpMethod.POST, "/triage/**", "/incidents/**")
        .hasAnyRole("OFFICER", "CHIEF")
        .requestMatchers(
            HttpMethod.GET,
            "/triage/**",
            "/incidents/**",
            "/search",
            "/search.csv",
            "/search/**",
            "/events/**",
            "/exposure",
            "/exposure.csv",
            "/exposure.json",
            "/live/**")
        .hasAnyRole("OFFICER", "CHIEF", "AUDITOR")
        .requestMatchers("/exposure/subject", "/exposure/subject.json")
        .hasAnyRole("OFFICER", "CHIEF", "AUDITOR")
        .anyRequest()
        .denyAll();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), geolocation=(), microphone=(), usb=()"));
  }

  /** In a cookie, so that a visitor who never logs in costs no session. */
  private static CsrfTokenRepository csrfTokens() {
    CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
    tokens.setHeaderName("X-CSRF-TOKEN");
    tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite(STRICT));
    return tokens;
  }

  private static RequestCache returnAfterLogIn() {
    CookieRequestCache cache = new CookieRequestCache();
    cache.setRequestMatcher(
        request ->
            request.getMethod().equals("GET")
                && request.getHeader("HX-Request") == null
                && request.getHeader("Accept") != null
                && Redirects.wantsPage(request));
    cache.setCookieCustomizer(
        cookie -> {
          cookie.setHttpOnly(true);
          cookie.setAttribute("SameSite", STRICT);
        });
    return cache;
  }

  private static void logInFailed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws java.io.IOException {
    String code = failure instanceof LogInRefused refused ? refused.code().id() : "CON-0010";
    response.sendRedirect("/login?error=" + code);
  }

  private static void loggedOut(
      Accounts accounts, HttpServletRequest request, @Nullable Authentication user) {
    if (user == null) {
      return;
    }
    try {
      accounts.logOut(new Actor(user.getName(), request.getRemoteAddr()));
    } catch (PlatformException e) {
      // Ending a session must never fail because the log is down.
      LOG.atError().addKeyValue("error.code", e.code().id()).log("log-out is not in the log");
    }
  }
}

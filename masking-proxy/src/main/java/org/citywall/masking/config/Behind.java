// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.time.Instant;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identity.Application;
import org.citywall.masking.identity.IdentityToken;
import org.citywall.masking.identity.Otherwise;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.StatementContext;
import org.jspecify.annotations.Nullable;

/** Who is taken to be behind a statement, by the proxy's files and what the client says of it. */
public sealed interface Behind {

  /**
   * Somebody.
   *
   * @param proven whether it is certain that it is they, so that what they were granted holds
   */
  record Somebody(StatementContext context, boolean proven) implements Behind {}

  /**
   * Nobody: no statement runs that reads or writes data.
   *
   * @param what for people, behind the code
   */
  record Nobody(MaskingErrorCode code, String what) implements Behind {}

  /**
   * A person whom an application names.
   *
   * @param department empty where none is stated, as are purpose and ticket
   * @param trusted whether the key that signed it holds
   * @param fresh whether it is of now
   */
  record Named(
      String person,
      String department,
      String purpose,
      String ticket,
      boolean trusted,
      boolean fresh) {

    /** What a token says whose signature is good. */
    public static Named of(IdentityToken token, Application application, Instant now) {
      return new Named(
          token.person(),
          token.department(),
          token.purpose(),
          token.ticket(),
          application.trusts(token, now),
          application.fresh(token, now));
    }
  }

  /**
   * What a client says.
   *
   * @param named null where nobody is named
   * @param purpose that was declared beside it; null for none
   * @param lost whether something was said that may no longer hold
   */
  record Said(@Nullable Named named, @Nullable String purpose, boolean lost) {}

  /** Who is behind a statement of a user. */
  static Behind of(ProxyConfig config, ProxyUser user, Said said) {
    Application application = user.application();
    if (application == null) {
      return alone(user.person(), said);
    }
    Named named = said.named();
    return named == null
        ? unnamed(user.person(), application, said)
        : through(config, user.person(), application, named, said.purpose());
  }

  /** A person who logged in themselves. */
  private static Behind alone(Person person, Said said) {
    if (said.lost()) {
      return new Nobody(MaskingErrorCode.IDENTITY_LOST, "the purpose");
    }
    String purpose = said.purpose();
    return purpose != null && !person.purposes().contains(purpose)
        ? new Nobody(MaskingErrorCode.PURPOSE_REFUSED, "a purpose of " + person.name())
        : new Somebody(new StatementContext(person, purpose, null, null), true);
  }

  private static Behind unnamed(Person login, Application application, Said said) {
    if (said.lost()) {
      return new Nobody(MaskingErrorCode.IDENTITY_LOST, "the identity");
    }
    if (application.missing() == Otherwise.REFUSE) {
      return new Nobody(MaskingErrorCode.IDENTITY_MISSING, "of " + login.name());
    }
    StatementContext floor =
        new StatementContext(floor(login, application), said.purpose(), null, null);
    return new Somebody(floor, false);
  }

  private static Behind through(
      ProxyConfig config,
      Person login,
      Application application,
      Named named,
      @Nullable String declared) {
    if (!named.trusted()) {
      return new Nobody(MaskingErrorCode.IDENTITY_INVALID, "a key that holds no more");
    }
    ProxyUser user = config.users().get(named.person());
    if (user == null
        || user.application() != null
        || !application.mayActFor(user.person(), named.department())) {
      return new Nobody(MaskingErrorCode.PERSON_REFUSED, "a person of " + login.name());
    }
    Person clerk = user.person();
    String purpose = named.purpose().isEmpty() ? declared : named.purpose();
    if (purpose != null && !clerk.purposes().contains(purpose)) {
      return new Nobody(MaskingErrorCode.PURPOSE_REFUSED, "a purpose of a person");
    }
    String ticket = named.ticket().isEmpty() ? null : named.ticket();
    if (named.fresh()) {
      return new Somebody(new StatementContext(clerk, purpose, ticket, login), true);
    }
    return application.stale() == Otherwise.REFUSE
        ? new Nobody(MaskingErrorCode.IDENTITY_STALE, "the token")
        : new Somebody(
            new StatementContext(clerk, purpose, ticket, floor(login, application)), false);
  }

  private static Person floor(Person login, Application application) {
    return login.withClearance(Math.min(application.floor(), login.clearance()));
  }
}

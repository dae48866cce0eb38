// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.config.Behind;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.config.ProxyUser;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.grant.GrantBook;
import org.citywall.masking.identity.Application;
import org.citywall.masking.identity.IdentityToken;
import org.citywall.masking.policy.Granting;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.wire.Actor;
import org.citywall.masking.wire.Actors;
import org.citywall.masking.wire.Claim;
import org.jspecify.annotations.Nullable;

/**
 * Who may be behind the statements of one user of the proxy's file, as the file is at the moment of
 * the question.
 *
 * @param before the user at the log-in, for who is no longer in the file, or by another certificate
 */
record UserActors(PolicyFiles files, GrantBook grants, Clock clock, ProxyUser before)
    implements Actors {

  @Override
  public boolean isApplication() {
    return application().isPresent();
  }

  private Optional<Application> application() {
    return Optional.ofNullable(files.current().users().get(name())).map(ProxyUser::application);
  }

  @Override
  public Optional<IdentityToken> genuine(String token, String session, @Nullable String statement) {
    Application application = application().orElse(null);
    return application == null
        ? Optional.empty()
        : IdentityToken.parse(token)
            .filter(read -> application.signed(read, boundTo(read, session, statement)));
  }

  /** What it has to be signed for; a token for a setting holds for no statement, nor vice versa. */
  private static @Nullable String boundTo(
      IdentityToken token, String session, @Nullable String statement) {
    return switch (token.binding()) {
      case NOTHING -> statement == null ? "" : null;
      case SESSION -> statement == null ? session : null;
      case STATEMENT -> statement;
    };
  }

  @Override
  public Actor actor(Claim claim) {
    ProxyConfig config = files.current();
    ProxyUser user = config.users().get(name());
    if (user == null || !Objects.equals(user.certificate(), before.certificate())) {
      return actor(
          config,
          name(),
          null,
          StatementContext.of(before.person().withClearance(0)),
          Granting.NOTHING);
    }
    return switch (Behind.of(config, user, said(user, claim))) {
      case Behind.Nobody(var code, var what) -> nobody(config, user.person(), code, what);
      case Behind.Somebody(var context, var proven) ->
          actor(
              config,
              proven ? context.person().name() : name(),
              proven && context.application() != null ? name() : null,
              context,
              proven ? granting(config, context) : Granting.NOTHING);
    };
  }

  private Behind.Said said(ProxyUser user, Claim claim) {
    IdentityToken token = claim.token();
    Application application = user.application();
    Behind.Named named =
        token == null || application == null
            ? null
            : Behind.Named.of(token, application, clock.instant());
    return new Behind.Said(named, claim.purpose(), claim.lost());
  }

  /** What a person was granted, of whom it is certain that they are it. */
  private Granting granting(ProxyConfig config, StatementContext context) {
    List<Grant> holding = config.grants().holding(context, clock.instant());
    // asked for with every statement, mostly of people who were granted nothing
    return holding.isEmpty()
        ? Granting.NOTHING
        : new Granting(
            holding.stream().filter(grant -> !grants.isUsedUp(grant)).toList(),
            config.grants().version(),
            grants::meter);
  }

  private Actor actor(
      ProxyConfig config,
      String name,
      @Nullable String application,
      StatementContext context,
      Granting granting) {
    Rights rights = config.policy().rights(context, clock.instant(), granting);
    return new Actor(
        name,
        application,
        context.purpose(),
        context.ticket(),
        rights,
        event -> describe(event, context.person()),
        null);
  }

  /** Behind whose statements nobody can be taken to be: the account itself, with no rights. */
  private Actor nobody(ProxyConfig config, Person login, MaskingErrorCode code, String what) {
    Person without = login.withClearance(0);
    return new Actor(
        login.name(),
        null,
        null,
        null,
        config.policy().rights(without, clock.instant()),
        event -> describe(event, login),
        new Verdict.Refused(code, what, -1));
  }

  private String name() {
    return before.person().name();
  }

  private static void describe(Event.Builder event, Person person) {
    event
        .put(Field.GOV_DEPARTMENT_CODE, person.department())
        .put(
            Field.GOV_PERSON_TYPE,
            person.type() == null ? null : person.type().name().toLowerCase(Locale.ROOT));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.config.ProxyUser;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.wire.Account;
import org.citywall.masking.wire.ScramVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of the proxy's file as accounts of the wire. Safe for use by several threads. */
final class Users {

  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  private final PolicyFiles files;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Hashed> hashed = new ConcurrentHashMap<>();

  /** What a password in the open was hashed to, so that a name keeps its salt. */
  private record Hashed(String password, ScramVerifier verifier) {
    @Override
    public String toString() {
      return "***";
    }
  }

  Users(PolicyFiles files, Clock clock, SecureRandom random) {
    this.files = files;
    this.clock = clock;
    this.random = random;
  }

  Optional<Account> account(String name) {
    return Optional.ofNullable(files.current().users().get(name)).map(this::account);
  }

  private Account account(ProxyUser user) {
    String name = user.person().name();
    return new Account(
        name,
        verifier(name, user),
        () -> rights(name, user.person()),
        event -> describe(event, user.person()));
  }

  /** By the policy in force; who is no longer in the file may see nothing any more. */
  private Rights rights(String name, Person before) {
    ProxyUser now = files.current().users().get(name);
    Person person =
        now == null
            ? new Person(
                before.name(), 0, before.department(), before.type(), before.purposes(), null)
            : now.person();
    return files.current().policy().rights(person, clock.instant());
  }

  private ScramVerifier verifier(String name, ProxyUser user) {
    String secret = user.password().resolve().reveal();
    return ScramVerifier.parse(secret).orElseGet(() -> hash(name, secret));
  }

  private ScramVerifier hash(String name, String password) {
    return hashed
        .compute(
            name,
            (same, known) -> {
              if (known != null && known.password().equals(password)) {
                return known;
              }
              LOG.atWarn()
                  .addKeyValue("user.name", name)
                  .log("the password stands in the file in the open; put its verifier there");
              return new Hashed(password, ScramVerifier.of(password, random));
            })
        .verifier();
  }

  private static void describe(Event.Builder event, Person person) {
    event
        .put(Field.GOV_DEPARTMENT_CODE, person.department())
        .put(
            Field.GOV_PERSON_TYPE,
            person.type() == null ? null : person.type().name().toLowerCase(Locale.ROOT));
  }
}
